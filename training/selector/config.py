"""What training/configs/selector.toml says."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from service.domain import Length


@dataclass(frozen=True, slots=True)
class Source:
    """A file of articles with summaries.

    Attributes:
        name: what the card and the figures call it.
        path: below the corpus' folder.
        use: ``train``, ``test``, or ``both``: a tenth is then kept for tests.
        weight: of one of its articles, beside others; at 0 none is learned from.
        length: which summary its ``summary`` is; not read of translated articles, which have both.
        most: at most so many articles for training; ``most_test`` for tests.
        most_sentences: the rest of a longer article is not read.
    """

    name: str
    path: str
    use: Literal["train", "test", "both"] = "train"
    weight: float = 1.0
    length: Length = "short"
    most: int = 1_000_000
    most_test: int = 1_000_000
    most_sentences: int = 24
    least_sentences: int = 5
    least_words: int = 8

    @property
    def share_for_tests(self) -> float:
        """Of its articles: none, all, or a tenth."""
        return {"train": 0.0, "test": 1.0, "both": 0.1}[self.use]


@dataclass(frozen=True, slots=True)
class Shape:
    """Of one member: the states' width, and how many numbers are kept of a sentence's vector."""

    width: int
    rank: int
    dropout: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a member is trained; see ``training.selector.fit``.

    Attributes:
        epochs: passes over all examples.
        batch: examples of a step.
        samples: sets of picks that are compared for each, a multiple of three.
        risk: the weight of the expected loss of ROUGE, and ``likelihood`` that of the good sets'.
    """

    epochs: int
    batch: int
    samples: int
    risk: float
    likelihood: float
    learning_rate: float
    weight_decay: float


@dataclass(frozen=True, slots=True)
class Config:
    """One selector's configuration.

    Attributes:
        members: how many networks vote, each from a seed of its own.
        folds: of the cross-validation, and ``fold_members`` networks that vote in each.
    """

    name: str
    seed: int
    members: int
    folds: int
    fold_members: int
    sources: tuple[Source, ...]
    shape: Shape
    fit: Fit

    def source(self, name: str) -> Source:
        """The source of that name."""
        return next(source for source in self.sources if source.name == name)


def load(path: Path) -> Config:
    """Read a configuration; unknown keys are errors of the dataclasses."""
    data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return Config(
        name=data["name"],
        seed=data["seed"],
        members=data["members"],
        folds=data["folds"],
        fold_members=data["fold_members"],
        sources=tuple(Source(**entry) for entry in cast("list[dict[str, Any]]", data["source"])),
        shape=Shape(**data["model"]),
        fit=Fit(**data["train"]),
    )
