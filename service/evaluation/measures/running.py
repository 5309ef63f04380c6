"""What an answer cost: seconds, words written, articles that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from service.evaluation.measures.base import Array, Case, Kind, Measure, ratio
from service.evaluation.sets import SUMMARIES, Output


@dataclass(frozen=True, slots=True)
class RunningMeasure:
    """A ratio of two sums over whole answers."""

    kind: Kind
    row: Callable[[Output], tuple[float, float]]
    factor: float = 1.0

    def signature(self, cases: Sequence[Case]) -> str:  # noqa: ARG002 (the protocol's)
        """What is counted."""
        return "per:article|words:whitespace"

    def statistics(self, cases: Sequence[Case]) -> Array:
        """(numerator, denominator) of each answer."""
        return np.array([self.row(case.output) for case in cases], dtype=float).reshape(-1, 2)

    def aggregate(self, sums: Array) -> Array:
        """Their ratio."""
        return ratio(sums, self.factor)


@dataclass(frozen=True, slots=True)
class SummaryWords:
    """Mean length of a summary in the words that the documented bands count."""

    kind = Kind("words", "Words", "neither", "style", SUMMARIES)

    def signature(self, cases: Sequence[Case]) -> str:  # noqa: ARG002 (the protocol's)
        """What a word is here."""
        return "words:whitespace"

    def statistics(self, cases: Sequence[Case]) -> Array:
        """(words, 1); zeros for an empty text."""
        counts = np.array([len(case.text.split()) for case in cases], dtype=float)
        return np.stack([counts, counts > 0], axis=-1)

    def aggregate(self, sums: Array) -> Array:
        """The mean."""
        return ratio(sums)


def measures() -> tuple[Measure, ...]:
    """Failures, words of a summary, seconds an article, words written a second."""
    return (
        SummaryWords(),
        RunningMeasure(
            Kind("failures", "Failed articles", "lower", "running", (), unit="%"),
            lambda output: (float(output.error is not None), 1.0),
            factor=100.0,
        ),
        RunningMeasure(Kind("seconds", "Seconds", "lower", "running", (), 2, "s"), _seconds),
        RunningMeasure(Kind("rate", "Words a second", "higher", "running", ()), _rate),
    )


def _seconds(output: Output) -> tuple[float, float]:
    return (0.0, 0.0) if output.seconds is None else (output.seconds, 1.0)


def _rate(output: Output) -> tuple[float, float]:
    if output.seconds is None or output.error is not None:
        return (0.0, 0.0)
    return (float(sum(len(text.split()) for text in output.parts.values())), output.seconds)
