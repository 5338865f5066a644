from __future__ import annotations

from evals.comparing import compare
from evals.scoring import Score, score
from tests.evals.cases import answer, case, citation, outcome, refusal

SOUND = answer("Houlocoop est née en 2011.", citations=[citation()])


def run(refused: int, *, of: int = 40) -> list[Score]:
    return [
        score(outcome(case(f"c{place}"), refusal() if place < refused else SOUND), lambda _s, _c: True)
        for place in range(of)
    ]


def test_a_run_compared_with_itself_has_changed_nothing() -> None:
    found = compare(run(3), run(3))
    assert (found.count, found.broken, found.mended) == (40, (), ())
    assert not any(change.beyond_noise for change in found.changes)


def test_a_true_fall_is_told_from_noise() -> None:
    fallen, slipped = compare(run(2), run(14)), compare(run(2), run(3))
    worse = {change.measure for change in fallen.changes if change.worse}
    assert worse >= {"right", "cited", "false refusal"}
    assert [one.case.id for one in fallen.broken] == [f"c{place}" for place in range(2, 14)]
    assert not any(change.worse for change in slipped.changes)
    assert [one.case.id for one in slipped.broken] == ["c2"]


def test_a_rise_is_beyond_noise_but_not_worse() -> None:
    found = compare(run(14), run(2))
    right = next(change for change in found.changes if change.measure == "right")
    assert (right.beyond_noise, right.worse) == (True, False)
    assert len(found.mended) == 12


def test_only_cases_of_both_runs_are_compared() -> None:
    assert compare(run(0, of=10), run(0, of=40)).count == 10
