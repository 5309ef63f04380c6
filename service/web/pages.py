"""The pages: the desk at ``/``, an article, a job.

Where the service asks for keys a browser cannot send one while it opens an address. The pages then
come empty, and the script fetches what belongs in them (``service.web.fragments``) with the key.
"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from service.api import auth
from service.api.auth import needs
from service.api.current import house
from service.errors import NotFound
from service.glossary.store import STARTER
from service.settings import Settings
from service.web import fragments, preferences


def blueprint(settings: Settings) -> Blueprint:
    """The pages under these settings."""
    made = Blueprint("pages", __name__, template_folder="templates")
    inline = not auth.demanded(settings)

    made.before_request(preferences.choose)

    @made.get("/")
    @needs(None)
    def desk() -> str:
        """Where an article is put in, beside those that were read before."""
        query = request.args.get("query", "")
        inner = fragments.render_history(query) if inline else None
        return render_template(
            "desk.html", inner=inner, query=query, profiles=sorted(house().profiles),
            profile=settings.profile, max_bytes=settings.max_body_bytes,
            desks=fragments.render_desks() if inline else None,
        )  # fmt: skip

    @made.get("/glossary")
    @needs(None)
    def glossary() -> str:
        """A desk's names and terms: search, add, import, export."""
        desk = request.args.get("desk", settings.glossary or STARTER)
        query = request.args.get("query", "")
        inner = fragments.render_glossary(desk, query) if inline else None
        return render_template("glossary.html", inner=inner, desk=desk, query=query)

    @made.get("/articles/<article_id>")
    @needs(None)
    def article(article_id: str) -> ResponseReturnValue:
        """An article, its translation and its summaries."""
        try:
            inner = fragments.render_article(article_id) if inline else None
        except NotFound:
            return render_template("missing.html"), 404
        return render_template("article.html", article_id=article_id, inner=inner)

    @made.get("/jobs/<job_id>")
    @needs(None)
    def job(job_id: str) -> str:
        """How far an article has come; leads on to it when it is done."""
        return render_template("job.html", job_id=job_id)

    return made
