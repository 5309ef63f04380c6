"""What a measure is: sufficient statistics of each text, and how their sum becomes a score.

As in sacreBLEU, a measure never averages by itself. It gives one row of numbers for each text;
rows are *summed* over any selection of articles (all of them, a bootstrap sample, one side of a
random swap) and ``aggregate`` makes scores of the sums. So a corpus BLEU, a mean ROUGE and a rate
of flags are resampled by one matrix product, and the texts are read only once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from service.domain import Language
from service.evaluation.sets import Article, Output, Part

# "summaries" pools the four summaries of an article; "article" is the article's answer as a whole.
Scope = Literal[Part, "summaries", "article"]
SCOPES: tuple[Scope, ...] = ("translation", "summaries", *get_args(Part)[1:], "article")
Better = Literal["higher", "lower", "neither"]
Family = Literal["overlap", "meaning", "faithfulness", "style", "running"]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One text to be measured.

    Attributes:
        part: which part of the answer ``text`` is; None for the answer as a whole.
        text: what the system wrote; empty where it wrote nothing.
        references: what it should have been like; may be empty.
        source: what a summary was made from, in the summary's own language: the story, or its
            translation by the system itself (by the reference where the system gave none).
    """

    article: Article
    output: Output
    part: Part | None
    text: str
    language: Language
    references: tuple[str, ...] = ()
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a measure is called and how its scores are read.

    Attributes:
        name: stable; in JSON, on the command line and in docs/compare.md.
        label: for tables.
        parts: the parts that are measured one by one; empty for a measure of whole answers.
        digits: decimals worth showing.
        unit: "%" for shares in 0–100, "s", "words"… or nothing.
        rare: left out of a report where both systems have 0.
    """

    name: str
    label: str
    better: Better
    family: Family
    parts: tuple[Part, ...]
    digits: int = 1
    unit: str = ""
    rare: bool = False


class Measure(Protocol):
    """One measure; ``statistics`` and ``aggregate`` are deterministic."""

    @property
    def kind(self) -> Kind:
        """Its name and reading."""

    def signature(self, cases: Sequence[Case]) -> str:
        """How the scores of these cases come about: libraries, versions, options."""

    def statistics(self, cases: Sequence[Case]) -> Array:
        """One row a case, shape (len(cases), k); a row of zeros counts for nothing."""

    def aggregate(self, sums: Array) -> Array:
        """Scores of summed rows: shape (…, k) to (…); NaN where nothing was counted."""


def ratio(sums: Array, factor: float = 1.0) -> Array:
    """The ``aggregate`` of all means and rates: ``factor · sums[…, 0] / sums[…, 1]``."""
    counted = sums[..., 1] > 0
    quotient = sums[..., 0] / np.where(counted, sums[..., 1], 1.0)
    return np.where(counted, factor * quotient, np.nan)


@dataclass(frozen=True, slots=True)
class Percent:
    """Mixin of measures whose score is a ratio of two sums, in percent."""

    def aggregate(self, sums: Array) -> Array:
        """100 · first / second."""
        return ratio(sums, 100.0)
