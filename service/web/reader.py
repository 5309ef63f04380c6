"""A Digest as the reader shows it: paragraphs side by side, summaries, and notes on the words.

Everything that a template needs is worked out here; the templates only lay it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from service.desk import places
from service.domain import (
    LANGUAGES,
    LENGTHS,
    Bitext,
    Digest,
    Flag,
    Language,
    Length,
    Origin,
    Severity,
    Summary,
)
from service.flags import ON_TITLE, on_sentence
from service.web.preferences import Preferences
from service.web.reasons import isolated, why
from service.web.typeset import Mark, typeset

_BY_SEVERITY: dict[Severity, int] = {"severe": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Note:
    """A flag in the reader's language; ``anchor`` is the element that it is about."""

    id: str
    severity: Severity
    message: Markup
    anchor: str
    sentence: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence and its translation."""

    id: int
    source: Markup
    target: Markup
    score: float
    origin: Origin


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of a summary; ``evidence`` are sentence ids, best first."""

    text: Markup
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SummaryView:
    """One of the four; ``reasons`` say why the model's own is not the one."""

    place: str
    language: Language
    length: Length
    claims: tuple[Claim, ...]
    summary: Summary
    reasons: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """Everything on the page of an article; ``languages`` stand as the columns do."""

    digest: Digest
    source: Language
    target: Language
    title: Markup | None
    translated_title: Markup | None
    paragraphs: tuple[tuple[Line, ...], ...]
    summaries: dict[Length, tuple[SummaryView, ...]]
    notes: tuple[Note, ...]

    @property
    def words(self) -> int:
        """Of the article, as the documented bands count them."""
        return len(self.digest.document.text.split())


class _Setter:
    """Sets the texts of one article with the marks of its flags."""

    def __init__(self, source: Language, flags: Sequence[Flag], preferences: Preferences) -> None:
        self._source = source
        self._flags = flags
        self._shown = preferences.numerals

    def set(self, text: str, language: Language, place: str, *, linked: bool = True) -> Markup:
        """``place`` is the text's path in the Digest; its flags are marked in it."""
        marks = tuple(self._marks(text, language, place))
        return typeset(text, language, marks, self._shown, linked=linked)

    def _marks(self, text: str, language: Language, place: str) -> Iterator[Mark]:
        source = language == self._source
        for number, flag in enumerate(self._flags):
            if not _is_at(flag.where, place):
                continue
            in_source = source and not flag.where.startswith("summaries.")
            words = flag.source if in_source else flag.target
            start = text.find(words) if words else -1
            if words and start >= 0:
                yield Mark(start, start + len(words), str(number), flag.severity)


def view(digest: Digest, preferences: Preferences) -> Reader:
    """The Digest for a reader with these preferences."""
    bitext = digest.bitext
    source, target = digest.document.language.code, bitext.language
    setter = _Setter(source, digest.flags, preferences)
    return Reader(
        digest=digest,
        source=source,
        target=target,
        title=_title(setter, digest.document.title, source),
        translated_title=_title(setter, bitext.title, target),
        paragraphs=tuple(_paragraphs(bitext, setter)),
        summaries={
            length: tuple(_summaries(digest, setter, length, preferences)) for length in LENGTHS
        },
        notes=tuple(_notes(digest, preferences.language)),
    )


def draft(bitext: Bitext, preferences: Preferences) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs of what is there already, without marks: nothing is checked yet."""
    setter = _Setter(bitext.document.language.code, (), preferences)
    return tuple(_paragraphs(bitext, setter))


def _title(setter: _Setter, title: str | None, language: Language) -> Markup | None:
    return None if title is None else setter.set(title, language, ON_TITLE)


def _paragraphs(bitext: Bitext, setter: _Setter) -> Iterator[tuple[Line, ...]]:
    source, target = bitext.document.language.code, bitext.language
    lines: dict[int, list[Line]] = {}
    for sentence, translated in zip(bitext.document.sentences, bitext.sentences, strict=True):
        place = on_sentence(sentence.id)
        line = Line(
            sentence.id,
            setter.set(sentence.text, source, place),
            setter.set(translated.text, target, place),
            translated.score,
            translated.origin,
        )
        lines.setdefault(sentence.paragraph, []).append(line)
    return (tuple(paragraph) for paragraph in lines.values())


def _summaries(
    digest: Digest, setter: _Setter, length: Length, preferences: Preferences
) -> Iterator[SummaryView]:
    for language in sorted(LANGUAGES, key=lambda code: code != digest.document.language.code):
        summary = digest.summaries.get(language, {}).get(length)
        if summary is None:
            continue
        place = f"summaries.{language}.{length}"
        claims = tuple(
            Claim(
                # A claim is a button: what explains its marks is in the slip that it opens.
                setter.set(sentence.text, language, f"{place}.{number}", linked=False),
                tuple(evidence.sentence_id for evidence in sentence.evidence),
            )
            for number, sentence in enumerate(summary.sentences)
        )
        reasons = why(summary.reason or "", preferences.language)
        yield SummaryView(place, language, length, claims, summary, reasons)


def _notes(digest: Digest, language: Language) -> Iterator[Note]:
    numbered = sorted(enumerate(digest.flags), key=lambda pair: _BY_SEVERITY[pair[1].severity])
    for number, flag in numbered:
        sentence = places.sentence_number(flag.where)
        yield Note(
            str(number), flag.severity, _message(flag, language), _anchor(flag, sentence), sentence
        )


def _message(flag: Flag, language: Language) -> Markup:
    """The explanation; the words that it quotes run as their own language does."""
    quoted = [words for words in (flag.source, flag.target) if words]
    return isolated(flag.message[language], *quoted)


def _anchor(flag: Flag, sentence: int | None) -> str:
    if sentence is not None:
        return f"s{sentence}"
    summary = places.summary_key(".".join(flag.where.split(".")[:3]))
    return f"summary-{summary[0]}-{summary[1]}" if summary else "article"


def _is_at(where: str, place: str) -> bool:
    """A flag on a whole summary is marked in each of its sentences that has the words."""
    return where == place or place.startswith(where + ".")
