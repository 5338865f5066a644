"""What comes in at once is limited, whoever sends it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ui.web.pace import Pace


def test_a_burst_passes_and_then_so_many_a_second() -> None:
    now = [100.0]
    pace = Pace(burst=3, per_second=0.25, clock=lambda: now[0])
    assert [pace.wait() for _ in range(4)] == [0, 0, 0, 4]
    now[0] += 2
    assert pace.wait() == 2
    now[0] += 2
    assert [pace.wait(), pace.wait()] == [0, 4]


def test_what_is_not_used_does_not_pile_up() -> None:
    now = [0.0]
    pace = Pace(burst=2, per_second=1, clock=lambda: now[0])
    now[0] = 1e6
    assert [pace.wait() for _ in range(3)] == [0, 0, 1]


def test_of_many_threads_no_more_pass_than_may() -> None:
    pace = Pace(burst=50, per_second=1, clock=lambda: 0.0)
    with ThreadPoolExecutor(8) as threads:
        waited = list(threads.map(lambda _: pace.wait(), range(200)))
    assert waited.count(0) == 50
