"""An article to take along: as plain text, Markdown or HTML, one click each.

Plain text and Markdown carry Unicode isolates round runs of the other direction, since whatever
they are pasted into has no markup to tell it.
"""

from __future__ import annotations

import re
from typing import Literal

from flask import Blueprint, Response, render_template
from markupsafe import Markup

from service import codec
from service.api.auth import needs
from service.api.current import house
from service.domain import Language
from service.text.bidi import isolate
from service.web import preferences
from service.web.typeset import typeset

Format = Literal["txt", "md", "html"]

_TYPES: dict[str, str] = {"txt": "text/plain", "md": "text/markdown", "html": "text/html"}
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|])")

blueprint = Blueprint("export", __name__, url_prefix="/export")


@blueprint.get("/<article_id>.<any(txt, md, html):kind>")
@needs("read")
def article(article_id: str, kind: Format) -> Response:
    """Title, four summaries, translation and source, under one line that says what made them."""
    digest = codec.decode(house().find(article_id).stored)
    setters = {"txt": isolate, "md": _markdown, "html": _html}
    body = render_template(
        f"export.{kind}",
        digest=digest,
        write=setters[kind],
        language=preferences.current().language,
    )
    response = Response(body, content_type=f"{_TYPES[kind]}; charset=utf-8")
    response.headers["Content-Disposition"] = f"inline; filename=khulasa-{article_id[:12]}.{kind}"
    return response


def _markdown(text: str, language: Language) -> str:
    return _MARKDOWN.sub(r"\\\1", isolate(text, language))


def _html(text: str, language: Language) -> Markup:
    return typeset(text, language)
