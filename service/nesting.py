"""How deep JSON is nested, told without going in after it."""

from __future__ import annotations

from collections.abc import Iterable


def nests_deeper(value: object, levels: int) -> bool:
    """Whether lists and objects lie in each other more than so many levels deep."""
    level: list[object] = [value]
    for _ in range(levels):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
