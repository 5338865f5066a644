from __future__ import annotations

import pytest

from evals.metrics.abstention import abstention


@pytest.mark.parametrize(
    ("answerable", "unanswerable", "wanted"),
    [
        # (answered, refused) of each sort; precision, recall, F1, false refusals
        ((8, 2), (1, 3), (3 / 5, 3 / 4, 2 / 3, 2 / 10)),
        ((4, 0), (0, 4), (1, 1, 1, 0)),
        ((4, 0), (4, 0), (None, 0, 0, 0)),
        ((3, 1), (0, 0), (0, None, None, 1 / 4)),
        ((0, 0), (1, 1), (1, 1 / 2, 2 / 3, None)),
    ],
)
def test_worked_by_hand(
    answerable: tuple[int, int], unanswerable: tuple[int, int], wanted: tuple[float | None, ...]
) -> None:
    outcomes = [(True, False)] * answerable[0] + [(True, True)] * answerable[1]
    outcomes += [(False, False)] * unanswerable[0] + [(False, True)] * unanswerable[1]
    found = abstention(outcomes)
    assert (found.precision, found.recall, found.f1, found.false_refusals) == pytest.approx(wanted)
