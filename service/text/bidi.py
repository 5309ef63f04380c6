"""Isolation of what runs the other way, for readers of mixed text (UAX #9)."""

from __future__ import annotations

import re

from service.domain import Language

FSI, PDI = "\u2068", "\u2069"

_LATIN_START = "[A-Za-z\u00c0-\u024f$€£]"
_LATIN_INNER = "[A-Za-z\u00c0-\u024f0-9_.,:/&'’%+-]*"
# Words and numbers, with what joins them; a closing mark belongs to the sentence around.
_LATIN_RUN = re.compile(
    f"{_LATIN_START}{_LATIN_INNER}(?:[ -]+(?:{_LATIN_START}|[0-9]){_LATIN_INNER})*(?<![.,:])"
)
_ARABIC_WORD = "[\u0620-\u064a\u0671-\u06d3][\u0610-\u06ff]*"
_ARABIC_RUN = re.compile(f"{_ARABIC_WORD}(?:[ -]+{_ARABIC_WORD})*")


def isolate(text: str, language: Language) -> str:
    """The text with every run of the other direction between FSI and PDI.

    Args:
        text: as it is written.
        language: of the text as a whole, which gives the direction.

    Removing FSI and PDI gives the text back.
    """
    return foreign_runs(language).sub(lambda run: f"{FSI}{run[0]}{PDI}", text)


def foreign_runs(language: Language) -> re.Pattern[str]:
    """Matches every run of the other direction in a text of this language."""
    return _LATIN_RUN if language == "ar" else _ARABIC_RUN
