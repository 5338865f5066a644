"""Work in the background is followed, stopped, one of a kind at a time, and known after a restart."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import FileEmpty, IndexMissing
from ui.errors import JobCancelled, JobRunning, JobUnknown
from ui.team.jobs import Job, Jobs, Progress
from ui.team.telling import error_to_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "jobs"


def ended(jobs: Jobs, job: Job) -> Job:
    """Wait for a job and return it as it ended."""
    until = time.monotonic() + 20
    while jobs.get(job.id).state == "running" and time.monotonic() < until:
        time.sleep(0.005)
    return jobs.get(job.id)


class Gate:
    """Work that waits until it is let through, or stopped."""

    def __init__(self) -> None:
        self.open = threading.Event()
        self.begun = threading.Event()

    def __call__(self, progress: Progress) -> Mapping[str, Any]:
        progress.step("read", 1, 3)
        self.begun.set()
        while not self.open.wait(0.005):
            if progress.cancelled:
                raise JobCancelled()
        progress.step("read", 3, 3)
        progress.file("a.md", "read")
        progress.file("b.md", "refused", error_to_json(FileEmpty(file="b.md")))
        return {"version": 3}


def test_a_job_is_followed_from_its_beginning_to_its_result(folder: Path) -> None:
    jobs, gate = Jobs(folder), Gate()
    job = jobs.start("ingest", "a.md, b.md", gate)
    gate.begun.wait(10)
    now = jobs.get(job.id)
    assert (now.state, now.label, now.ended) == ("running", "a.md, b.md", None)
    assert [(one.name, one.done, one.total) for one in now.stages] == [("read", 1, 3)]
    gate.open.set()
    done = ended(jobs, job)
    assert (done.state, done.result) == ("done", {"version": 3})
    assert [(one.name, one.done, one.total) for one in done.stages] == [("read", 3, 3)]
    assert [(one.name, one.stage, (one.why or {}).get("error")) for one in done.files] == [
        ("a.md", "read", None),
        ("b.md", "refused", "FileEmpty"),
    ]
    assert done.ended
    assert done.ended >= done.started


def test_the_file_of_a_job_says_what_is_known_of_it(folder: Path) -> None:
    jobs, gate = Jobs(folder), Gate()
    job = jobs.start("ingest", "a.md", gate)
    gate.open.set()
    assert ended(jobs, job) == Jobs(folder).get(job.id)


def test_one_job_of_a_kind_runs_at_a_time(folder: Path) -> None:
    jobs, gate, other = Jobs(folder), Gate(), Gate()
    first = jobs.start("ingest", "the first", gate)
    with pytest.raises(JobRunning) as refused:
        jobs.start("ingest", "the second", other)
    assert refused.value.fields["label"] == "the first"
    second = jobs.start("eval", "another kind", other)
    gate.open.set()
    other.open.set()
    assert ended(jobs, first).state == ended(jobs, second).state == "done"
    assert ended(jobs, jobs.start("ingest", "the third", gate)).state == "done"


def test_a_job_that_is_stopped_ends(folder: Path) -> None:
    jobs, gate = Jobs(folder), Gate()
    job = jobs.start("ingest", "a.md", gate)
    jobs.cancel(job.id)
    assert ended(jobs, job).state == "cancelled"
    jobs.cancel(job.id)
    assert jobs.get(job.id).state == "cancelled"


def test_an_error_of_the_tree_is_kept_with_its_fields(folder: Path) -> None:
    def work(_progress: Progress) -> Mapping[str, Any]:
        raise IndexMissing(home=Path("/somewhere"))

    jobs = Jobs(folder)
    job = ended(jobs, jobs.start("ingest", "", work))
    assert (job.state, job.error) == ("failed", {"error": "IndexMissing", "fields": {"home": "/somewhere"}})


def test_a_bug_is_told_as_a_failure_and_its_words_stay_in_the_log(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_progress: Progress) -> Mapping[str, Any]:
        raise KeyError("a secret")

    jobs = Jobs(folder)
    job = ended(jobs, jobs.start("ingest", "", work))
    assert (job.state, job.error) == ("failed", {"error": "PasserelleError", "fields": {}})
    assert "a secret" in caplog.text


def test_what_ran_when_the_server_stopped_is_interrupted_when_it_starts_again(folder: Path) -> None:
    gate = Gate()
    job = Jobs(folder).start("ingest", "a.md", gate)
    gate.begun.wait(10)
    again = Jobs(folder)
    found = again.get(job.id)
    assert found.state == "interrupted"
    assert found.ended
    assert [one.name for one in found.stages] in ([], ["read"])  # what was written last
    assert again.latest("ingest") == found
    gate.open.set()


def test_only_the_latest_jobs_of_a_kind_are_kept(folder: Path) -> None:
    jobs = Jobs(folder, kept=3)
    begun = []
    for number in range(5):
        begun.append(ended(jobs, jobs.start("ingest", str(number), lambda _progress: {})))
        time.sleep(0.002)
    other = ended(jobs, jobs.start("eval", "x", lambda _progress: {}))
    kept = jobs.list("ingest")
    assert len(kept) == 3
    assert kept[0] == jobs.latest("ingest")
    assert jobs.list("eval") == [other]
    with pytest.raises(JobUnknown):
        jobs.get(begun[0].id)


def test_an_id_that_names_none_is_told(folder: Path) -> None:
    for id in ("x", "../team", ""):
        with pytest.raises(JobUnknown):
            Jobs(folder).get(id)
        with pytest.raises(JobUnknown):
            Jobs(folder).cancel(id)
    assert Jobs(folder).latest("ingest") is None


def test_a_damaged_file_hides_no_other_job(folder: Path) -> None:
    jobs = Jobs(folder)
    job = ended(jobs, jobs.start("ingest", "a.md", lambda _progress: {}))
    (folder / "20200101-000000-aaaaaaaa.json").write_text('{"id": ')
    assert [one.id for one in Jobs(folder).list("ingest")] == [job.id]


def test_progress_that_cannot_be_written_ends_no_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_file: Path, _text: str) -> None:
        raise OSError(28, "No space left on device")

    jobs, gate = Jobs(folder), Gate()
    job = jobs.start("ingest", "a.md", gate)
    gate.begun.wait(10)
    monkeypatch.setattr("ui.team.jobs.write_privately", full)
    gate.open.set()
    assert ended(jobs, job).state in ("done", "interrupted")
    assert "No space left" in caplog.text
    monkeypatch.undo()
    assert jobs.start("ingest", "b.md", gate).state == "running"
