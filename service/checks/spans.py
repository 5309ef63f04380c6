"""What the readers of dates and times find, and the dates that are written in digits alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from service.checks.quantity import CalendarDate
from service.checks.tokens import Token
from service.text.normalize import western_digits

_NUMERIC = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})")
_STROKES = frozenset("/-")
_HIJRI_BEFORE = 1700  # a year that low in a full date is of the Hijri calendar


@dataclass(frozen=True, slots=True)
class Span:
    """A reading over the tokens ``first`` to ``last``; ``also`` as in ``Quantity``."""

    first: int
    last: int
    kind: Literal["date", "weekday", "time"]
    value: float | CalendarDate
    also: tuple[float, ...] = ()
    weak: bool = False


def numeric_dates(tokens: Sequence[Token]) -> Iterator[Span]:
    """11/9/2001, 2024-05-12, 11.05.2014 and 9/11.

    Where day and month could change places, as Americans have them, ``also`` is the day and the
    month read that way.
    """
    for at, token in enumerate(tokens):
        if token.kind != "digits" or (at and tokens[at - 1].text in _STROKES):
            continue
        end = _end(tokens, at)
        text = western_digits("/".join(tokens[i].text for i in range(at, end + 1, 2)))
        match = _NUMERIC.fullmatch(text)
        date = _date(*map(int, match.groups())) if match else None
        if text == "9/11":
            date = CalendarDate(None, 9, 11)
        if date is not None:
            yield Span(at, end, "date", date, _swapped(date))


def _end(tokens: Sequence[Token], at: int) -> int:
    """The last token of digits joined by strokes."""
    end = at
    while (
        end + 2 < len(tokens)
        and tokens[end + 1].text in _STROKES
        and tokens[end + 2].kind == "digits"
        and tokens[end + 1].spaced == tokens[end + 2].spaced
    ):
        end += 2
    return end


def _date(first: int, second: int, third: int) -> CalendarDate | None:
    year, month, day = (first, second, third) if first >= 1000 else (third, second, first)
    if month > 12 >= day:  # the American order, where only that is possible
        day, month = month, day
    if not (1000 <= year <= 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    return CalendarDate(year, month, day, "hijri" if year < _HIJRI_BEFORE else "gregorian")


def _swapped(date: CalendarDate) -> tuple[float, ...]:
    if date.year is None or date.month is None or date.day is None or date.day > 12:
        return ()
    return (float(date.month), float(date.day))
