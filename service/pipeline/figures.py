"""Puts figures right that a model miscopied: 650 licences must not become 65.

Only what is certain: both texts have one figure each for a value that the reading of numbers
(``service.checks``) takes for changed, and with the source's figure in its place fewer values
differ than before. A figure that is missing altogether cannot be placed and is left to the flags.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from service.checks.compare import Difference, compare
from service.checks.reader import read
from service.domain import Language, other
from service.text.normalize import western_digits

# A figure with its separators: 1,300 or 3.5 or ١٬٣٠٠, not the full stop behind it.
_FIGURE = re.compile(r"\d+(?:[.,٫٬]\d+)*")
_SEPARATORS = str.maketrans("٫٬", ".,")


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
    left = differences(source, target, language)
    for difference in left:
        candidate = _replaced(target, difference)
        if candidate is None:
            continue
        text, done = candidate
        after = differences(source, text, language)
        if len(after) < len(left):
            # Offsets of the other differences hold no longer: one at a time.
            rest, more = repair(source, text, language)
            return rest, (done, *more)
    return target, ()


def _replaced(target: str, difference: Difference) -> tuple[str, Repair] | None:
    lost, new = difference.source, difference.target
    if lost is None or new is None:
        return None
    right, wrong = _figures(lost.text), _figures(new.text)
    right, wrong = (
        [figure for figure in right if figure[0] not in [other[0] for other in wrong]],
        [figure for figure in wrong if figure[0] not in [other[0] for other in right]],
    )
    if len(right) != 1 or len(wrong) != 1:
        return None
    figure, (_, start, end) = right[0][0], wrong[0]
    start, end = new.start + start, new.start + end
    text = target[:start] + figure + target[end:]
    return text, Repair(lost.text, target[start:end], figure)


def _figures(text: str) -> list[tuple[str, int, int]]:
    """Each figure as it is written between Western digits, with its place."""
    return [
        (western_digits(found[0]).translate(_SEPARATORS), found.start(), found.end())
        for found in _FIGURE.finditer(text)
    ]
