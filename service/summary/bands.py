"""How long a summary may be: the bands that are documented, and the room that they leave.

    short   1–2 sentences, at most  45 words
    long    4–6 sentences, at most 130 words

A word is what stands between spaces. In neither length is a summary longer than half its article.
Sentences stay whole. An article too short for a band gets fewer sentences and a flag; where not
one sentence fits, the summary is a single one, among the shortest, and is flagged too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from service import flags
from service.domain import Flag, Length, Summary

# Headings, "Yes." and cut quotes say nothing alone: picked only where there is nothing else.
_STUB_WORDS = 5
# Where no sentence fits, one is chosen among those at most so much longer than the shortest.
_NEAR_SHORTEST = 1.2


@dataclass(frozen=True, slots=True)
class Band:
    """The bounds of one length."""

    min_sentences: int
    max_sentences: int
    max_words: int

    def limit(self, article_words: int) -> int:
        """The most words for an article of so many: the band's, or half the article."""
        return min(self.max_words, article_words // 2)


BANDS: Mapping[Length, Band] = {"short": Band(1, 2, 45), "long": Band(4, 6, 130)}


def count(text: str) -> int:
    """Words as the bands count them."""
    return len(text.split())


class Room:
    """What may be picked next, so that whole sentences end up within the band.

    Args:
        length: whose band.
        costs: one row a language in which the band must hold (a pick is shown in the text's own
            language and, where summaries run parallel, in translation); a row has each sentence's
            words. At least one row, all of the same length.
        barred: sentences that may not be picked. If all are, none is.
        articles: the article's words, by row, of which a summary may be half; the rows' sums if
            not given. They differ where sentences are to be made lighter when picked.

    Attributes:
        length: whose band.
        fits: whether any sentence fits; if not, one of the shortest is offered all the same.
        rows: how much of the room each sentence takes in each language; the room is 1.
        shares: the same in the language where it takes the most.
        min_sentences: the band's, or fewer where the article does not have as many in the band;
            so many are kept room for. A summary goes on to the band's own where more fit.
    """

    def __init__(
        self,
        length: Length,
        costs: Sequence[Sequence[int]],
        barred: Collection[int] = (),
        articles: Sequence[int] | None = None,
    ) -> None:
        band = BANDS[length]
        words = np.asarray(costs, dtype=np.int64).reshape(len(costs), -1)
        totals = [int(row.sum()) for row in words] if articles is None else articles
        self._words = words
        self._limits = np.array([band.limit(total) for total in totals], dtype=np.int64)
        self.rows: npt.NDArray[np.float64] = words / np.maximum(self._limits, 1)[:, None]
        self.shares: npt.NDArray[np.float64] = self.rows.max(axis=0, initial=0.0)
        self._open = _candidates(words, barred)
        fitting = self._open & (words <= self._limits[:, None]).all(axis=0)
        self.fits = bool(fitting.any())
        self.length = length
        self.max_sentences = band.max_sentences if self.fits else 1
        if self.fits:
            self._open = fitting
        elif self._open.any():
            shortest = self.shares[self._open].min()
            self._open &= self.shares <= shortest * _NEAR_SHORTEST
        self._by_share = [int(i) for i in np.argsort(self.shares, kind="stable") if self._open[i]]
        self.min_sentences = self._feasible(self._wanted(band))
        self._enough = self._feasible(band.min_sentences)

    def allowed(self, picked: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Which sentences may follow ``picked``; none when the summary has to end.

        Any sequence of allowed picks can be carried on to ``min_sentences``.
        """
        result = self._open.copy()
        if len(picked) >= self.max_sentences:
            result[:] = False
        if not self.fits:
            return result
        result[list(picked)] = False
        left = self._limits - self._words[:, list(picked)].sum(axis=1)
        need = self.min_sentences - len(picked) - 1
        result &= (self._words + self._reserve(picked, need)[:, None] <= left[:, None]).all(axis=0)
        # A sentence that is itself part of the reserve needs a reserve without it.
        if need > 0:
            for index in self._spare(picked, need):
                reserve = self._reserve([*picked, index], need)
                result[index] = bool((self._words[:, index] + reserve <= left).all())
        return result

    def holds(self, picked: Collection[int]) -> bool:
        """Whether so many words have room."""
        used = self._words[:, list(picked)].sum(axis=1)
        return bool((used <= self._limits).all()) or not self.fits

    def may_stop(self, picked: Sequence[int]) -> bool:
        """Whether the summary is long enough to end after ``picked``."""
        return len(picked) >= self._enough or not self.allowed(picked).any()

    def _spare(self, picked: Sequence[int], need: int) -> list[int]:
        """The ``need`` cheapest sentences beside ``picked``."""
        taken = set(picked)
        spare: list[int] = []
        for index in self._by_share:
            if len(spare) >= need:
                break
            if index not in taken:
                spare.append(index)
        return spare

    def _reserve(self, picked: Sequence[int], need: int) -> npt.NDArray[np.int64]:
        """Words, by row, to keep for ``need`` more sentences; out of reach if there are fewer."""
        if need <= 0:
            return np.zeros(len(self._limits), dtype=np.int64)
        spare = self._spare(picked, need)
        if len(spare) < need:
            return self._limits + 1
        total: npt.NDArray[np.int64] = self._words[:, spare].sum(axis=1)
        return total

    def _wanted(self, band: Band) -> int:
        """The fewest sentences to ask for: less than the band's where half the article is less.

        Else a short article's opening, often its longest sentence, would have to make way for
        three that say little.
        """
        room = int(self._limits.min(initial=band.max_words))
        return max(band.min_sentences * room // band.max_words, 1)

    def _feasible(self, wanted: int) -> int:
        """The most sentences up to ``wanted`` that fit together."""
        for number in range(min(wanted, len(self._by_share)), 1, -1):
            if (self._reserve((), number) <= self._limits).all():
                return number
        return min(1, len(self._by_share))


def _candidates(words: npt.NDArray[np.int64], barred: Collection[int]) -> npt.NDArray[np.bool_]:
    """The sentences to choose among: neither barred nor stubs, as long as some are left."""
    free = np.ones(words.shape[1], dtype=np.bool_)
    free[[index for index in barred if index < len(free)]] = False
    if not free.any():
        free[:] = True
    whole = free & (words >= _STUB_WORDS).all(axis=0)
    return whole if whole.any() else free


def band_flags(summary: Summary, article: Sequence[str]) -> tuple[Flag, ...]:
    """How a summary misses its band, given its article's sentences in the summary's language."""
    band = BANDS[summary.length]
    total = sum(map(count, article))
    where = f"summaries.{summary.language}.{summary.length}"
    found: list[Flag] = []
    if summary.words > band.max_words or len(summary.sentences) > band.max_sentences:
        found.append(flags.make("over_length", where, length=summary.length, limit=band.max_words))
    if summary.words > max(total // 2, 0) or (
        len(summary.sentences) < band.min_sentences and total // 2 < band.max_words
    ):
        found.append(flags.make("short_article", where, length=summary.length))
    elif len(summary.sentences) < band.min_sentences:
        found.append(flags.make("few_sentences", where, limit=band.max_words))
    return tuple(found)
