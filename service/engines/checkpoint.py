"""The facts about a checkpoint that an engine needs and no decoding setting tells."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from service.errors import ModelDamaged

CHECKPOINT_FILE = "checkpoint.json"
# T5 has no table of positions, but no quality beyond what it was trained on either.
_T5_TOKENS = 512
_LIMITED = 100_000


@dataclass(frozen=True, slots=True)
class CheckpointFacts:
    """What kind of model it is.

    Attributes:
        family: ``marian``, ``bart``, ``t5`` or ``mt5`` (transformers' model_type).
        max_source_tokens: the most tokens of one source, special tokens included.
    """

    family: str
    max_source_tokens: int

    @classmethod
    def read(cls, folder: Path) -> CheckpointFacts:
        """From a converted folder's checkpoint.json, else from a Hugging Face config.json.

        Raises:
            ModelDamaged: neither is there or readable.
        """
        try:
            if (folder / CHECKPOINT_FILE).is_file():
                return cls(**json.loads((folder / CHECKPOINT_FILE).read_text("utf-8")))
            return cls._of_hugging_face(folder)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ModelDamaged(f"{folder} holds no readable checkpoint: {error}") from None

    @classmethod
    def _of_hugging_face(cls, folder: Path) -> CheckpointFacts:
        config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
        limit = config.get("max_position_embeddings") or config.get("n_positions") or _T5_TOKENS
        tokenizer = folder / "tokenizer_config.json"
        if tokenizer.is_file():
            said = json.loads(tokenizer.read_text("utf-8")).get("model_max_length", _LIMITED)
            limit = min(limit, int(said))
        return cls(family=str(config["model_type"]), max_source_tokens=int(limit))

    def write(self, folder: Path) -> None:
        """Leave them in a converted folder."""
        (folder / CHECKPOINT_FILE).write_text(json.dumps(asdict(self), indent=1) + "\n", "utf-8")
