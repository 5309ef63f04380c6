"""The value objects that walk down the corridor, left to right.

    Article → Document → Bitext → Summary ×4 → Flags → Digest

All are frozen: a stage takes one and hands on the next, nothing reaches back. Offsets are Unicode
code points into the cleaned text. Nothing here does work; how a Digest becomes JSON is said in
``service.api.schemas``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Language = Literal["ar", "en"]
Length = Literal["short", "long"]
Method = Literal["seq2seq", "extractive", "editor"]
Origin = Literal["model", "memory", "editor", "corrected"]
Severity = Literal["info", "warning", "severe"]
Strategy = Literal["parallel", "native", "pivot"]

LANGUAGES: tuple[Language, ...] = get_args(Language)
LENGTHS: tuple[Length, ...] = get_args(Length)


def other(language: Language) -> Language:
    """The language on the far side of the translation."""
    return "en" if language == "ar" else "ar"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What is asked: an article as it came, and what is wanted of it.

    Exactly one of ``text`` and ``html``; ``language`` None is detected. ``glossary`` names the
    desk whose terms are enforced, None the house's own choice, "" no desk.
    """

    text: str | None = None
    html: str | None = None
    title: str | None = None
    language: Language | None = None
    lengths: tuple[Length, ...] = LENGTHS
    glossary: str | None = None


@dataclass(frozen=True, slots=True)
class DetectedLanguage:
    """What the article is written in; ``confidence`` is in 0–1, 1 where the caller said it."""

    code: Language
    confidence: float


@dataclass(frozen=True, slots=True)
class Dropped:
    """A stretch of the normalised input that is not the story, and the rule that said so.

    ``start`` and ``end`` are code points into the *input* after normalisation, since the cleaned
    text no longer has the stretch.
    """

    start: int
    end: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the cleaned text: ``document.text[start:end] == text``."""

    id: int
    start: int
    end: int
    text: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it came out of intake: the story alone, cut into sentences."""

    language: DetectedLanguage
    title: str | None
    text: str
    sentences: tuple[Sentence, ...]
    source_credit: str | None = None
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedSentence:
    """The translation of the source sentence with the same ``id``.

    ``score`` is exp(mean log probability of a token), in 0–1; 1 for what a person approved.
    ``plain`` is what the model wrote where the glossary made it another text, None where it did
    not: the same words with other names in them, or, where the model was asked once more, the
    first of two translations.
    """

    id: int
    text: str
    score: float
    origin: Origin = "model"
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Bitext:
    """A document beside its translation; both run sentence by sentence under the same ids."""

    document: Document
    language: Language
    title: str | None
    sentences: tuple[TranslatedSentence, ...]

    @property
    def text(self) -> str:
        """The translation with the source's paragraphs, one blank line between them."""
        paragraphs: dict[int, list[str]] = {}
        for source, target in zip(self.document.sentences, self.sentences, strict=True):
            paragraphs.setdefault(source.paragraph, []).append(target.text)
        return "\n\n".join(" ".join(part) for part in paragraphs.values())

    def sentences_in(self, language: Language) -> tuple[str, ...]:
        """The sentences' texts of one side, indexed by sentence id."""
        side = self.sentences if language == self.language else self.document.sentences
        return tuple(sentence.text for sentence in side)

    def title_in(self, language: Language) -> str | None:
        """The title of one side."""
        return self.title if language == self.language else self.document.title


@dataclass(frozen=True, slots=True)
class Evidence:
    """A source sentence that a summary sentence rests on; ``score`` in 0–1, 1 is exact."""

    sentence_id: int
    score: float


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """A sentence of a summary and what it rests on, best first."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """One of the four. ``rejected`` keeps the text that a check threw out, for the editor."""

    language: Language
    length: Length
    sentences: tuple[SummarySentence, ...]
    method: Method
    rejected: str | None = None
    reason: str | None = None

    @property
    def text(self) -> str:
        """The sentences as one paragraph."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def words(self) -> int:
        """Whitespace-separated words: what the documented bands count."""
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Flag:
    """Something an editor should look at.

    ``where`` is a path into the Digest such as ``translation.sentences.3``,
    ``summaries.ar.short.0`` or ``article``; ``source`` and ``target`` quote the words concerned.
    ``message`` explains it in plain words, by interface language.
    """

    code: str
    severity: Severity
    where: str
    message: Mapping[Language, str]
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """The answer for one article: everything that GET /v1/articles/{id} says."""

    id: str
    bitext: Bitext
    summaries: Mapping[Language, Mapping[Length, Summary]]
    flags: tuple[Flag, ...]
    signature: str
    profile: str
    created_at: str
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    reused_sentences: int = 0
    glossary: str | None = None

    @property
    def document(self) -> Document:
        """The article that was read."""
        return self.bitext.document
