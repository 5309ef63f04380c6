"""The geometry of the page's small plots; the template draws them as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 120, 28
_MARGIN = 6.0
_MOST_BARS = 60


@dataclass(frozen=True, slots=True)
class IntervalPlot:
    """A difference and its interval about zero, which lies in the middle; x in 0–``WIDTH``."""

    low: float
    high: float
    at: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One article's difference (or one of a few articles alike), from the middle line on."""

    x: float
    top: float
    height: float
    up: bool


@dataclass(frozen=True, slots=True)
class BarsPlot:
    """The articles' differences, from the lowest to the highest."""

    bars: tuple[Bar, ...]
    width: float


def interval_plot(
    low: float, high: float, at: float, *, reach: float | None = None
) -> IntervalPlot:
    """Place an interval; ``reach`` is the value at the edges, the farthest end by default."""
    ends = [value for value in (low, high, at) if not math.isnan(value)]
    reach = reach or max((abs(value) for value in ends), default=0.0) or 1.0
    half = WIDTH / 2 - _MARGIN

    def x(value: float) -> float:
        inside = 0.0 if math.isnan(value) else max(-1.0, min(1.0, value / reach))
        return round(WIDTH / 2 + half * inside, 2)

    return IntervalPlot(x(low), x(high), x(at))


def bars_plot(differences: Sequence[float | None]) -> BarsPlot:
    """Sorted bars; of very many articles, evenly spaced ones stand for all."""
    values = sorted(value for value in differences if value is not None)
    if len(values) > _MOST_BARS:
        step = (len(values) - 1) / (_MOST_BARS - 1)
        values = [values[round(place * step)] for place in range(_MOST_BARS)]
    if not values:
        return BarsPlot((), 0.0)
    reach = max(abs(value) for value in values) or 1.0
    slot, middle = WIDTH / len(values), HEIGHT / 2
    bars = tuple(
        Bar(
            x=round(place * slot, 2),
            top=round(middle - max(value, 0.0) / reach * (middle - 1), 2),
            height=round(abs(value) / reach * (middle - 1), 2),
            up=value > 0,
        )
        for place, value in enumerate(values)
    )
    return BarsPlot(bars, round(max(slot - 1.0, slot * 0.6), 2))
