"""What a reader finds in a text: a number, a sum, a date, with its exact place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "number",
    "ordinal",
    "percent",
    "money",
    "measure",
    "year",
    "decade",
    "date",
    "weekday",
    "time",
]


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date as far as it is said; what is not said is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    calendar: Literal["gregorian", "hijri"] = "gregorian"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One value that a text states.

    Attributes:
        kind: what is counted or named.
        value: a number in the unit (money in whole currency, percent in percent, time in minutes
            from midnight, weekdays 1–7 from Monday), or a date.
        unit: the currency's or unit's name in ``data/units.toml``; None where it has none.
        start: code point of its first character; ``text == source[start:end]``.
        end: code point after its last character.
        text: the words as they are written.
        also: further values that the same words may have («ألفا» is one thousand or two); for a
            date such as 9/11/2001 the day and the month, if they changed places.
        weak: a word that is as often no number at all ("one", «أحد»): it may answer for a value of
            the other side, but it is never itself missed.
    """

    kind: Kind
    value: float | CalendarDate
    unit: str | None
    start: int
    end: int
    text: str
    also: tuple[float, ...] = ()
    weak: bool = False
