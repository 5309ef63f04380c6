"""The extractive summarizer: sentences of the article, made lighter only so far as they must be.

It writes no word that the article does not have, so its evidence is exact. It is also what stands
in for any other summarizer whose work a check threw out.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from service.domain import (
    LANGUAGES,
    Bitext,
    Evidence,
    Language,
    Length,
    Method,
    SummarySentence,
)
from service.engines.protocol import Selector
from service.pipeline.run import Run
from service.summary.bands import BANDS, Room, count
from service.summary.compress import shorten, tidy


@dataclass(frozen=True, slots=True)
class Side:
    """One language's sentences: as they are, without what no summary needs, and made to fit."""

    language: Language
    sentences: Sequence[str]
    whole: Sequence[str]
    shown: Sequence[str]
    words: int


class ExtractiveSummarizer:
    """``Summarizer`` over a selector.

    Args:
        selector: chooses the sentences.
    """

    def __init__(self, selector: Selector) -> None:
        self._selector = selector

    @property
    def method(self) -> Method:
        """Always ``extractive``."""
        return "extractive"

    def summarize(
        self,
        sentences: Sequence[str],
        language: Language,
        lengths: Sequence[Length],
        title: str | None,
        run: Run,
    ) -> dict[Length, list[SummarySentence]]:
        """Sentences of the text, in its order; see ``Summarizer``."""
        found: dict[Length, list[SummarySentence]] = {}
        for length in lengths:
            run.check()
            side = side_of(sentences, language, length)
            picks = self._pick([side], length, title, ())
            found[length] = written(side, picks, length)
        return found

    def summarize_pair(
        self,
        bitext: Bitext,
        lengths: Sequence[Length],
        run: Run,
        barred: Collection[int] = (),
    ) -> dict[Language, dict[Length, list[SummarySentence]]]:
        """One choice for both languages (strategy ``parallel``): the same ids on either side.

        The choice is made on the source; the band holds in both languages. ``barred`` sentences,
        for instance those whose translation misleads, are not chosen while others are left.
        """
        own = bitext.document.language.code
        found: dict[Language, dict[Length, list[SummarySentence]]] = {
            language: {} for language in LANGUAGES
        }
        for length in lengths:
            run.check()
            sides = [
                side_of(bitext.sentences_in(language), language, length)
                for language in (own, bitext.language)
            ]
            picks = self._pick(sides, length, bitext.document.title, barred)
            for side in sides:
                found[side.language][length] = written(side, picks, length)
        return found

    def _pick(
        self,
        sides: Sequence[Side],
        length: Length,
        title: str | None,
        barred: Collection[int],
    ) -> list[int]:
        """Indices, in the order in which they were chosen."""
        if not sides[0].sentences:
            return []
        room = room_for(sides, length, barred)
        own = sides[0]
        picks = self._selector.select(own.sentences, own.language, length, title, room)
        return [pick.index for pick in picks]


def room_for(sides: Sequence[Side], length: Length, barred: Collection[int] = ()) -> Room:
    """What may be picked so that the band holds on every side."""
    costs = [[count(text) for text in side.shown] for side in sides]
    return Room(length, costs, barred, articles=[side.words for side in sides])


def side_of(sentences: Sequence[str], language: Language, length: Length) -> Side:
    """The sentences, with the lighter form of those that would crowd the others out.

    A sentence is to take no more room than it would in a summary of the fewest sentences.
    """
    words, band = sum(map(count, sentences)), BANDS[length]
    largest = max(band.limit(words) // band.min_sentences, 1)
    whole = [tidy(text, language) for text in sentences]
    shown = [_fitted(text, language, largest) for text in whole]
    return Side(language, sentences, whole, shown, words)


def written(side: Side, picks: Sequence[int], length: Length) -> list[SummarySentence]:
    """The picked sentences in the article's order, as full as the band allows.

    What was made lighter so that others might fit beside it is shown whole after all where there
    is room left, the surest pick first.
    """
    texts = {index: side.shown[index] for index in picks}
    left = BANDS[length].limit(side.words) - sum(map(count, texts.values()))
    for index in picks:
        more = count(side.whole[index]) - count(texts[index])
        if more <= left:
            texts[index] = side.whole[index]
            left -= more
    return [SummarySentence(texts[index], (Evidence(index, 1.0),)) for index in sorted(texts)]


def _fitted(text: str, language: Language, limit: int) -> str:
    return text if count(text) <= limit else shorten(text, language, limit) or text
