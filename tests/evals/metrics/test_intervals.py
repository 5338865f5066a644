from __future__ import annotations

import math

import numpy as np
import pytest

from evals.metrics.intervals import difference, fell, interval


def test_a_bootstrap_interval_is_as_wide_as_the_normal_one() -> None:
    values = [1.0] * 70 + [0.0] * 30
    found = interval(values)
    assert found is not None
    half = 1.96 * math.sqrt(0.7 * 0.3 / 100)
    assert found == pytest.approx((0.7, 0.7 - half, 0.7 + half, 100), abs=0.02)


def test_turns_of_one_conversation_count_as_one_draw() -> None:
    values = [1.0] * 35 + [0.0] * 15
    clusters = [place // 5 for place in range(50)]
    alone, together = interval(values), interval(values, clusters=clusters)
    assert alone is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (alone.high - alone.low)


@pytest.mark.parametrize(("value", "low", "high"), [(1.0, 0.7225, 1.0), (0.0, 0.0, 0.2775)])
def test_ten_alike_are_not_certain(value: float, low: float, high: float) -> None:
    # Wilson, n = 10: 1.96² / (10 + 1.96²) = 0.2775
    assert interval([value] * 10) == pytest.approx((value, low, high, 10), abs=0.001)


def test_nothing_has_no_interval() -> None:
    assert interval([]) is None
    assert difference([], []) is None


def test_the_same_run_twice_does_not_differ() -> None:
    values = [1.0, 0.0] * 30
    assert difference(values, values) == (0, 0, 0, 60)


def test_a_fall_of_twenty_of_a_hundred_is_no_noise_but_one_of_one_is() -> None:
    before = [1.0] * 100
    fallen = difference(before, [0.0] * 20 + [1.0] * 80)
    slipped = difference(before, [0.0] + [1.0] * 99)
    assert fallen is not None
    assert fallen.high < 0
    assert slipped is not None
    assert slipped.high == 0


@pytest.mark.parametrize(
    ("broken", "mended", "wanted"),
    # One-sided: 0.5 ** 5 = 0.03, 0.5 ** 4 = 0.06; of ten, nine or more: 11 / 1024.
    [(5, 0, True), (4, 0, False), (9, 1, True), (7, 3, False), (0, 9, False), (0, 0, False)],
)
def test_more_broken_cases_than_chance_explains(broken: int, mended: int, wanted: bool) -> None:
    assert fell(broken=broken, mended=mended) is wanted


def test_intervals_do_not_change_from_call_to_call() -> None:
    values = list(np.linspace(0, 1, 17))
    assert interval(values) == interval(values)
