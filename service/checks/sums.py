"""The arithmetic of a numeral: how its parts add and multiply.

A numeral is a sum of groups below a thousand, each times its scale, the scales falling. Languages
differ in two things, which the grammar says: whether the unit comes before the ten, and whether
two parts need "and" between them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from service.checks.lexicon import Grammar, NumberWord


@dataclass(frozen=True, slots=True)
class Sum:
    """A numeral half read up to token ``last``: closed groups in ``total``, and the open one.

    ``scale`` is the smallest so far, ``closed`` the state before the open group began: what is left
    where that group turns out to be the next numeral's ("two thousand and five thousand").
    """

    last: int
    total: float = 0.0
    group: float | None = None
    scale: float = math.inf
    literal: bool = False
    ordinal: bool = False
    closed: Sum | None = None

    @property
    def value(self) -> float:
        """What the numeral is worth so far."""
        return self.total + (self.group or 0.0)

    @property
    def factor(self) -> float:
        """The scale of the last group, 1 without one."""
        return self.scale if math.isfinite(self.scale) else 1.0


def begin(at: int, word: NumberWord) -> Sum:
    """The state after a numeral's first word."""
    if word.role == "scale":
        return Sum(at, total=word.value, scale=word.value)
    if word.role == "dual":
        return Sum(at, total=word.value, scale=word.value / 2)
    return Sum(at, group=word.value, ordinal=word.role in {"ordinal", "weak_ordinal"})


def add(state: Sum, at: int, word: NumberWord, joined: bool, grammar: Grammar) -> Sum | None:
    """The state with the next word in it; None where the word is not part of this numeral.

    ``state`` itself comes back where the word, a scale, shows that the open group is not either.
    """
    multiplies = word.role in {"scale", "dual", "hundred", "dozen"}
    if (
        word.role == "decade"
        or (multiplies and state.ordinal)
        or (state.literal and not multiplies)
    ):
        return None
    if word.role in {"scale", "dual"}:
        return _times_scale(state, at, word, joined)
    if word.role in {"hundred", "dozen"}:
        times = _times_hundred if word.role == "hundred" else _times_dozen
        return times(state, at, joined, grammar)
    if state.group is None:
        return _open_group(state, at, word, joined, grammar)
    fits = _fits(state.group, word.value, joined, grammar)
    ordinal = word.role in {"ordinal", "weak_ordinal"}
    if not fits or (state.ordinal and (ordinal or not grammar.unit_first)):
        return None
    group, ordinal = state.group + word.value, state.ordinal or ordinal
    return replace(state, last=at, group=group, ordinal=ordinal)


def add_fraction(state: Sum, at: int, value: float) -> Sum:
    """The state with "and a half" in it: of the scale after one, else of the unit."""
    if state.group is not None:
        return replace(state, last=at, group=state.group + value)
    return replace(state, last=at, total=state.total + value * state.scale)


def _times_scale(state: Sum, at: int, word: NumberWord, joined: bool) -> Sum | None:
    scale = word.value / 2 if word.role == "dual" else word.value
    if state.group is None:
        if joined and scale < state.scale:  # «مليون وألفان»
            return replace(state, last=at, total=state.total + word.value, scale=scale)
        if not joined and word.role == "scale" and scale > state.scale:  # «ألف مليار»
            return replace(state, last=at, total=state.total * scale, scale=scale)
        return None
    if joined or word.role == "dual":
        return None
    if scale >= state.scale:
        return state
    total = state.total + state.group * scale
    return Sum(at, total=total, scale=scale)


def _times_hundred(state: Sum, at: int, joined: bool, grammar: Grammar) -> Sum | None:
    if state.group is None:
        opens = joined and state.scale > 100
        return replace(state, last=at, group=100.0, closed=state) if opens else None
    limit = 10 if grammar.unit_first else 100
    if joined or not 1 <= state.group < limit:
        return None
    return replace(state, last=at, group=state.group * 100)


def _times_dozen(state: Sum, at: int, joined: bool, _: Grammar) -> Sum | None:
    if state.group is None or joined or not 1 <= state.group < 100:
        return None
    return replace(state, last=at, group=state.group * 12)


def _open_group(
    state: Sum, at: int, word: NumberWord, joined: bool, grammar: Grammar
) -> Sum | None:
    ordinal = word.role in {"ordinal", "weak_ordinal"}
    if ordinal or word.value >= state.scale or (grammar.join_required and not joined):
        return None
    return replace(state, last=at, group=word.value, closed=state)


def _fits(group: float, value: float, joined: bool, grammar: Grammar) -> bool:
    """Whether a number below a hundred completes the open group."""
    low = group % 100
    if low == 0 < group:
        return value < 100 and (joined or not grammar.join_required)
    if not grammar.unit_first:
        return not joined and low in range(20, 100, 10) and 1 <= value <= 9
    if not 1 <= low <= 9:
        return False
    return value in range(20, 100, 10) if joined else value == 10
