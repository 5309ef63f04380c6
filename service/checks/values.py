"""Flags for values: what a translation lost, changed or added, and what a summary made up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from service import flags
from service.checks.compare import Difference, compare, unsupported
from service.checks.quantity import Kind, Quantity
from service.domain import Flag

_FAMILIES: dict[Kind, str] = {
    "money": "money",
    "date": "date",
    "weekday": "date",
    "time": "date",
    "year": "date",
    "decade": "date",
}


def translation_flags(
    source: Sequence[Quantity], target: Sequence[Quantity], where: str
) -> Iterator[Flag]:
    """A flag for each value of a sentence that its translation lacks, changes or adds."""
    for difference in compare(source, target):
        yield _flag(difference, where)


def summary_flags(
    claims: Sequence[Quantity], article: Sequence[Quantity], where: str
) -> Iterator[Flag]:
    """A flag for each value of a summary sentence that the article does not state."""
    for claim in unsupported(claims, article):
        yield flags.make(f"unsupported_{_family(claim)}", where, target=claim.text)


def _flag(difference: Difference, where: str) -> Flag:
    lost, new = difference.source, difference.target
    if lost and new:
        return flags.make(f"{_family(lost)}_changed", where, source=lost.text, target=new.text)
    if lost:
        return flags.make(f"{_family(lost)}_missing", where, source=lost.text)
    assert new is not None  # a Difference has at least one side
    return flags.make(f"{_family(new)}_added", where, target=new.text)


def _family(quantity: Quantity) -> str:
    return _FAMILIES.get(quantity.kind, "number")
