"""From what a model wrote to sentences to print: whole, each said once, within the band."""

from __future__ import annotations

import re
from collections.abc import Sequence

from service.domain import Language, Length
from service.engines.protocol import Generated
from service.pipeline.segment import split
from service.summary.bands import BANDS, count
from service.text.normalize import clean_unicode, matching_form

_ENDS = re.compile(r"[.!?؟…][\"”’»')\]]*$")
_LETTER = re.compile(r"[^\W\d_]")


def whole_sentences(written: Generated, language: Language, max_tokens: int | None) -> list[str]:
    """The sentences that the model finished.

    The last one is cut off where the model ran out of tokens in its middle; where it came to an
    end by itself and only left out the full stop, as models trained on headlines do, it gets one.
    """
    text = " ".join(clean_unicode(written.text).split())
    sentences = [s.text for s in split(text, language) if _LETTER.search(s.text)]
    if sentences and not _ENDS.search(sentences[-1]):
        if max_tokens is not None and written.tokens >= max_tokens:
            sentences.pop()
        else:
            sentences[-1] += "."
    return sentences


def within_band(passages: Sequence[Sequence[str]], length: Length, article_words: int) -> list[str]:
    """What of the sentences written about each passage goes into the summary, in order.

    The first ones of all passages come before the second ones, so that the summary is about the
    whole article; what is said twice, be it in another spelling, is taken once. Where no sentence
    fits the band, the shortest stands alone.
    """
    band = BANDS[length]
    left = band.limit(article_words)
    taken: dict[str, tuple[int, int, str]] = {}
    ranked = sorted(
        (rank, passage, sentence)
        for passage, sentences in enumerate(passages)
        for rank, sentence in enumerate(sentences)
    )
    for rank, passage, sentence in ranked:
        form = matching_form(sentence)
        if form not in taken and count(sentence) <= left and len(taken) < band.max_sentences:
            taken[form] = (passage, rank, sentence)
            left -= count(sentence)
    if not taken:
        return sorted((sentence for _, _, sentence in ranked), key=count)[:1]
    return [sentence for _, _, sentence in sorted(taken.values())]
