"""What clients get, as pydantic models: the documentation of ``service.codec`` in OpenAPI.

A test holds the two together: every body that the service answers must fit its model here.
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from service.domain import Language, Length, Method, Origin, Severity
from service.jobs.protocol import State


class Shape(BaseModel):
    """Nothing is answered that is not documented."""

    model_config = ConfigDict(extra="forbid")


class DetectedLanguage(Shape):
    """The language of the article."""

    code: Language
    confidence: float = Field(ge=0, le=1)


class Sentence(Shape):
    """A sentence of the cleaned text; offsets are Unicode code points."""

    id: int
    start: int
    end: int
    text: str
    paragraph: int


class Dropped(Shape):
    """A stretch of the input that is not the story; offsets into the normalised input."""

    start: int
    end: int
    text: str
    reason: str


class TranslatedSentence(Shape):
    """The translation of the sentence with the same id."""

    id: int
    text: str
    score: float = Field(ge=0, le=1)
    origin: Origin
    plain: str | None = Field(
        None, description="What the model wrote first, where the glossary made it another text"
    )


class Translation(Shape):
    """The article in the other language."""

    language: Language
    title: str | None
    sentences: list[TranslatedSentence]
    text: str


class Evidence(Shape):
    """A source sentence that a summary sentence rests on."""

    sentence_id: int
    score: float = Field(ge=0, le=1)


class SummarySentence(Shape):
    """A sentence of a summary and its evidence, best first."""

    text: str
    evidence: list[Evidence]


class Summary(Shape):
    """One summary; ``rejected`` and ``reason`` where a check replaced what the model wrote."""

    text: str
    sentences: list[SummarySentence]
    method: Method
    words: int
    rejected: str | None = None
    reason: str | None = None


class Flag(Shape):
    """Something that an editor should look at; ``message`` by interface language."""

    code: str
    severity: Severity
    where: str
    message: dict[Language, str]
    source: str | None
    target: str | None


Summaries = dict[Language, dict[Length, Summary]]


class Digest(Shape):
    """The answer for one article."""

    id: str
    language: DetectedLanguage
    title: str | None
    source_credit: str | None
    text: str
    sentences: list[Sentence]
    dropped: list[Dropped]
    translation: Translation
    summaries: Summaries
    flags: list[Flag]
    signature: str
    profile: str
    glossary: str | None = Field(description="The glossary that was enforced: desk@version")
    reused_sentences: int
    created_at: str
    timings_ms: dict[str, float]
    cached: bool


class Job(Shape):
    """How far a job has come; ``problem`` has the shape of Problem."""

    id: str
    state: State
    stage: str | None
    done: int
    total: int
    article_id: str | None
    problem: dict[str, Any] | None
    created_at: str
    finished_at: str | None


class TextTranslation(Shape):
    """One of the texts of POST /v1/translate."""

    text: str
    score: float = Field(ge=0, le=1)
    flags: list[Flag]


class Translations(Shape):
    """The answer of POST /v1/translate, in the order of the request."""

    translations: list[TextTranslation]
    source: Language
    target: Language
    signature: str


class OwnSummaries(Shape):
    """The answer of POST /v1/summarize: summaries in the text's own language."""

    language: DetectedLanguage
    sentences: list[Sentence]
    dropped: list[Dropped]
    source_credit: str | None
    summaries: dict[Length, Summary]
    flags: list[Flag]
    signature: str


class Flags(Shape):
    """The answer of POST /v1/check."""

    flags: list[Flag]


class ModelInfo(Shape):
    """A model of the profile."""

    role: str
    source: str
    content: str = Field(description="The hash of its files")
    engine: str
    compute_type: str
    licence: str
    restriction: str | None = Field(description="What its licence does not allow")


class Info(Shape):
    """What this service is made of."""

    name: str
    version: str
    profile: str
    profiles: list[str]
    languages: list[Language]
    lengths: list[Length]
    models: list[ModelInfo]
    signature: str
    limits: dict[str, float]


class Health(Shape):
    """A probe's answer."""

    status: str


class Problem(BaseModel):
    """An error (RFC 9457); ``code`` is stable, further facts may join."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str
    request_id: str | None
