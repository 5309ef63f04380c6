"""How deep JSON is nested, told without going in after it."""

from __future__ import annotations

from collections.abc import Iterable

# No route reads more than four; json reads a thousand, and a thousand break whoever walks them.
_DEEPEST = 32


def nests_too_deeply(value: object) -> bool:
    """Whether lists and objects lie in each other deeper than anything that is read here."""
    level: list[object] = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
