"""What a reader prefers, kept in cookies that the page's script sets: language, theme, numerals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from flask import g, request

from service.domain import LANGUAGES, Language

Theme = Literal["auto", "light", "dark"]
Numerals = Literal["written", "western", "arabic"]

LANGUAGE_COOKIE = "khulasa_language"
_THEME_COOKIE = "khulasa_theme"
_NUMERALS_COOKIE = "khulasa_numerals"
COOKIE_DAYS = 365


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


def _choice(cookie: str, literal: Any) -> Any:
    allowed = get_args(literal)
    value = request.cookies.get(cookie)
    return value if value in allowed else allowed[0]
