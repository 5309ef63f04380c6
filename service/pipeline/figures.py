"""Puts figures right that a model miscopied: 650 licences must not become 65.

Only what is certain: a figure of the source that the translation lacks, by the reading of numbers
(``service.checks``), takes the place of one that only the translation has. The two are alike
(20222 and 2022), or there is no other they could be; and fewer values differ than before. A figure
that is missing altogether cannot be placed and is left to the flags.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from service.checks.compare import Difference, compare
from service.checks.quantity import Quantity
from service.checks.reader import read
from service.domain import Language, other
from service.text.normalize import western_digits

# A figure with its separators: 1,300 or 3.5 or ١٬٣٠٠, not the full stop behind it.
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_SEPARATORS = str.maketrans("٫٬", ".,")
#: So alike are a figure and its bad copy, where there are several that it could be.
_ALIKE = 0.5
#: Beyond so many open figures a side, or tries a text, it is no slip that could be put right.
_MOST_OPEN = 16
_TRIES = 24


@dataclass(frozen=True, slots=True)
class Repair:
    """A figure of a translation that was replaced by the one of the source."""

    source: str
    was: str
    now: str


def differences(source: str, target: str, language: Language) -> tuple[Difference, ...]:
    """The values that a translation from ``language`` lacks, changes or adds."""
    return compare(read(source, language), read(target, other(language)))


def repair(source: str, target: str, language: Language) -> tuple[str, tuple[Repair, ...]]:
    """The translation with the source's figures, and what was put right in it."""
    done: list[Repair] = []
    tries = 0
    left = differences(source, target, language)
    candidates = _candidates(left)
    while tries < _TRIES and (pair := next(candidates, None)):
        tries += 1
        right, wrong = pair
        text = target[: wrong.start] + right.written + target[wrong.end :]
        fewer = differences(source, text, language)
        if len(fewer) < len(left):
            done.append(Repair(right.said, target[wrong.start : wrong.end], right.written))
            # Offsets of the other differences hold no longer: one at a time.
            target, left, candidates = text, fewer, _candidates(fewer)
    return target, tuple(done)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as it is written between Western digits, its place, and the value it is part of."""

    written: str
    start: int
    end: int
    said: str


def _candidates(left: Sequence[Difference]) -> Iterator[tuple[_Figure, _Figure]]:
    """Figures of the source, each with the one of the target that it may be, the likest first."""
    ours = _figures(difference.source for difference in left)
    theirs = _figures(difference.target for difference in left)
    lost = [one for one in ours if one.written not in {two.written for two in theirs}]
    new = [two for two in theirs if two.written not in {one.written for one in ours}]
    if max(len(lost), len(new)) > _MOST_OPEN:
        return
    pairs = [(_likeness(one, two), one, two) for one in lost for two in new]
    for likeness, one, two in sorted(pairs, key=lambda pair: -pair[0]):
        rivals = [pair for pair in pairs if pair[2] == two and pair[0] == likeness]
        alike = likeness >= _ALIKE and _of_like_length(one, two)
        if len(rivals) == 1 and (alike or _stands_for(one, two, left)):
            yield one, two


def _stands_for(one: _Figure, two: _Figure, left: Sequence[Difference]) -> bool:
    """Whether the reading of numbers takes the one value for the other, and no third is amiss."""
    (first, *more) = left
    said = (first.source and first.source.text, first.target and first.target.text)
    return not more and said == (one.said, two.said)


def _likeness(one: _Figure, two: _Figure) -> float:
    """Twice the digits that both have in order, by the digits of both; in 0-1."""
    return SequenceMatcher(None, _digits(one), _digits(two), autojunk=False).ratio()


def _of_like_length(one: _Figure, two: _Figure) -> bool:
    """A slip adds or drops a digit; 541 is no copy of 45,514, however many digits they share."""
    return abs(len(_digits(one)) - len(_digits(two))) <= 1


def _digits(figure: _Figure) -> str:
    return re.sub(r"\D", "", figure.written)


def _figures(quantities: Iterable[Quantity | None]) -> list[_Figure]:
    return [
        _Figure(
            western_digits(found[0]).translate(_SEPARATORS),
            quantity.start + found.start(),
            quantity.start + found.end(),
            quantity.text,
        )
        for quantity in quantities
        if quantity is not None
        for found in _FIGURE.finditer(quantity.text)
    ]
