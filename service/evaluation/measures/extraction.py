"""How a summary uses its source: copied or reworded, long or short.

Coverage, density and compression after Grusky, Naaman and Artzi, "Newsroom" (2018): the greedy
longest fragments that summary and source share. Novelty is the share of the summary's n-grams that
the source does not have (See et al. 2017). None of them says that a summary is good.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from service.evaluation.measures.base import Array, Case, Kind, Measure, ratio
from service.evaluation.sets import SUMMARIES
from service.text.words import matching_words

Words = Sequence[str]


def fragments(summary: Words, source: Words) -> list[int]:
    """The lengths of the extractive fragments F(A, S), in the summary's order.

    Greedy as in the paper's figure 3, looking only where the source has the summary's next word.
    """
    places: dict[str, list[int]] = {}
    for place, word in enumerate(source):
        places.setdefault(word, []).append(place)
    found: list[int] = []
    at = 0
    while at < len(summary):
        starts = places.get(summary[at], ())
        best = max((_shared(summary, at, source, start) for start in starts), default=0)
        if best:
            found.append(best)
        at += max(best, 1)
    return found


def _shared(summary: Words, at: int, source: Words, start: int) -> int:
    limit = min(len(summary) - at, len(source) - start)
    length = 0
    while length < limit and summary[at + length] == source[start + length]:
        length += 1
    return length


def coverage(summary: Words, source: Words) -> float:
    """The percentage of the summary's words that lie in a fragment of the source."""
    return 100 * sum(fragments(summary, source)) / len(summary)


def density(summary: Words, source: Words) -> float:
    """Σ|f|² / |S|: the mean length of the fragment that a word of the summary lies in."""
    return sum(length**2 for length in fragments(summary, source)) / len(summary)


def compression(summary: Words, source: Words) -> float:
    """How many words of the source stand behind one word of the summary."""
    return len(source) / len(summary)


def novelty(summary: Words, source: Words, *, n: int) -> float:
    """The percentage of the summary's distinct n-grams that the source lacks; 0 without any."""
    mine, theirs = _ngrams(summary, n), _ngrams(source, n)
    return 100 * len(mine - theirs) / len(mine) if mine else 0.0


def _ngrams(words: Words, n: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + n]) for at in range(len(words) - n + 1)}


@dataclass(frozen=True, slots=True)
class SourceMeasure:
    """The mean of one number a text; both its words and the source's are in matching form."""

    kind: Kind
    value: Callable[[Words, Words], float]

    def signature(self, cases: Sequence[Case]) -> str:  # noqa: ARG002 (the protocol's)
        """The same for all cases."""
        return "tok:matching_words|source:own-language"

    def statistics(self, cases: Sequence[Case]) -> Array:
        """(value, 1), or zeros for an empty text or one whose source is not known."""
        rows = np.zeros((len(cases), 2))
        for row, case in zip(rows, cases, strict=True):
            summary, source = matching_words(case.text), matching_words(case.source or "")
            if summary and source:
                row[:] = self.value(summary, source), 1.0
        return rows

    def aggregate(self, sums: Array) -> Array:
        """The mean."""
        return ratio(sums)


def measures() -> tuple[Measure, ...]:
    """Coverage, density, compression and the novelty of words, pairs and triples."""
    described: list[tuple[str, str, str, Callable[[Words, Words], float]]] = [
        ("coverage", "Coverage", "%", coverage),
        ("density", "Density", "words", density),
        ("compression", "Compression", "×", compression),
        *((f"novelty{n}", f"New {n}-grams", "%", partial(novelty, n=n)) for n in (1, 2, 3)),
    ]
    return tuple(
        SourceMeasure(Kind(name, label, "neither", "style", SUMMARIES, unit=unit), value)
        for name, label, unit, value in described
    )
