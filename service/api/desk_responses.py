"""What the routes of the desk answer, as ``service.api.responses`` does for the others."""

from __future__ import annotations

from pydantic import Field

from service.api.responses import Shape
from service.desk.diff import Operation
from service.domain import Language, Length


class Correction(Shape):
    """A version of a place; ``text`` null serves what the model wrote."""

    id: int
    which: str | None = Field(
        description="The place in this article; null where its sentence is not there any more"
    )
    text: str | None
    replaced: str
    by: str
    note: str | None
    at: str
    in_force: bool


class Recorded(Correction):
    """The version that was added."""

    post_again: bool = Field(
        description="Taken back, but this Digest was made with the editor's text, out of the"
        " translation memory, and keeps it: post the article again for the model's"
    )


class Corrections(Shape):
    """The versions of all places, oldest first."""

    versions: list[Correction]


class Edition(Shape):
    """A version of a desk's glossary; ``at`` is empty for the one that comes with Khulasa."""

    desk: str
    version: str
    terms: int
    author: str
    at: str


class Editions(Shape):
    """Versions of glossaries, newest first."""

    glossaries: list[Edition]


class SentenceChange(Shape):
    """A sentence that only one article has, or that was reworded."""

    operation: Operation
    old_id: int | None
    new_id: int | None
    old: str | None
    new: str | None
    old_translation: str | None
    new_translation: str | None


class SummaryChange(Shape):
    """A summary that reads differently."""

    language: Language
    length: Length
    old: str | None
    new: str | None


class Difference(Shape):
    """What differs; ``kept`` counts the sentences that both share."""

    kept: int
    sentences: list[SentenceChange]
    summaries: list[SummaryChange]
