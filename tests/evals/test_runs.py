"""Runs are kept, gone on with when they were interrupted, and read back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.question import Turn
from corpus.documents import Hit
from corpus.errors import RunUnknown, RunWrong
from corpus.settings import read_settings
from evals.golden import GoldenSet
from evals.runs import Head, Run, Runs, head_of
from tests.evals.cases import answer, case

CASES = (case("a"), case("b", follows="a"), case("c"))
GOLDEN = GoldenSet("set", "set.jsonl", "0" * 64, CASES, (1, 2, 3))
ASKED = {"set": CASES}


class Subject:
    """Answers until it is interrupted at the n-th question."""

    def __init__(self, interrupted_at: int = 99) -> None:
        self.asked = 0
        self._last = interrupted_at

    def ask(self, question: str, *, history: Sequence[Turn]) -> Answer:
        self.asked += 1
        if self.asked == self._last:
            raise KeyboardInterrupt
        return answer(f"En 2011, après {len(history)}.")

    def search(self, question: str, *, k: int, history: Sequence[Turn]) -> list[Hit]:
        return []


def head(home: Path, *, version: int = 1) -> Head:
    settings = read_settings(home=home)
    return head_of(settings, index_version=version, embedding_model="m", mode="extractive", sets=[GOLDEN])


def performed(home: Path, subject: Subject | None = None, *, version: int = 1) -> Run:
    return Runs(home).perform(head(home, version=version), ASKED, subject or Subject())


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    run = performed(tmp_path)
    assert Runs(tmp_path).read(run.head.id, ASKED) == run
    assert Runs(tmp_path).read("last", ASKED) == run
    assert run.head.ended
    assert run.head.cases == {"set": 3}


def test_an_interrupted_run_is_gone_on_with(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        performed(tmp_path, Subject(interrupted_at=3))
    [begun] = Runs(tmp_path).heads()
    assert begun.ended is None
    again = Subject()
    run = performed(tmp_path, again)
    assert (run.head.id, again.asked) == (begun.id, 1)
    whole = performed(tmp_path / "other")
    assert [one.answer.text for one in run.outcomes] == [one.answer.text for one in whole.outcomes]


def test_an_interrupted_run_of_another_version_is_left_alone(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        performed(tmp_path, Subject(interrupted_at=3))
    again = Subject()
    performed(tmp_path, again, version=2)
    assert again.asked == 3
    assert len(Runs(tmp_path).heads()) == 2


@pytest.mark.parametrize("at", [b'"', "è".encode()[1:]], ids=["between letters", "within a letter"])
def test_a_line_that_was_cut_short_is_asked_again(tmp_path: Path, at: bytes) -> None:
    with pytest.raises(KeyboardInterrupt):
        performed(tmp_path, Subject(interrupted_at=3))
    [answers] = (tmp_path / "evals").glob("*/answers.jsonl")
    written = answers.read_bytes()
    answers.write_bytes(written[: written.rindex(at)])
    again = Subject()
    performed(tmp_path, again)
    assert again.asked == 2


def test_a_run_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    run = performed(tmp_path)
    with pytest.raises(RunUnknown, match=run.head.id):
        Runs(tmp_path).read("1999", ASKED)


@pytest.mark.parametrize("file", ["run.json", "answers.jsonl"])
def test_a_damaged_run_is_named_with_its_file(tmp_path: Path, file: str) -> None:
    run = performed(tmp_path)
    (tmp_path / "evals" / run.head.id / file).write_text("{broken\n{broken\n", encoding="utf-8")
    with pytest.raises(RunWrong, match=file):
        Runs(tmp_path).read("last", ASKED)


def test_what_differs_between_two_runs_is_said(tmp_path: Path) -> None:
    one, other = head(tmp_path), head(tmp_path, version=2)
    assert one.differences(one) == []
    assert one.differences(other) == [("index_version", 1, 2)]
