"""What a reader prefers, kept in cookies that the page's script sets: language, theme, numerals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, cast, get_args
from urllib.parse import urlencode

from flask import Response, g, make_response, redirect, request
from flask.typing import ResponseReturnValue

from service.domain import LANGUAGES, Language

Theme = Literal["auto", "light", "dark"]
Numerals = Literal["written", "western", "arabic"]

_LANGUAGE = "language"
LANGUAGE_COOKIE = "khulasa_language"
_THEME_COOKIE = "khulasa_theme"
_NUMERALS_COOKIE = "khulasa_numerals"
_COOKIE_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Preferences:
    """How the interface is shown. ``numerals`` are those of Arabic text, for display only."""

    language: Language = "en"
    theme: Theme = "auto"
    numerals: Numerals = "written"

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Where the interface's lines begin."""
        return direction(self.language)


def direction(language: Language) -> Literal["ltr", "rtl"]:
    """Where the lines of a language begin."""
    return "rtl" if language == "ar" else "ltr"


def current() -> Preferences:
    """The preferences of the request: its cookies; the browser's language where there is none."""
    if "preferences" not in g:
        chosen = request.cookies.get(LANGUAGE_COOKIE)
        if chosen not in LANGUAGES:
            chosen = request.accept_languages.best_match(LANGUAGES, "en")
        g.preferences = Preferences(
            cast("Language", chosen),
            _choice(_THEME_COOKIE, Theme),
            _choice(_NUMERALS_COOKIE, Numerals),
        )
    return cast("Preferences", g.preferences)


def link_to(language: Language) -> str:
    """The address of this very page in that language; what else it asks for stays."""
    return "?" + urlencode([*_others(), (_LANGUAGE, language)])


def choose() -> ResponseReturnValue | None:
    """``?language=ar`` is remembered and taken off the address again; before a page's request."""
    chosen = request.args.get(_LANGUAGE)
    if chosen not in LANGUAGES:
        return None
    others = urlencode(list(_others()))
    address = f"{request.path}?{others}" if others else request.path
    response: Response = make_response(redirect(address, 303))
    response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_COOKIE_S, samesite="Strict", path="/")
    return response


def _others() -> Iterator[tuple[str, str]]:
    return ((name, value) for name, value in request.args.items(multi=True) if name != _LANGUAGE)


def _choice(cookie: str, literal: Any) -> Any:
    allowed = get_args(literal)
    value = request.cookies.get(cookie)
    return value if value in allowed else allowed[0]
