"""Put the page together: template, style and script in one file, with a policy that bars others."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from service.evaluation.page.view import page_view
from service.evaluation.report import Report

_FILES = Path(__file__).parent / "templates"


def page_html(report: Report) -> str:
    """The page. All text of articles and systems is escaped; no URL of another host is in it.

    Its content security policy allows the page's own style and script by hash, and nothing else.
    """
    style, script = _read("compare.css"), _read("compare.js")
    return _template().render(
        view=page_view(report),
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def write_page(report: Report, path: Path) -> None:
    """Write the page to ``path``."""
    path.write_text(page_html(report), "utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("service.evaluation.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("compare.html")


@cache
def _read(name: str) -> str:
    return (_FILES / name).read_text("utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
