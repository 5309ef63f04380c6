"""The optimizer: AdamW, and Muon, if asked, for the matrices of the decoder.

The decoder is the part that has everything to learn, and there Muon needs some 0.6 of AdamW's
tokens for the same loss; the encoder starts from good weights and is spared the cost. Muon
steps along orthogonalised momentum; its steps are given the size of AdamW's late ones
(``match_rms_adamw``), times ``muon``.
"""

from __future__ import annotations

from typing import Any


class Optimizer:
    """One or two torch optimizers behind one face; a group's ``share`` scales the common rate."""

    def __init__(self, model: Any, encoder_rate: float, muon: float) -> None:
        import torch

        matrices: list[Any] = []
        others: dict[float, list[Any]] = {1.0: [], encoder_rate: []}
        for name, parameter in model.named_parameters():
            if muon > 0 and parameter.ndim == 2 and name.startswith("model.decoder.layers"):
                matrices.append(parameter)
            else:
                encoder = name.startswith("model.encoder.layers")
                others[encoder_rate if encoder else 1.0].append(parameter)
        self._parts: list[Any] = [
            torch.optim.AdamW(_groups(others), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
        ]
        if matrices:
            self._parts.append(
                torch.optim.Muon(
                    _groups({muon: matrices}),
                    weight_decay=0.01,
                    adjust_lr_fn="match_rms_adamw",
                )
            )

    def step(self, rate: float) -> None:
        """Update the weights at this rate and forget the gradients."""
        for part in self._parts:
            for group in part.param_groups:
                group["lr"] = rate * group["share"]
            part.step()
            part.zero_grad(set_to_none=True)

    def state_dict(self) -> list[dict[str, Any]]:
        """Return the state of each part."""
        return [part.state_dict() for part in self._parts]

    def load_state_dict(self, states: list[dict[str, Any]]) -> None:
        """Restore what `state_dict` returned."""
        for part, found in zip(self._parts, states, strict=True):
            part.load_state_dict(found)


def _groups(by_share: dict[float, list[Any]]) -> list[dict[str, Any]]:
    return [{"params": found, "share": share} for share, found in by_share.items() if found]
