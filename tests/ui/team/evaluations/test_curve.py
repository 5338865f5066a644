"""A measure over several runs is a line whose corners are where the values are."""

from __future__ import annotations

import pytest

from ui.team.evaluations.curve import HEIGHT, WIDTH, Curve, Point, curve


def percent(value: float) -> str:
    return f"{100 * value:.0f}"


def drawn(*values: float, most: float | None = None, zero: bool = False) -> Curve:
    points = [Point(str(place), one) for place, one in enumerate(values)]
    found = curve(points, told=percent, least=0.01, most=most, zero=zero)
    assert found
    return found


def test_nothing_is_drawn_of_nothing() -> None:
    assert curve([], told=percent, least=0.01) is None


def test_a_higher_value_stands_higher_and_a_later_one_further_right() -> None:
    (x1, y1), (x2, y2), (x3, y3) = drawn(0.2, 0.8, 0.5).dots
    assert x1 < x2 < x3
    assert y2 < y3 < y1


def test_all_stands_within_the_drawing() -> None:
    points = [Point("a", 0.5, 0.0, 1.0), Point("b", 1.0, 0.9, 1.0)]
    found = curve(points, told=percent, least=0.01, most=1.0)
    assert found
    corners = [tuple(map(float, one.split(","))) for one in f"{found.line} {found.band}".split()]
    assert len(corners) == 6
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in corners)


def test_the_band_goes_along_the_upper_bounds_and_back_along_the_lower() -> None:
    found = curve([Point("a", 0.5, 0.4, 0.6), Point("b", 0.7, 0.6, 0.8)], told=percent, least=0.01)
    assert found
    heights = [float(one.split(",")[1]) for one in found.band.split()]
    assert heights[0] < heights[3]
    assert heights[1] < heights[2]
    assert drawn(0.5, 0.7).band == ""


@pytest.mark.parametrize("values", [(1.0, 1.0), (0.0, 0.0), (0.97, 0.98), (0.2, 0.9), (0.5,)])
def test_the_axis_says_round_values_each_once_around_all(values: tuple[float, ...]) -> None:
    marks = [float(one.label) / 100 for one in drawn(*values, most=1.0).up]
    assert len(set(marks)) == len(marks) >= 2
    assert marks[0] <= min(values)
    assert max(values) <= marks[-1] <= 1


def test_an_axis_can_begin_at_zero() -> None:
    assert drawn(0.9, 0.8, zero=True).up[0].label == "0"


def test_few_runs_are_named_and_always_the_first_and_the_last() -> None:
    assert [one.label for one in drawn(*[0.1] * 21).across] == ["0", "10", "20"]
    assert [one.label for one in drawn(0.1, 0.2).across] == ["0", "1"]
    assert [one.label for one in drawn(0.1).across] == ["0"]
