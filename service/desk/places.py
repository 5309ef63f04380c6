"""Places: the paths by which an editor names a text of the Digest.

translation.title · translation.sentences.N · summaries.LANGUAGE.LENGTH
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import cast

from service.domain import Digest, Language, Length, Summary, SummarySentence, TranslatedSentence
from service.errors import NotFound
from service.flags import ON_TITLE

_SENTENCE = re.compile(r"translation\.sentences\.(0|[1-9]\d{0,5})")
_SUMMARY = re.compile(r"summaries\.(ar|en)\.(short|long)")


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at a path of a Digest: its text, its language, and the source it renders."""

    path: str
    text: str
    language: Language
    source: str | None = None


def find(digest: Digest, path: str) -> Place:
    """What stands there now.

    Raises:
        NotFound: this Digest has no such place.
    """
    bitext = digest.bitext
    if path == ON_TITLE and bitext.title is not None:
        return Place(path, bitext.title, bitext.language)
    if (match := _SENTENCE.fullmatch(path)) and int(match[1]) < len(bitext.sentences):
        number = int(match[1])
        source = digest.document.sentences[number].text
        return Place(path, bitext.sentences[number].text, bitext.language, source)
    if (match := _SUMMARY.fullmatch(path)) and (summary := _summary(digest, match)):
        return Place(path, summary.text, summary.language)
    raise NotFound(f"this article has no place {path!r} to correct", place=path)


def _summary(digest: Digest, match: re.Match[str]) -> Summary | None:
    language, length = cast("Language", match[1]), cast("Length", match[2])
    return digest.summaries.get(language, {}).get(length)


def put_sentence(digest: Digest, number: int, text: str) -> Digest:
    """The Digest with that translation sentence; picks that show it follow."""
    old = digest.bitext.sentences[number]
    new = TranslatedSentence(number, text, 1.0, "editor")
    sentences = tuple(new if s.id == number else s for s in digest.bitext.sentences)
    language = digest.bitext.language
    summaries = {
        length: _follow(summary, number, old.text, text)
        for length, summary in digest.summaries.get(language, {}).items()
    }
    return replace(
        digest,
        bitext=replace(digest.bitext, sentences=sentences),
        summaries={**digest.summaries, language: summaries},
    )


def _follow(summary: Summary, number: int, old: str, new: str) -> Summary:
    """An extractive summary shows translated sentences: where it shows this one, it changes."""
    if summary.method != "extractive":
        return summary
    sentences = tuple(
        SummarySentence(new, s.evidence)
        if s.text == old and any(e.sentence_id == number for e in s.evidence)
        else s
        for s in summary.sentences
    )
    return replace(summary, sentences=sentences)


def put_title(digest: Digest, text: str) -> Digest:
    """The Digest with that translated title."""
    return replace(digest, bitext=replace(digest.bitext, title=text))


def put_summary(
    digest: Digest, language: Language, length: Length, sentences: tuple[SummarySentence, ...]
) -> Digest:
    """The Digest with an editor's summary."""
    summary = Summary(language, length, sentences, "editor")
    by_length = {**digest.summaries[language], length: summary}
    return replace(digest, summaries={**digest.summaries, language: by_length})


def sentence_number(path: str) -> int | None:
    """The N of ``translation.sentences.N``."""
    match = _SENTENCE.fullmatch(path)
    return int(match[1]) if match else None


def summary_key(path: str) -> tuple[Language, Length] | None:
    """The language and length of ``summaries.LANGUAGE.LENGTH``."""
    match = _SUMMARY.fullmatch(path)
    return (cast("Language", match[1]), cast("Length", match[2])) if match else None
