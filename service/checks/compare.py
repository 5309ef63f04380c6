"""Two texts' values against each other: which of the one are missing, changed or added.

Dates are compared by what they say: the month, the day, the year, each found wherever it stands.
A value is there if it is there at all; how often it is said again does not matter.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.checks.lexicon import Unit, units_by_name
from service.checks.quantity import CalendarDate, Quantity

_COUNTS = frozenset({"number", "ordinal", "percent", "money", "measure", "year", "decade", "day"})


@dataclass(frozen=True, slots=True)
class Difference:
    """A value without a counterpart; both quantities where one seems to stand for the other."""

    source: Quantity | None
    target: Quantity | None


@dataclass(frozen=True, slots=True)
class _Fact:
    """The smallest thing that can be right or wrong: a number in a unit, or a part of a date."""

    kind: str
    values: tuple[float, ...]
    unit: str | None
    quantity: Quantity


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> tuple[Difference, ...]:
    """The differences in the order of the source, then what only the target has."""
    ours, theirs = [*_facts(source)], [*_facts(target)]
    missing = _unanswered(ours, theirs)
    added = _unanswered(theirs, ours)
    missing, added = _without_sums(missing, added), _without_sums(added, missing)
    return (*_pair(_quantities(missing), _quantities(added)),)


def unsupported(claims: Sequence[Quantity], article: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The values of a summary that its article does not state."""
    return (*_quantities(_unanswered([*_facts(claims)], [*_facts(article)])),)


def _facts(quantities: Sequence[Quantity]) -> Iterator[_Fact]:
    for quantity in quantities:
        value = quantity.value
        if isinstance(value, CalendarDate):
            yield from _date_facts(quantity, value)
        else:
            yield _Fact(quantity.kind, (value, *quantity.also), quantity.unit, quantity)


def _date_facts(quantity: Quantity, date: CalendarDate) -> Iterator[_Fact]:
    if date.month is not None:
        months = (float(date.month), *quantity.also[1:])
        yield _Fact(f"month {date.calendar}", months, None, quantity)
    if date.day is not None:
        yield _Fact("day", (float(date.day), *quantity.also[:1]), None, quantity)
    if date.year is not None:
        yield _Fact("year", (float(date.year),), None, quantity)


def _unanswered(facts: Sequence[_Fact], others: Sequence[_Fact]) -> list[_Fact]:
    return [
        fact
        for fact in facts
        if not fact.quantity.weak and not any(_agree(fact, other) for other in others)
    ]


def _agree(one: _Fact, two: _Fact) -> bool:
    if one.kind not in _COUNTS or two.kind not in _COUNTS:
        return _same_moment(one, two)
    if {one.kind, two.kind} == {"percent", "money"}:
        return False
    if one.unit and two.unit and one.unit != two.unit:
        return _converted(one, two)
    if (one.kind == "decade") != (two.kind == "decade"):  # in his forties, «في الأربعين»
        return one.values[0] % 100 == two.values[0] % 100
    return any(math.isclose(a, b, rel_tol=1e-6) for a in one.values for b in two.values)


def _same_moment(one: _Fact, two: _Fact) -> bool:
    if "time" in {one.kind, two.kind}:
        return _same_time(one, two)
    relative = one.kind == "weekday" and 0 in {one.values[0], two.values[0]}  # «أمس»
    return one.kind == two.kind and (relative or not set(one.values).isdisjoint(two.values))


def _same_time(one: _Fact, two: _Fact) -> bool:
    """Two times within half a day, or a time and the bare number that it is written with."""
    if one.kind == two.kind:
        return math.isclose(one.values[0] % 720, two.values[0] % 720)
    time, number = (one, two) if one.kind == "time" else (two, one)
    if number.kind not in {"number", "ordinal", "year"}:
        return False
    hours, minutes = divmod(time.values[0], 60)
    written = {hours, hours % 12, hours * 100 + minutes, hours + minutes / 100}
    written |= {hours % 12 + minutes / 60}
    return any(math.isclose(value, way) for value in number.values for way in written)


def _converted(one: _Fact, two: _Fact) -> bool:
    """Whether two values in different units are the same length, mass or time."""
    units = units_by_name()
    a, b = units[str(one.unit)], units[str(two.unit)]
    if a.dimension != b.dimension or a.dimension == "money":
        return False
    return _close(one.values[0], a, two.values[0], b)


def _close(value: float, unit: Unit, other: float, other_unit: Unit) -> bool:
    return math.isclose(value * unit.factor, other * other_unit.factor, rel_tol=0.04)


def _without_sums(facts: list[_Fact], others: Sequence[_Fact]) -> list[_Fact]:
    """Drop what the other side says in two parts: «3 آلاف و200» and 3,200, or the reverse."""
    ours, theirs = [fact.values[0] for fact in facts], [other.values[0] for other in others]
    sums = {a + b for a, b in combinations(theirs, 2)}
    parts = {part for a, b in combinations(ours, 2) if a + b in theirs for part in (a, b)}
    return [fact for fact in facts if fact.values[0] not in sums | parts]


def _quantities(facts: Sequence[_Fact]) -> list[Quantity]:
    return list(dict.fromkeys(fact.quantity for fact in facts))


def _family(quantity: Quantity) -> str:
    return quantity.kind if quantity.kind in {"date", "weekday", "time"} else "count"


def _pair(missing: list[Quantity], added: list[Quantity]) -> Iterator[Difference]:
    """Take a missing and an added value of one family for a change, the same kind first."""
    left = list(added)
    pairs: dict[Quantity, Quantity] = {}
    for same_kind in (True, False):
        for lost in missing:
            if lost in pairs:
                continue
            for new in left:
                if _family(lost) == _family(new) and (lost.kind == new.kind or not same_kind):
                    pairs[lost] = new
                    left.remove(new)
                    break
    for lost in missing:
        yield Difference(lost, pairs.get(lost))
    for new in left:
        yield Difference(None, new)
