"""Which facts of two texts agree: found by value, so that a page of figures costs no square.

A fact is the smallest thing that can be right or wrong: a number in a unit, or a part of a date.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from service.checks.quantity import Quantity
from service.checks.units import Unit, units_by_name

_COUNTS = frozenset({"number", "ordinal", "percent", "money", "measure", "year", "decade", "day"})
_HOURS = frozenset({"number", "ordinal", "year"})  # how a time may be read that nothing cues
# Relative tolerances: for the same figure, for a figure in another unit, for a float's last bits.
_SAME, _CONVERTED, _EXACT = 1e-6, 0.04, 1e-9


@dataclass(frozen=True, slots=True)
class Fact:
    """A value (the first) with what else it may be, its kind or part of a date, and its unit."""

    kind: str
    values: tuple[float, ...]
    unit: str | None
    quantity: Quantity


class Stated:
    """The facts of one text, ready to be asked whether one of them answers a fact of another."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        alike: dict[tuple[str, str | None], list[tuple[float, ...]]] = defaultdict(list)
        for fact in facts:
            alike[fact.kind, fact.unit].append(fact.values)
        self._groups = [_Group(kind, unit, values) for (kind, unit), values in alike.items()]

    def answers(self, fact: Fact) -> bool:
        """Whether any of the facts says the same as ``fact``."""
        return any(group.answers(fact) for group in self._groups)


class _Group:
    """Facts of one kind in one unit, sorted by value."""

    def __init__(self, kind: str, unit: str | None, values: Sequence[tuple[float, ...]]) -> None:
        self.kind = kind
        self.unit = unit
        self.values = sorted({value for each in values for value in each})
        self.firsts = sorted({each[0] for each in values})

    @cached_property
    def _written(self) -> list[float]:
        return sorted({way for first in self.firsts for way in _as_written(first)})

    @cached_property
    def _in_half_a_day(self) -> frozenset[float]:
        return frozenset(first % 720 for first in self.firsts)

    @cached_property
    def _in_a_century(self) -> frozenset[float]:
        return frozenset(first % 100 for first in self.firsts)

    def answers(self, fact: Fact) -> bool:
        if fact.kind not in _COUNTS or self.kind not in _COUNTS:
            return self._same_moment(fact)
        if {fact.kind, self.kind} == {"percent", "money"}:
            return False
        if fact.unit and self.unit and fact.unit != self.unit:
            return self._in_another_unit(fact, self.unit)
        if (fact.kind == "decade") != (self.kind == "decade"):  # in his forties, «في الأربعين»
            return fact.values[0] % 100 in self._in_a_century
        return self._same_value(fact)

    def _same_value(self, fact: Fact) -> bool:
        return any(_near(self.values, value, _SAME) for value in fact.values)

    def _same_moment(self, fact: Fact) -> bool:
        if "time" in {fact.kind, self.kind}:
            return self._same_time(fact)
        if fact.kind != self.kind:
            return False
        if fact.kind == "weekday" and (fact.values[0] == 0 or 0 in self.firsts):  # «أمس»
            return True
        return any(_near(self.values, value, _EXACT) for value in fact.values)

    def _same_time(self, fact: Fact) -> bool:
        """Two times within half a day, or a time and the bare number that it is written with."""
        if fact.kind == self.kind:
            return fact.values[0] % 720 in self._in_half_a_day
        if fact.kind == "time":
            ways = _as_written(fact.values[0]) if self.kind in _HOURS else ()
            return any(_near(self.values, way, _EXACT) for way in ways)
        numbers = fact.values if fact.kind in _HOURS else ()
        return any(_near(self._written, number, _EXACT) for number in numbers)

    def _in_another_unit(self, fact: Fact, unit: str) -> bool:
        """Whether both units may be the same one, or the values the same length, mass or time."""
        units = units_by_name()
        ours, theirs = units[str(fact.unit)].readings, units[unit].readings
        if not set(ours).isdisjoint(theirs) and self._same_value(fact):
            return True
        return any(
            _near(self.firsts, fact.values[0] * units[one].factor / units[two].factor, _CONVERTED)
            for one in ours
            for two in theirs
            if one != two and _convertible(units[one], units[two])
        )


def _convertible(one: Unit, two: Unit) -> bool:
    return one.dimension == two.dimension != "money"


def _as_written(time: float) -> tuple[float, ...]:
    """The numbers that a time is written with: 15:30 as 15, 3, 1530, 15.3 or three and a half."""
    hours, minutes = divmod(time, 60)
    return (
        hours,
        hours % 12,
        hours * 100 + minutes,
        hours + minutes / 100,
        hours % 12 + minutes / 60,
    )


def _near(ordered: Sequence[float], value: float, tolerance: float) -> bool:
    """Whether one of the ordered values is ``math.isclose`` to ``value``."""
    at = bisect_left(ordered, value * (1 - tolerance) * (1 - _EXACT))
    while at < len(ordered) and ordered[at] <= value / (1 - tolerance) * (1 + _EXACT):
        if math.isclose(ordered[at], value, rel_tol=tolerance):
            return True
        at += 1
    return False
