"""Tokens with exact offsets and the form under which the lexicons know them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from service.text.normalize import matching_form

# A number keeps its separators, since what they mean depends on the language; spaces group only
# full threes (15 000). Words keep their marks. Everything else is a mark of one character.
_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d.,٫٬])"
    r"|\d+(?:[.,٫٬،]\d+)+(?![.,٫]?\u200f\d)|\d+(?:ر|[.,٫]\u200f)\d+|(?<!\S)\.\d+|\d+)"
    r"|(?P<word>[ap]\.m\.?(?![a-z])|[^\W\d_](?:[^\W\d_]|[\u0610-\u061a\u0640\u064b-\u065f\u0670]"
    r"|['’](?=[^\W\d_]))*)"
    r"|(?P<mark>[^\w\s]|_)",
    re.IGNORECASE,
)
POSSESSIVE = re.compile("['’]s?$")


class Token(NamedTuple):
    """A word, a digit string or a mark; ``spaced`` where white space stands before it."""

    text: str
    form: str
    start: int
    end: int
    kind: Literal["word", "digits", "mark"]
    spaced: bool


@lru_cache(maxsize=8_192)
def fold(word: str) -> str:
    """The matching form of a word, without an English possessive."""
    return POSSESSIVE.sub("", matching_form(word))


@lru_cache(maxsize=1_024)
def tokenize(text: str) -> tuple[Token, ...]:
    """The tokens of a text in order; white space and invisible characters are between them."""
    tokens: list[Token] = []
    end = 0
    for match in _TOKEN.finditer(text):
        piece = match[0]
        kind: Literal["word", "digits", "mark"] = (
            "digits" if match["digits"] else "word" if match["word"] else "mark"
        )
        form = piece if kind == "mark" else fold(piece)
        tokens.append(Token(piece, form, match.start(), match.end(), kind, match.start() > end))
        end = match.end()
    return tuple(tokens)
