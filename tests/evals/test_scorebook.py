"""Scores are kept beside a run, and computed again only where they would come out otherwise."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Citation
from evals.golden import Case, GoldenSet
from evals.metrics.citations import Supports
from evals.runs import Run, Runs
from evals.scorebook import Allowance, Scorebook
from evals.scoring import score
from tests.evals.test_runs import CASES, GOLDEN, Subject, head


class Judge:
    """Finds every sentence supported, and counts how often it was opened and asked."""

    opened = 0
    asked = 0

    def __call__(self) -> Supports:
        self.opened += 1

        def supports(_sentence: str, _cited: Sequence[Citation]) -> bool:
            self.asked += 1
            return True

        return supports


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


@pytest.fixture
def run(runs: Runs, tmp_path: Path) -> Run:
    return runs.perform(head(tmp_path), {"set": CASES}, Subject())


def book(runs: Runs, likeness: str = "m") -> Scorebook:
    return Scorebook(runs, likeness=likeness)


def test_scores_are_computed_once(runs: Runs, run: Run) -> None:
    judge = Judge()
    first = book(runs).scores(run, judge)
    asked = judge.asked
    assert first == [score(one, judge()) for one in run.outcomes]
    assert asked
    again = Judge()
    assert book(runs).scores(run, again) == first
    assert again.opened == 0


def test_another_embedding_model_computes_them_again(runs: Runs, run: Run) -> None:
    book(runs).scores(run, Judge())
    judge = Judge()
    book(runs, "another").scores(run, judge)
    assert judge.asked


def test_a_case_that_was_changed_is_scored_again_and_no_other(runs: Runs, run: Run) -> None:
    book(runs).scores(run, Judge())
    changed = CASES[2].model_copy(update={"facts": (("1999",),)})
    read = runs.read(run.head.id, {"set": [*CASES[:2], changed]})
    judge = Judge()
    scores = book(runs).scores(read, judge)
    assert scores is not None
    assert [one.values["right"] for one in scores] == [1, 1, 0]
    assert judge.asked == 1


def test_no_more_are_computed_than_somebody_can_wait_for(runs: Runs, run: Run) -> None:
    judge = Judge()
    allowance = Allowance(2)
    assert book(runs).scores(run, judge, allowance=allowance) is None
    assert book(runs).sums(run.head, [GOLDEN], judge, allowance=allowance) is None
    assert (judge.opened, allowance.left) == (0, 2)
    allowance = Allowance(4)
    assert book(runs).scores(run, judge, allowance=allowance) is not None
    assert book(runs).scores(run, judge, allowance=allowance) is not None
    assert allowance.left == 1


def test_answers_that_are_younger_are_scored_again(runs: Runs, run: Run) -> None:
    book(runs).scores(run, Judge())
    answers = runs.folder(run.head) / "answers.jsonl"
    later = (runs.folder(run.head) / "scores.jsonl").stat().st_mtime + 5
    os.utime(answers, (later, later))
    judge = Judge()
    book(runs).scores(run, judge)
    assert judge.asked


def test_a_file_cut_short_is_as_good_as_none(runs: Runs, run: Run) -> None:
    first = book(runs).scores(run, Judge())
    file = runs.folder(run.head) / "scores.jsonl"
    file.write_bytes(file.read_bytes()[:-9])
    assert book(runs).scores(run, Judge()) == first


def test_two_who_keep_the_same_scores_do_not_stumble_over_each_other(runs: Runs, run: Run) -> None:
    with ThreadPoolExecutor(8) as several:
        found = list(several.map(lambda _: book(runs).scores(run, Judge()), range(24)))
    assert all(one == found[0] for one in found)
    assert sorted(one.name for one in runs.folder(run.head).iterdir()) == [
        "answers.jsonl", "run.json", "scores.jsonl",
    ]  # fmt: skip


def test_scores_that_cannot_be_kept_are_given_all_the_same(runs: Runs, run: Run) -> None:
    (runs.folder(run.head) / "scores.jsonl").mkdir()
    assert len(book(runs).scores(run, Judge()) or []) == 3


def test_a_run_comes_to_a_sum_for_each_set(runs: Runs, run: Run) -> None:
    [found] = book(runs).sums(run.head, [GOLDEN], Judge()) or []
    assert (found.golden, found.row.count, found.fine, found.median) == ("set", 3, 3, 12.0)
    assert found.row.mean("right") == 1
    judge = Judge()
    assert book(runs).sums(run.head, [GOLDEN], judge) == [found]
    assert judge.opened == 0


def test_a_sum_follows_the_cases_of_its_set(runs: Runs, run: Run) -> None:
    book(runs).sums(run.head, [GOLDEN], Judge())
    fewer = grown(GOLDEN, CASES[:2])
    [found] = book(runs).sums(run.head, [fewer], Judge()) or []
    assert found.row.count == 2


def test_a_set_that_was_not_asked_has_no_sum(runs: Runs, run: Run) -> None:
    assert book(runs).sums(run.head, [replace(GOLDEN, name="another")], Judge()) == []


def grown(golden: GoldenSet, cases: Sequence[Case]) -> GoldenSet:
    return replace(golden, cases=tuple(cases), sha256="1" * 64)
