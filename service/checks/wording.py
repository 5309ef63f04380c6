"""What can be seen of a summary by its wording: quotations, repetition, script, cut sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from service import flags
from service.domain import Flag, Language
from service.pipeline.guards import loop
from service.text.normalize import matching_form
from service.text.words import arabic_share, matching_words, words

# A quotation shorter than this is a name or a term in quotation marks.
_QUOTED_WORDS = 5
# Of the words of a quotation, so many may be missing from where it is found: a shortened one.
_QUOTED_SHARE = 0.8
# «سي إن إن إن …»: the letters of CNN and a particle are no repetition.
_PARTICLE_LETTERS = 2
_QUOTATION = re.compile('[“"«]([^“”"«»]+)[”"»]')
_END = re.compile("[.!?؟…][\"”’»')\\]]*$")
# A text of the other script by more than this is in the wrong language.
_FOREIGN_SHARE = 0.5
_TITLE_SHARE = 0.9


def quotation_flags(sentence: str, said: str, where: str) -> Iterator[Flag]:
    """A flag for each quotation whose words do not stand together in ``said``.

    Args:
        sentence: a sentence of the summary.
        said: the whole article in the sentence's language.
        where: the sentence's path.
    """
    for match in _QUOTATION.finditer(sentence):
        quoted = matching_words(match[1])
        if len(quoted) >= _QUOTED_WORDS and not _stands(tuple(quoted), said):
            yield flags.make("unknown_quote", where, target=match[1])


def _stands(quoted: tuple[str, ...], said: str) -> bool:
    """Whether the words stand in the text near each other and in order, or nearly."""
    text = _said(said)
    if " ".join(quoted) in text[1]:
        return True
    needed = round(len(quoted) * _QUOTED_SHARE)
    span = len(quoted) * 2
    wanted = set(quoted)
    spots = [at for at, word in enumerate(text[0]) if word in wanted]
    return any(
        len(wanted.intersection(text[0][at : at + span])) >= min(needed, len(wanted))
        for at in spots
    )


@lru_cache(maxsize=256)
def _said(text: str) -> tuple[list[str], str]:
    found = matching_words(text)
    return found, " ".join(found)


def wording_flags(
    sentences: Sequence[str], language: Language, title: str | None, where: str
) -> Iterator[Flag]:
    """What is wrong with a summary's sentences whatever its article says."""
    yield from _repetitions(sentences, where)
    for number, sentence in enumerate(sentences):
        foreign = arabic_share(sentence) if language == "en" else 1 - arabic_share(sentence)
        if foreign > _FOREIGN_SHARE and words(sentence):
            yield flags.make("wrong_script", f"{where}.{number}", target=sentence)
        if not _END.search(sentence.rstrip()):
            yield flags.make("cut_sentence", f"{where}.{number}", target=sentence[-40:])
    if title and len(sentences) == 1 and _is_title(sentences[0], title):
        yield flags.make("headline_copy", where, target=sentences[0])


def _repetitions(sentences: Sequence[str], where: str) -> Iterator[Flag]:
    seen: set[str] = set()
    for number, sentence in enumerate(sentences):
        form = matching_form(sentence)
        repeated = loop(matching_words(sentence))
        if repeated and max(map(len, repeated)) <= _PARTICLE_LETTERS:
            repeated = None
        if (form in seen and len(form.split()) > 2) or repeated:
            said = " ".join(repeated) if repeated else sentence
            yield flags.make("repetition", f"{where}.{number}", target=said)
        seen.add(form)


def _is_title(sentence: str, title: str) -> bool:
    said, headline = set(matching_words(sentence)), set(matching_words(title))
    return bool(headline) and len(said & headline) >= _TITLE_SHARE * max(len(said), len(headline))
