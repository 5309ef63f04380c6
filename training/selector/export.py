"""From trained networks to the folder that ``service.engines.extractive`` loads."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from service.engines import features, vectors
from service.engines.extractive import CONFIG, WEIGHTS
from service.engines.manifest import seal
from service.engines.pointer import Member
from training.selector.model import PointerNetwork


def member_of(network: PointerNetwork) -> Member:
    """The network on numpy, with the precision that it is shipped in."""
    return Member({name: value.astype(np.float32) for name, value in _weights(network).items()})


def publish(networks: Sequence[PointerNetwork], folder: Path) -> None:
    """Write ``weights.npz`` (float16) and ``config.json``, and seal them for the service.

    The same networks give the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = {
        f"{number}.{name}": value
        for number, network in enumerate(networks)
        for name, value in _weights(network).items()
    }
    np.savez_compressed(folder / WEIGHTS, allow_pickle=False, **weights)
    config = {
        "architecture": "pointer network over sentence vectors",
        "features": features.VERSION,
        "members": len(networks),
        "vectors": vectors.NAME,
    }
    (folder / CONFIG).write_text(json.dumps(config, indent=2) + "\n", "utf-8")
    seal(folder, {"source": "training/configs/selector.toml", "precision": "float16"})


def _weights(
    network: PointerNetwork,
) -> dict[str, np.ndarray[tuple[int, ...], np.dtype[np.float16]]]:
    return {
        name: value.detach().numpy().astype(np.float16)
        for name, value in network.state_dict().items()
    }
