"""Work is done in a child that tells how far it is, ends when it is stopped, and ends with the server."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from corpus.apart import python
from corpus.errors import HomeUnusable
from corpus.settings import Settings
from tests.fakes import settings_of
from tests.ui.fakes import open_with
from ui.errors import JobBroken, JobCancelled
from ui.opening import Opening
from ui.team.apart import Follower, perform, run_apart, watching
from ui.team.jobs import Jobs, Progress

CHILD = """
import json, os, sys, time
from corpus.errors import FileEmpty
from ui.team.apart import tell_apart

def work(telling):
    kind = sys.argv[1]
    print("a library talks")
    telling.step("read", 1, 2)
    telling.file("a.md", "read")
    if kind == "done":
        return {"version": 3, "home": os.environ.get("PASSERELLE_HOME")}
    if kind == "refused":
        raise FileEmpty(file="b.md")
    if kind == "broken":
        os._exit(7)
    while True:
        time.sleep(0.01)

sys.exit(tell_apart(work))
"""


def following(
    folder: Path, work: Callable[[Progress], Mapping[str, Any]]
) -> tuple[Jobs, Progress, threading.Event]:
    """Run some work as a job; return its progress, and what is set when it has ended."""
    jobs, seen, over = Jobs(folder), list[Progress](), threading.Event()

    def kept(progress: Progress) -> Mapping[str, Any]:
        seen.append(progress)
        try:
            return work(progress)
        finally:
            over.set()

    jobs.start("x", "", kept)
    while not seen:
        time.sleep(0.005)
    return jobs, seen[0], over


@pytest.fixture
def module(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module that a child runs."""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "child_of_ours.py").write_text(CHILD)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "modules"))
    return "child_of_ours"


def test_a_child_tells_its_progress_and_its_result(tmp_path: Path, module: str) -> None:
    found: list[dict[str, Any]] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        found.append(run_apart([module, "done"], progress, environment={"PASSERELLE_HOME": "/a/home"}))
        return found[0]

    _, progress, over = following(tmp_path / "jobs", work)
    assert over.wait(60)
    assert found == [{"version": 3, "home": "/a/home"}]
    assert [(one.name, one.done) for one in progress.job.stages] == [("read", 1)]
    assert [one.name for one in progress.job.files] == ["a.md"]


@pytest.mark.parametrize(("kind", "error"), [("refused", "FileEmpty"), ("broken", "JobBroken")])
def test_what_a_child_fails_of_is_told(tmp_path: Path, module: str, kind: str, error: str) -> None:
    jobs, _, over = following(tmp_path / "jobs", lambda progress: run_apart([module, kind], progress))
    assert over.wait(60)
    while (job := jobs.latest("x")) and job.state == "running":
        time.sleep(0.005)
    assert job
    assert job.error
    assert job.error["error"] == error
    if error == JobBroken.__name__:
        assert job.error["fields"] == {"reason": "code 7"}


def test_a_child_that_is_stopped_is_ended(tmp_path: Path, module: str) -> None:
    raised: list[type[BaseException]] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        try:
            return run_apart([module, "on"], progress)
        except JobCancelled as error:
            raised.append(type(error))
            raise

    _, progress, over = following(tmp_path / "jobs", work)
    while not progress.job.stages:
        time.sleep(0.01)
    progress.cancel()
    assert over.wait(60)
    assert raised == [JobCancelled]


def test_a_child_ends_when_the_server_is_gone(tmp_path: Path, module: str) -> None:
    how = python(module, "on")
    pipe = subprocess.PIPE
    child = subprocess.Popen(how["args"], env=how["env"], stdin=pipe, stdout=pipe, text=True)
    assert child.stdout
    assert child.stdin
    assert child.stdout.readline()
    child.stdin.close()
    assert child.wait(60) == 128 + signal.SIGTERM
    child.stdout.close()


def count(opening: Opening, arguments: Sequence[str], follower: Follower) -> Mapping[str, Any]:
    """Work that a child, or this process, is asked for by name."""
    watching(follower)("read", 1, 1)
    return {
        "process": os.getpid(),
        "arguments": list(arguments),
        "home": str(opening.home.folder),
        "limit": opening.settings.file_limit,
    }


def test_what_stands_in_for_a_model_is_worked_with_in_this_process(tmp_path: Path) -> None:
    opening = open_with(tmp_path / "home")()
    found: list[Mapping[str, Any]] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        found.append(perform(opening, "tests.ui.team.test_apart:count", ["a", "b"], progress))
        return {}

    _, progress, over = following(tmp_path / "jobs", work)
    assert over.wait(60)
    assert found[0]["process"] == os.getpid()
    assert found[0]["arguments"] == ["a", "b"]
    assert [one.name for one in progress.job.stages] == ["read"]


def test_a_child_has_the_settings_of_the_server(tmp_path: Path) -> None:
    settings = settings_of(tmp_path / "home", file_limit=1234)
    found: list[Mapping[str, Any]] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        found.append(perform(Opening(settings), "tests.ui.team.test_apart:count", ["a"], progress))
        return {}

    _, _, over = following(tmp_path / "jobs", work)
    assert over.wait(60)
    assert found[0]["process"] != os.getpid()
    assert (found[0]["home"], found[0]["limit"]) == (str(tmp_path / "home"), 1234)


def test_a_home_that_cannot_be_used_is_told_by_the_child(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    raised: list[HomeUnusable] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        try:
            settings = Settings(home=tmp_path / "home")
            return perform(Opening(settings), "tests.ui.team.test_apart:count", [], progress)
        except HomeUnusable as error:
            raised.append(error)
            return {}

    _, _, over = following(tmp_path / "jobs", work)
    assert over.wait(60)
    assert raised[0].fields["home"] == str(tmp_path / "home")


def test_a_watcher_stops_the_work_that_somebody_cancelled(tmp_path: Path) -> None:
    steps: list[int] = []

    def work(progress: Progress) -> Mapping[str, Any]:
        watch = watching(progress)
        for done in range(10_000):
            watch("read", done, 10_000)
            steps.append(done)
            if done == 5:
                progress.cancel()
        return {}

    _, _, over = following(tmp_path / "jobs", work)
    assert over.wait(60)
    assert steps == [0, 1, 2, 3, 4, 5]
