"""The checks of one article: its translation sentence by sentence, and each of its summaries."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from service.checks.naming import spelling_flags, unknown_name_flags, unknown_term_flags
from service.checks.pair import sentence_flags
from service.checks.quantity import Quantity
from service.checks.reader import read
from service.checks.values import summary_flags
from service.checks.wording import quotation_flags, wording_flags
from service.domain import LANGUAGES, Bitext, Flag, Language, Summary
from service.flags import ON_TITLE, on_sentence

# What makes a translated sentence say something that its source does not.
_MISLEADING = frozenset(
    [
        f"{kind}_{fault}"
        for kind in ("number", "date", "money", "name", "negation")
        for fault in ("changed", "missing", "added")
    ]
)
_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class _Stated:
    """What an article states, by its own words and by those translations that can be trusted."""

    texts: dict[Language, tuple[str, ...]]
    quantities: tuple[Quantity, ...]


@lru_cache(maxsize=_REMEMBERED)
def check_bitext(bitext: Bitext) -> tuple[Flag, ...]:
    """The flags of a translation, ``where`` being ``translation.sentences.N`` or the title.

    Remembered for the last articles, since their summaries ask again.
    """
    return (*_sentence_by_sentence(bitext), *_spelling(bitext, ()))


def _sentence_by_sentence(bitext: Bitext) -> Iterator[Flag]:
    language = bitext.document.language.code
    title = bitext.document.title
    if title and bitext.title:
        yield from sentence_flags(title, language, bitext.title, bitext.language, ON_TITLE)
    if not bitext.sentences:  # a document that was only summarized
        return
    for source, target in zip(bitext.document.sentences, bitext.sentences, strict=True):
        where = on_sentence(target.id)
        yield from sentence_flags(source.text, language, target.text, bitext.language, where)


def misleading(bitext: Bitext, flags: Collection[Flag]) -> frozenset[int]:
    """The ids of the sentences whose translation must not be picked into a summary."""
    named = {flag.where for flag in flags if flag.code in _MISLEADING}
    return frozenset(
        sentence.id for sentence in bitext.sentences if on_sentence(sentence.id) in named
    )


def check_summary(bitext: Bitext, summary: Summary) -> tuple[Flag, ...]:
    """The flags of a summary, ``where`` being ``summaries.<language>.<length>.N``.

    The article is the source; a translated sentence speaks for it only where nothing is flagged.
    """
    return (*_summary_flags(bitext, summary),)


def _summary_flags(bitext: Bitext, summary: Summary) -> Iterator[Flag]:
    language, stated = summary.language, _stated(bitext)
    where = f"summaries.{language}.{summary.length}"
    said = " ".join((bitext.title_in(language) or "", *bitext.sentences_in(language)))
    for number, sentence in enumerate(summary.sentences):
        path = f"{where}.{number}"
        yield from summary_flags(read(sentence.text, language), stated.quantities, path)
        unknown = unknown_name_flags if language == "en" else unknown_term_flags
        yield from unknown(
            sentence.text, stated.texts.get("en", ()), stated.texts.get("ar", ()), path
        )
        yield from quotation_flags(sentence.text, said, path)
    texts = [sentence.text for sentence in summary.sentences]
    yield from wording_flags(texts, language, bitext.title_in(language), where)
    if language == bitext.language:
        written = tuple((text, f"{where}.{number}") for number, text in enumerate(texts))
        yield from (flag for flag in _spelling(bitext, written) if flag.where.startswith(where))


def _spelling(bitext: Bitext, more: tuple[tuple[str, str], ...]) -> Iterator[Flag]:
    if bitext.language != "en":
        return
    texts = [(sentence.text, on_sentence(sentence.id)) for sentence in bitext.sentences]
    if bitext.title:
        texts.insert(0, (bitext.title, ON_TITLE))
    yield from spelling_flags((*texts, *more), bitext.sentences_in("ar"))


@lru_cache(maxsize=_REMEMBERED)
def _stated(bitext: Bitext) -> _Stated:
    own = bitext.document.language.code
    wrong = misleading(bitext, check_bitext(bitext))
    sound = tuple(sentence.text for sentence in bitext.sentences if sentence.id not in wrong)
    texts = {
        own: (bitext.document.title or "", *bitext.sentences_in(own)),
        bitext.language: sound,
    }
    quantities = (
        quantity
        for language in LANGUAGES
        for text in texts.get(language, ())
        for quantity in read(text, language)
    )
    return _Stated(texts, tuple(quantities))
