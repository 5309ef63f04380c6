"""What clients may send, as pydantic models: they validate, and they draw the OpenAPI document."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from service.domain import LENGTHS, Language, Length

LanguageOrAuto = Literal["auto", "ar", "en"]
ShortText = Annotated[str, StringConstraints(max_length=1000)]
_UNSEEN = r"\x00-\x1f\x7f\uFFFE\uFFFF"
_VISIBLE = rf"^[^{_UNSEEN}]*[^\s{_UNSEEN}][^{_UNSEEN}]*$"
# Letters of any script; no control characters, which neither logs nor TMX can hold.
PersonName = Annotated[str, StringConstraints(max_length=100, pattern=_VISIBLE)]
Name = Annotated[str, StringConstraints(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]

MAX_TEXTS = 256


# The same, or nothing at all; one pattern, since of a union the problem would name the branch.
NameOrEmpty = Annotated[
    str, StringConstraints(max_length=100, pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]*)?$")
]


class Body(BaseModel):
    """Unknown members are refused, so that a misspelt one is not silently without effect."""

    model_config = ConfigDict(extra="forbid")


# Says in the document what ``_one_of_text_and_html`` demands.
_ONE_OF_TEXT_AND_HTML: JsonDict = {
    "oneOf": [
        {"required": [member], "properties": {member: {"type": "string"}}}
        for member in ("text", "html")
    ]
}


class Parameters(BaseModel):
    """A route's query or headers.

    flask-openapi3 asks for the schema of these at every request, and to draw it costs more than
    all else that an answer from the cache takes: it is drawn once.
    """

    @classmethod
    @cache
    def model_json_schema(  # type: ignore[override]
        cls, *args: Any, **kwargs: Any
    ) -> dict[str, Any]:
        """As pydantic draws it; not to be changed."""
        return super().model_json_schema(*args, **kwargs)


class _Article(Body):
    model_config = ConfigDict(json_schema_extra=_ONE_OF_TEXT_AND_HTML)

    text: str | None = Field(None, description="The article as plain text")
    html: str | None = Field(None, description="…or as HTML; exactly one of the two")
    title: ShortText | None = Field(None, description="The headline, if the text lacks it")
    language: LanguageOrAuto = Field("auto", description="Overrides what would be detected")
    lengths: list[Length] = Field(
        list(LENGTHS), description="Which summaries to write", min_length=1, max_length=2
    )
    profile: Name | None = Field(None, description="A model set; the service's default if left out")

    @model_validator(mode="after")
    def _one_of_text_and_html(self) -> Self:
        if (self.text is None) == (self.html is None):
            raise ValueError("send exactly one of 'text' and 'html'")
        return self


class ArticleBody(_Article):
    """An article to digest."""

    glossary: NameOrEmpty | None = Field(
        None,
        description="The desk whose glossary is enforced, empty for none; else KHULASA_GLOSSARY",
    )
    webhook: ShortText | None = Field(
        None, description="With respond-async: told, signed, when the job ends (Standard Webhooks)"
    )


class SummarizeBody(_Article):
    """An article to summarize in its own language."""


class TranslateBody(Body):
    """Texts to translate; each may hold several sentences."""

    texts: list[str] = Field(min_length=1, max_length=MAX_TEXTS)
    source: LanguageOrAuto = "auto"
    target: Language
    profile: Name | None = None


class CheckBody(Body):
    """Any text and what claims to be its translation or summary."""

    source: str
    source_language: Language
    target: str
    target_language: Language


class LibreTranslateBody(BaseModel):
    """The request of LibreTranslate's /translate, so that its clients work unchanged."""

    q: str | list[str]
    source: str = "auto"
    target: str
    format: Literal["text", "html"] = "text"
    alternatives: int = 0
    api_key: str | None = None


class ArticlePath(BaseModel):
    """The id of an article: the sha256 that names its Digest."""

    article_id: str = Field(pattern=r"^[0-9a-f]{64}$")


class JobPath(BaseModel):
    """The id of a job."""

    job_id: str = Field(pattern=r"^[0-9a-f]{32}$")


class PreferHeader(Parameters):
    """RFC 7240: ``Prefer: respond-async`` asks for a job instead of an answer."""

    prefer: str = Field("", description="respond-async: answer 202 with a job")


class DiffPath(ArticlePath):
    """Two articles."""

    other_id: str = Field(pattern=r"^[0-9a-f]{64}$")


class VersionPath(ArticlePath):
    """A version of a correction."""

    number: int = Field(ge=1)


class SignedBody(Body):
    """Who does it, and why."""

    by: PersonName
    note: ShortText | None = None


class CorrectionBody(SignedBody):
    """What is to stand in a place of the Digest."""

    which: str = Field(
        description="translation.title, translation.sentences.N or summaries.LANGUAGE.LENGTH",
        max_length=60,
    )
    text: str = Field(min_length=1, max_length=20_000)
