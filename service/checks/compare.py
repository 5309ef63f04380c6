"""Two texts' values against each other: which of the one are missing, changed or added.

Dates are compared by what they say: the month, the day, the year, each found wherever it stands.
A value is there if it is there at all; how often it is said again does not matter.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from service.checks.agreement import Fact, Stated
from service.checks.quantity import CalendarDate, Quantity

# With more open facts than this, some two of them add up to a third by chance.
_MOST_SUMMED = 40


@dataclass(frozen=True, slots=True)
class Difference:
    """A value without a counterpart; both quantities where one seems to stand for the other."""

    source: Quantity | None
    target: Quantity | None


def compare(source: Sequence[Quantity], target: Sequence[Quantity]) -> tuple[Difference, ...]:
    """The differences in the order of the source, then what only the target has."""
    ours, theirs = [*_facts(source)], [*_facts(target)]
    missing = _unanswered(ours, theirs)
    added = _unanswered(theirs, ours)
    missing, added = _without_sums(missing, added), _without_sums(added, missing)
    return (*_pair(_quantities(missing), _quantities(added)),)


def unsupported(claims: Sequence[Quantity], article: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """The values of a summary that its article does not state."""
    if not claims:
        return ()
    return (*_quantities(_unanswered([*_facts(claims)], [*_facts(article)])),)


def _facts(quantities: Sequence[Quantity]) -> Iterator[Fact]:
    for quantity in quantities:
        value = quantity.value
        if isinstance(value, CalendarDate):
            yield from _date_facts(quantity, value)
        else:
            yield Fact(quantity.kind, (value, *quantity.also), quantity.unit, quantity)


def _date_facts(quantity: Quantity, date: CalendarDate) -> Iterator[Fact]:
    if date.month is not None:
        months = (float(date.month), *quantity.also[1:])
        yield Fact(f"month {date.calendar}", months, None, quantity)
    if date.day is not None:
        yield Fact("day", (float(date.day), *quantity.also[:1]), None, quantity)
    if date.year is not None:
        yield Fact("year", (float(date.year),), None, quantity)


def _unanswered(facts: Sequence[Fact], others: Sequence[Fact]) -> list[Fact]:
    stated = Stated(others)
    return [fact for fact in facts if not fact.quantity.weak and not stated.answers(fact)]


def _without_sums(facts: list[Fact], others: Sequence[Fact]) -> list[Fact]:
    """Drop what the other side says in two parts: «3 آلاف و200» and 3,200, or the reverse."""
    if max(len(facts), len(others)) > _MOST_SUMMED:
        return facts
    ours, theirs = [fact.values[0] for fact in facts], [other.values[0] for other in others]
    wholes = set(theirs)
    told = {a + b for a, b in combinations(theirs, 2)}
    told |= {part for a, b in combinations(ours, 2) if a + b in wholes for part in (a, b)}
    return [fact for fact in facts if fact.values[0] not in told]


def _quantities(facts: Sequence[Fact]) -> list[Quantity]:
    return list(dict.fromkeys(fact.quantity for fact in facts))


def _kind(quantity: Quantity) -> str:
    return quantity.kind


def _family(quantity: Quantity) -> str:
    return quantity.kind if quantity.kind in {"date", "weekday", "time"} else "count"


def _pair(missing: list[Quantity], added: list[Quantity]) -> Iterator[Difference]:
    """Take a missing and an added value of one family for a change, the same kind first."""
    pairs: dict[Quantity, Quantity] = {}
    for trait in (_kind, _family):
        taken = set(pairs.values())
        waiting: dict[str, deque[Quantity]] = defaultdict(deque)
        for new in added:
            if new not in taken:
                waiting[trait(new)].append(new)
        for lost in missing:
            if lost not in pairs and waiting[trait(lost)]:
                pairs[lost] = waiting[trait(lost)].popleft()
    for lost in missing:
        yield Difference(lost, pairs.get(lost))
    taken = set(pairs.values())
    yield from (Difference(None, new) for new in added if new not in taken)
