"""What a run must remember to go on as if it had never stopped, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Progress:
    """Where the run is: phase, tokens and steps in it, the pass over the data and its batch."""

    phase: int = 0
    phase_tokens: int = 0
    phase_steps: int = 0
    turn: int = 0
    batch: int = 0
    tokens: int = 0
    steps: int = 0
    cpu_seconds: float = 0.0
    history: list[dict[str, float]] = field(default_factory=list)

    def count(self, tokens: int) -> None:
        """Count a step of so many target tokens."""
        self.tokens += tokens
        self.phase_tokens += tokens
        self.steps += 1
        self.phase_steps += 1

    def stale(self, patience: int) -> bool:
        """Say whether the last ``patience`` checks all stayed below the best chrF before them."""
        found = [check["chrf"] for check in self.history]
        return len(found) > patience and max(found[-patience:]) <= max(found[:-patience])


class Average:
    """An exponential moving average of a model's weights, updated every few steps."""

    every = 8

    def __init__(self, model: Any, decay: float) -> None:
        self.decay = decay**self.every
        self.values = {name: p.detach().clone() for name, p in model.named_parameters()}

    def update(self, model: Any, steps: int) -> None:
        """Move towards the model; young averages move faster, to forget the start."""
        import torch

        if steps % self.every:
            return
        decay = min(self.decay, (1 + steps / self.every) / (10 + steps / self.every))
        current = dict(model.named_parameters())
        names = list(self.values)
        torch._foreach_lerp_(
            [self.values[name] for name in names],
            [current[name].detach() for name in names],
            1 - decay,
        )

    @contextmanager
    def applied(self, model: Any) -> Iterator[None]:
        """Let the model hold the averaged weights, in evaluation mode, for a while."""
        import torch

        own = {name: p.detach().clone() for name, p in model.named_parameters()}
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                parameter.copy_(self.values[name])
        model.eval()
        try:
            yield
        finally:
            model.train()
            with torch.no_grad():
                for name, parameter in model.named_parameters():
                    parameter.copy_(own[name])


def save(path: Path, model: Any, optimizer: Any, average: Average, progress: Progress) -> None:
    """Write a checkpoint whole or not at all."""
    import torch

    part = path.with_suffix(".part")
    torch.save(
        {
            "model": model.state_dict(),
            "optimizer": optimizer.state_dict(),
            "average": average.values,
            "progress": asdict(progress),
            "random": torch.get_rng_state(),
            "random_cuda": torch.cuda.get_rng_state_all(),
        },
        part,
    )
    part.replace(path)


def load(path: Path, model: Any, optimizer: Any, average: Average) -> Progress:
    """Restore a checkpoint into the given objects and return its progress."""
    import torch

    found = torch.load(path, map_location="cpu", weights_only=True)
    model.load_state_dict(found["model"])
    optimizer.load_state_dict(found["optimizer"])
    for name, value in found["average"].items():
        average.values[name].copy_(value)
    torch.set_rng_state(found["random"])
    if torch.cuda.is_available():
        torch.cuda.set_rng_state_all(found["random_cuda"])
    return Progress(**found["progress"])
