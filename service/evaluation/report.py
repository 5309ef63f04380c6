"""What a comparison found: plain values, ready to be shown, stored or judged."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from service.evaluation.collect import SystemRun
from service.evaluation.measures.base import Kind, Scope
from service.evaluation.sets import Article
from service.evaluation.significance import Interval

Verdict = Literal["better", "worse", "changed", "same"]
ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Score:
    """A system's score by one measure over one scope, with its bootstrap interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Comparison:
    """B against A by one measure over one scope.

    Attributes:
        difference: B − A.
        by_article: B − A of each article of the set; None where one of them has no score.
        p_adjusted: p of the randomisation, corrected for the number of deciding comparisons
            (Holm); None where this one does not decide.
    """

    kind: Kind
    scope: Scope
    a: Score
    b: Score
    difference: float
    interval: Interval
    p_bootstrap: float
    p_randomisation: float
    by_article: tuple[float | None, ...]
    p_adjusted: float | None = None

    @property
    def name(self) -> str:
        """``summaries.rouge2``: how the command line and the JSON call it."""
        return f"{self.scope}.{self.kind.name}"

    @property
    def p(self) -> float:
        """The p-value that the verdict goes by."""
        return self.p_randomisation if self.p_adjusted is None else self.p_adjusted

    @property
    def verdict(self) -> Verdict:
        """What may be said of B at ``ALPHA``."""
        if not self.p < ALPHA or self.difference == 0:
            return "same"
        if self.kind.better == "neither":
            return "changed"
        return "better" if self.gain > 0 else "worse"

    @property
    def gain(self) -> float:
        """The difference, positive where B is the better one; as it is where neither is."""
        return -self.difference if self.kind.better == "lower" else self.difference

    @property
    def tally(self) -> tuple[int, int, int]:
        """Articles that B wins, ties and loses; by "more" and "less" where neither is better."""
        sign = -1 if self.kind.better == "lower" else 1
        gains = [sign * value for value in self.by_article if value is not None]
        wins, losses = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
        return wins, len(gains) - wins - losses, losses


@dataclass(frozen=True, slots=True)
class Report:
    """Two systems over one set.

    Attributes:
        comparisons: every measure over every scope that both systems can be scored on.
        signatures: of each measure, by name; of the tests under ``tests``.
        created_at: UTC, ISO 8601. It and the seconds are all that two runs of the same
            signatures on the same set differ in.
    """

    articles: tuple[Article, ...]
    a: SystemRun
    b: SystemRun
    comparisons: tuple[Comparison, ...]
    signatures: Mapping[str, str]
    created_at: str
    version: str

    def find(self, name: str) -> Comparison | None:
        """The comparison of a name such as ``summaries.rouge2``, if there is one."""
        return next((found for found in self.comparisons if found.name == name), None)

    @property
    def deciding(self) -> tuple[Comparison, ...]:
        """The comparisons that the verdict over the whole rests on."""
        return tuple(found for found in self.comparisons if found.p_adjusted is not None)

    def named(self, names: Sequence[Verdict]) -> tuple[Comparison, ...]:
        """The deciding comparisons of the given verdicts."""
        return tuple(found for found in self.deciding if found.verdict in names)


def is_scored(value: float) -> bool:
    """Whether there was anything to score."""
    return not math.isnan(value)
