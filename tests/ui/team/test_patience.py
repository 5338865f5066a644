"""Wrong passwords make everybody wait, within bounds, and time forgives them."""

from __future__ import annotations

from ui.team.patience import Patience


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_slip_or_two_cost_nothing() -> None:
    patience = Patience(Clock())
    for _ in range(2):
        patience.failed()
    assert patience.seconds() == 0


def test_each_further_one_doubles_the_wait_up_to_eight_seconds() -> None:
    patience = Patience(Clock())
    waits = []
    for _ in range(40):
        patience.failed()
        waits.append(patience.seconds())
    assert waits[:8] == [0, 0, 0.5, 1, 2, 4, 8, 8]
    assert waits[-1] == 8


def test_a_minute_forgives_one() -> None:
    clock = Clock()
    patience = Patience(clock)
    for _ in range(5):
        patience.failed()
    assert patience.seconds() == 2
    clock.now += 61
    assert patience.seconds() == 1
    clock.now += 3600
    assert patience.seconds() == 0


def test_however_many_were_wrong_the_wait_is_over_in_twenty_minutes() -> None:
    clock = Clock()
    patience = Patience(clock)
    for _ in range(1000):
        patience.failed()
    clock.now += 20 * 60
    assert patience.seconds() == 0
