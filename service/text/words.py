"""Words of Arabic and English text, for counting, matching and scoring."""

from __future__ import annotations

import re

from service.text.normalize import matching_form

# Letters with their marks, or a number with its separators; an apostrophe joins (don't).
_WORD = re.compile(
    r"\d+(?:[.,٫٬:/]\d+)*|[^\W\d_](?:[^\W\d_]|[\u064b-\u065f\u0670\u0640]|['’](?=[^\W\d_]))*"
)
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")

#: Letters that Arabic writes onto a word.
PROCLITICS = frozenset("وفبلك")
# These and the article, as far as they can be told from the stem by length.
_PREFIX = re.compile(r"^(?:[وف]?(?:[بك]?ال|لل)|[وف](?=.{3}))(?=.{3})")


def words(text: str) -> list[str]:
    """The words as they are written, in order; punctuation is left out."""
    return _WORD.findall(text)


def matching_words(text: str) -> list[str]:
    """The words in their matching form, in order."""
    return _WORD.findall(matching_form(text))


def light_stem(word: str) -> str:
    """An Arabic word in matching form without conjunction, preposition and article.

    After the "light" stemmers (Larkey et al. 2002), prefixes alone; other words come back as is.
    """
    return _PREFIX.sub("", word)


def arabic_share(text: str) -> float:
    """The share of Arabic letters among Arabic and Latin ones, in 0–1; 0 without either."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    return arabic / (arabic + latin) if arabic + latin else 0.0
