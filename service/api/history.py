"""GET /v1/articles: what was read before, newest first, with search in the titles."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask_openapi3 import APIBlueprint
from pydantic import ConfigDict, Field

from service.api.current import house
from service.api.openapi import ARTICLES, answers
from service.api.requests import Parameters
from service.api.responses import Shape
from service.domain import Language

api = APIBlueprint("history", __name__, url_prefix="/v1/articles", abp_tags=[ARTICLES])


class HistoryQuery(Parameters):
    """Which part of the list."""

    model_config = ConfigDict(extra="forbid")

    query: str = Field("", max_length=200, description="Words of the title, in either language")
    limit: int = Field(50, ge=1, le=200, description="At most so many")
    before: str | None = Field(
        None, pattern=r"^[0-9a-f]{64}$", description="An article's id: only those below it"
    )


class Entry(Shape):
    """An article that was read; its first words where it has no title."""

    id: str
    title: str
    translated_title: str
    language: Language
    profile: str
    created_at: str


class Entries(Shape):
    """A page of the list; ``next`` is the next page's ``before``, null on the last."""

    articles: list[Entry]
    next: str | None


@api.get("", summary="Articles that were read, newest first", responses=answers(Entries))
def list_articles(query: HistoryQuery) -> dict[str, Any]:
    """Titles only; spelling variants of Arabic words find each other."""
    found = house().history.find(query.query, query.limit + 1, query.before)
    page = found[: query.limit]
    more = len(found) > query.limit
    return {"articles": [asdict(entry) for entry in page], "next": page[-1].id if more else None}
