"""What stands beside digits and makes them a code, a score or a part of something else."""

from __future__ import annotations

from collections.abc import Sequence

from service.checks.lexicon import Lexicon
from service.checks.tokens import Token

DASHES = frozenset("-‑–")
_TYING = DASHES | frozenset("/:")
_PROCLITIC = frozenset("وبلفك") | {"وب", "ول", "ال", "لل", "بال", "وال"}


def is_unit(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether there is a unit at ``at``, or a word of the clock."""
    token = _token(tokens, at)
    if token is None:
        return False
    clock = any(token.form in forms for forms in lexicon.clock.values())
    return clock or lexicon.unit(token) is not None


def often_unsaid(tokens: Sequence[Token], at: int) -> tuple[int, ...]:
    """Digits that the other language may say without: 1-0 «بهدف دون رد», $2 «دولارين»."""
    score = any(_form(tokens, at + step) in {*DASHES, "/"} for step in (-1, 1))
    return (0, 1) if score else (0, 1, 2)


def is_code(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether the digits belong to a name such as T4, F-16 or «كوفيد-19»."""
    before = _token(tokens, at - 1)
    if before is None or tokens[at].spaced:
        return False
    if before.text in DASHES:
        before = None if before.spaced else _token(tokens, at - 2)
        return before is not None and before.kind == "word"
    word = before.kind == "word" and before.form not in _PROCLITIC
    return word and not is_unit(tokens, at - 1, lexicon)


def ends_there(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether no percentage, date, time or score begins with the digits at ``at``."""
    after = _token(tokens, at + 1)
    if after is None:
        return True
    if after.kind == "mark":
        return after.form not in lexicon.percent | _TYING
    months = {name[0] for name in (*lexicon.months, *lexicon.hijri)}
    phrase = _form(tokens, at + 1), _form(tokens, at + 2)
    percent = phrase in lexicon.percent_phrases or lexicon.is_one_of(after, lexicon.percent)
    return not percent and not lexicon.is_one_of(after, months)


def _token(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at] if 0 <= at < len(tokens) else None


def _form(tokens: Sequence[Token], at: int) -> str:
    token = _token(tokens, at)
    return token.form if token else ""
