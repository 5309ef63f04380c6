"""Which package makes which kind of model: the one place to hook a new kind in."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "translation": "training.translation.commands",
    "selector": "training.selector.commands",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What every command is told.

    ``corpus`` is read, ``runs`` holds a run's folder by model name, ``models`` the exports.
    ``minutes`` stops a training early, leaving a checkpoint to go on from. ``onward`` starts a
    translation model's run from the published checkpoint.
    """

    config: Path
    corpus: Path
    runs: Path
    models: Path
    device: str
    threads: int
    minutes: float | None
    onward: bool = False


Command = Callable[[Options], None]


class UnknownKindError(Exception):
    """A configuration asks for a kind of model that nothing here makes."""


def commands(config: Path) -> dict[str, Command]:
    """Return the commands, by name, for the kind of model that a configuration describes."""
    kind = tomllib.loads(config.read_text(encoding="utf-8")).get("kind")
    if kind not in KINDS:
        raise UnknownKindError(f"{config}: kind must be one of {', '.join(KINDS)}, not {kind!r}")
    found: dict[str, Command] = importlib.import_module(KINDS[kind]).COMMANDS
    return found
