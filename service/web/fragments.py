"""Pieces of pages, for the pages themselves and for the script that renews or fetches them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from service import codec
from service.api.auth import needs
from service.api.current import house
from service.engines.runtime import LoadedModel
from service.errors import KhulasaError
from service.glossary.store import STARTER
from service.glossary.terms import Term
from service.text.normalize import matching_form
from service.web import preferences, reader
from service.web.typeset import typeset
from service.web.words import catalogue, say

blueprint = Blueprint("fragments", __name__, url_prefix="/fragments")

_HISTORY_ROWS = 30
_TERM_ROWS = 200


@blueprint.get("/history")
@needs("read")
def history() -> str:
    """Articles that were read, newest first; those that match ``query``."""
    return render_history(request.args.get("query", ""))


@blueprint.get("/articles/<article_id>")
@needs("read")
def article(article_id: str) -> str:
    """All of an article's page but the frame."""
    return render_article(article_id)


@blueprint.get("/jobs/<job_id>")
@needs("read")
def draft(job_id: str) -> ResponseReturnValue:
    """What is translated already while a job runs; 204 while it is no more than ``have``."""
    bitext = house().draft(job_id)
    have = request.args.get("have", 0, type=int)
    if bitext is None or len(bitext.sentences) <= have:
        return "", 204
    return render_template(
        "_draft.html",
        paragraphs=reader.draft(bitext, preferences.current()),
        source=bitext.document.language.code,
        target=bitext.language,
        sentences=len(bitext.sentences),
    )


def render_history(query: str) -> str:
    """The list of articles that match ``query``."""
    entries = house().history.find(query, _HISTORY_ROWS)
    shown = preferences.current().numerals
    return render_template(
        "_history.html",
        entries=entries,
        query=query,
        set_title=lambda entry: typeset(entry.title, entry.language, (), shown),
    )


@blueprint.get("/desks")
@needs("read")
def desks() -> str:
    """The choice of a desk's glossary in the form for an article."""
    return render_desks()


def render_desks() -> str:
    """The choice among the desks that have a glossary."""
    return render_template("_desks.html", desks=[e.desk for e in house().glossaries.editions()])


@blueprint.get("/glossary")
@needs("read")
def glossary() -> str:
    """The terms of ``desk`` that have ``query`` in either language."""
    return render_glossary(request.args.get("desk", STARTER), request.args.get("query", ""))


def render_glossary(desk: str, query: str) -> str:
    """The desks, and the terms of one; a desk that is new has none yet."""
    editions = house().glossaries.editions()
    known = any(edition.desk == desk for edition in editions)
    terms = house().glossaries.get(desk).terms if known else ()
    found = [term for term in terms if _has(term, matching_form(query))]
    return render_template(
        "_glossary.html",
        editions=editions,
        desk=desk,
        known=known,
        query=query,
        terms=found[:_TERM_ROWS],
        more=len(found) - _TERM_ROWS,
    )


def _has(term: Term, words: str) -> bool:
    spellings = (*term.spellings("ar"), *term.spellings("en"))
    return any(words in matching_form(spelling) for spelling in spellings)


def render_article(article_id: str) -> str:
    """An article's page without the frame.

    Raises:
        NotFound: there is no such article.
    """
    digest = codec.decode(house().find(article_id).stored)
    return render_template(
        "_article.html",
        view=reader.view(digest, preferences.current()),
        digest=digest,
        models=_models(digest.profile),
        versions=Counter(place for _, place in house().desk.versions(digest)),
        reason=_reason,
    )


def _models(profile: str) -> Sequence[LoadedModel]:
    """The profile's models; none where it has been taken away since."""
    try:
        return house().pipeline(profile).engines.models
    except KhulasaError:
        return ()


def _reason(code: str) -> str:
    """Why a stretch was left out; a house's own rules have reasons without a wording."""
    name = f"debris.{code}"
    return say(preferences.current().language, name) if name in catalogue() else code
