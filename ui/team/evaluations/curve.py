"""Curves: where the line of a measure runs over several runs, in the units of a drawing.

The drawing is made by a template; its colours are those of the page, in light and in dark.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 340, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 14, 12, 26
_LABELS = 3  # at most, below the curve: more would run into each other
_STEPS = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Point:
    """The value of a measure in one run, named `label`; `low` and `high` bound it where that is known."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on an axis with what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Curve:
    """A drawing of `WIDTH` by `HEIGHT`: the corners of a line and of the band around it, dots and axes."""

    line: str
    band: str
    dots: tuple[tuple[float, float], ...]
    across: tuple[Mark, ...]
    up: tuple[Mark, ...]
    left: float = _LEFT
    right: float = WIDTH - _RIGHT
    bottom: float = HEIGHT - _BOTTOM


def curve(
    points: Sequence[Point],
    *,
    told: Callable[[float], str],
    least: float,
    most: float | None = None,
    zero: bool = False,
) -> Curve | None:
    """Return the drawing of one point at least, in their order; None without one.

    `told` writes a value beside the axis, which steps by `least` at least, ends at `most` at the latest and
    begins at 0 if `zero`.
    """
    if not points:
        return None
    lows = [one.value if one.low is None else one.low for one in points]
    highs = [one.value if one.high is None else one.high for one in points]
    ticks = _ticks(0.0 if zero else min(lows), max(highs), least, most)
    first, last = ticks[0], ticks[-1]
    wide, high = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM

    def across(place: int) -> float:
        share = place / (len(points) - 1) if len(points) > 1 else 0.5
        return round(_LEFT + wide * share, 1)

    def up(value: float) -> float:
        share = (min(max(value, first), last) - first) / (last - first)
        return round(_TOP + high * (1 - share), 1)

    over = [(across(place), up(value)) for place, value in enumerate(highs)]
    under = [(across(place), up(value)) for place, value in enumerate(lows)]
    dots = tuple((across(place), up(one.value)) for place, one in enumerate(points))
    return Curve(
        line=_corners(dots),
        band=_corners([*over, *reversed(under)]) if any(one.low is not None for one in points) else "",
        dots=dots,
        across=tuple(Mark(across(place), points[place].label) for place in _labelled(len(points))),
        up=tuple(Mark(up(value), told(value)) for value in ticks),
    )


def _ticks(low: float, high: float, least: float, most: float | None) -> list[float]:
    """Return some three to six round values that hold all between `low` and `high`, evenly apart."""
    span = max(high - low, 4 * least)
    scale = 10.0 ** math.floor(math.log10(span / 4))
    step = next(scale * one for one in _STEPS if scale * one * 4 >= span * (1 - 1e-9))
    first = math.floor(round(low / step, 6)) * step
    last = math.ceil(round(high / step, 6)) * step
    if last == first:
        last = first + step
    if most is not None and last > most:
        last = most
        first = min(first, last - step)
    return [round(first + step * place, 10) for place in range(round((last - first) / step) + 1)]


def _labelled(count: int) -> list[int]:
    """Return the places of a few of `count` points, the first and the last among them."""
    shown = min(count, _LABELS)
    return sorted({round(place * (count - 1) / max(shown - 1, 1)) for place in range(shown)})


def _corners(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in places)
