"""The interface's words in English and Arabic: data, ``words.toml`` beside this file.

One table a word, ``en`` and ``ar``; names in braces are filled in. No wording depends on a count
(Arabic has six plural forms): counts stand beside their noun («الجمل: 12»).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from service.domain import LANGUAGES, Language, other
from service.web.preferences import Preferences, direction, link_to
from service.web.typeset import numerals

FILE = Path(__file__).with_name("words.toml")
# Words under this table are handed to the script.
_SCRIPT = "script"

Words = Mapping[str, Mapping[Language, str]]


@cache
def catalogue() -> Words:
    """All words by dotted name."""
    found: dict[str, Mapping[Language, str]] = {}
    _collect(tomllib.loads(FILE.read_text("utf-8")), "", found)
    return found


def _collect(table: Mapping[str, Any], at: str, found: dict[str, Mapping[Language, str]]) -> None:
    if set(table) == set(LANGUAGES) and all(isinstance(v, str) for v in table.values()):
        found[at] = {language: table[language] for language in LANGUAGES}
        return
    for name, value in table.items():
        _collect(value, f"{at}.{name}" if at else name, found)


def say(language: Language, name: str, **values: object) -> str:
    """A word of the interface.

    Raises:
        KeyError: there is none of this name, or it wants a value that is not given.
    """
    return catalogue()[name][language].format_map(values)


def script_words(language: Language) -> dict[str, str]:
    """What the script says, by the name after ``script.``."""
    prefix = _SCRIPT + "."
    return {
        name.removeprefix(prefix): texts[language]
        for name, texts in catalogue().items()
        if name.startswith(prefix)
    }


def helpers(preferences: Preferences) -> dict[str, Any]:
    """What every template has at hand."""
    language = preferences.language

    def count(number: float) -> str:
        return numerals(f"{number:,}", language, preferences.numerals)

    return {
        "preferences": preferences,
        "other_language": other(language),
        "language_link": lambda: link_to(other(language)),
        "direction": direction,
        "t": lambda name, **values: say(language, name, **values),
        "count": count,
        "script_words": lambda: script_words(language),
    }
