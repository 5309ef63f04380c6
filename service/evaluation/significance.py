"""Is a difference more than chance? Two paired tests over articles, seeded and vectorised.

**Paired bootstrap** (Efron; Koehn 2004): articles are drawn with replacement, both systems are
scored on each draw. The middle 95 % of the differences is the confidence interval; the p-value
is the share of draws whose difference, centred, is at least as large as the one observed.

**Approximate randomisation** (Noreen 1989; Riezler and Maxwell 2005): the two answers of each
article are swapped or not by a coin. The p-value is the share of the trials whose absolute
difference is at least the observed one; it does not assume that the set is like the population.

Both are two-sided and add one to counts, so that p is never 0. Unlike ``sacrebleu --paired-ar``
ties count as "at least": two systems that differ in nothing have p = 1. An article is the unit in
both, so that pooled scopes (the four summaries of an article) keep their dependence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from service.evaluation.measures.base import Array

Aggregate = Callable[[Array], Array]
_TIE = 1e-9  # differences of scores closer than this are float noise
CONFIDENCE = 0.95
_BLOCK_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a confidence interval; NaN where no draw could be scored."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PairedResult:
    """What the two tests say about B against A; ``difference`` is B − A."""

    a: float
    b: float
    difference: float
    interval_a: Interval
    interval_b: Interval
    interval: Interval
    p_bootstrap: float
    p_randomisation: float


@dataclass(frozen=True, slots=True)
class Resampler:
    """The draws for a set of ``articles``: the same for every measure, by the seed."""

    articles: int
    draws: int = 1000
    trials: int = 10_000
    seed: int = 12345

    def signature(self) -> str:
        """sacreBLEU-style: sizes and seed."""
        return f"bs:{self.draws}|ar:{self.trials}|seed:{self.seed}|unit:article"

    def _drawn(self, *statistics: Array) -> list[Array]:
        """Sums over every draw, shape (draws, k), of statistics that share their articles."""
        rng = np.random.default_rng([self.seed, 0])
        even = np.full(self.articles, 1 / self.articles)
        sums = [
            [weights @ rows for rows in statistics]
            for size in self._blocks(self.draws)
            for weights in [rng.multinomial(self.articles, even, size=size).astype(float)]
        ]
        return [np.concatenate(blocks) for blocks in zip(*sums, strict=True)]

    def _swapped(self, statistics: Array) -> Array:
        """Sums over the articles that a trial swaps, shape (trials, k)."""
        rng = np.random.default_rng([self.seed, 1])
        coins = (
            rng.integers(0, 2, size=(size, self.articles), dtype=np.int8)
            for size in self._blocks(self.trials)
        )
        return np.concatenate([block.astype(float) @ statistics for block in coins])

    def _blocks(self, samples: int) -> Iterator[int]:
        """Sizes that add up to ``samples`` and keep a block of draws within memory."""
        most = max(1, _BLOCK_CELLS // self.articles)
        while samples > 0:
            yield min(most, samples)
            samples -= most

    def paired(self, a: Array, b: Array, aggregate: Aggregate) -> PairedResult:
        """Test two systems whose statistics are (articles, k), row by row of the same article."""
        score_a, score_b = float(aggregate(a.sum(axis=0))), float(aggregate(b.sum(axis=0)))
        difference = score_b - score_a
        drawn_a, drawn_b = (aggregate(sums) for sums in self._drawn(a, b))
        drawn = drawn_b - drawn_a
        swapped = self._swapped(b - a)
        trials = aggregate(b.sum(axis=0) - swapped) - aggregate(a.sum(axis=0) + swapped)
        return PairedResult(
            score_a,
            score_b,
            difference,
            _interval(drawn_a),
            _interval(drawn_b),
            _interval(drawn),
            p_bootstrap=_p_value(drawn - _mean(drawn), difference),
            p_randomisation=_p_value(trials, difference),
        )


def holm(p_values: dict[str, float]) -> dict[str, float]:
    """p-values adjusted for having asked several questions at once (Holm 1979), by name."""
    adjusted: dict[str, float] = {}
    worst = 0.0
    for rank, name in enumerate(sorted(p_values, key=lambda name: p_values[name])):
        worst = max(worst, min(1.0, (len(p_values) - rank) * p_values[name]))
        adjusted[name] = worst
    return adjusted


def _mean(values: Array) -> float:
    scored = values[~np.isnan(values)]
    return float(scored.mean()) if scored.size else float("nan")


def _interval(values: Array) -> Interval:
    scored = values[~np.isnan(values)]
    if not scored.size:
        return Interval(float("nan"), float("nan"))
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(scored, [tail, 1 - tail])
    return Interval(float(low), float(high))


def _p_value(deviations: Array, difference: float) -> float:
    if np.isnan(difference):
        return float("nan")
    scored = deviations[~np.isnan(deviations)]
    extreme = int(np.count_nonzero(np.abs(scored) >= abs(difference) - _TIE))
    return (extreme + 1) / (scored.size + 1)
