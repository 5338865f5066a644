"""What stays true of the versions when an ingest is one of many, is interrupted, or is not alone."""

from __future__ import annotations

import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.apart import python
from corpus.embedder import Progress, silent
from corpus.errors import HomeBusy
from corpus.home import Home
from corpus.ledger import Ledger
from corpus.store import Store
from ingest.pipeline import Pipeline
from ingest.reading import Reader
from ingest.staging import Staging
from tests.fakes import FICHES, FakeEmbedder, open_index, open_pipeline, write, write_fiches


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def pipeline(tmp_path: Path, home: Path) -> Pipeline:
    """A pipeline whose first version holds the fiches."""
    ready = open_pipeline(home)
    ready.ingest([write_fiches(tmp_path / "material")])
    return ready


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return write(tmp_path / "note.txt", "Une note de lecture.\n")


def recorded(home: Path) -> tuple[list[int], list[int], int | None]:
    """Return the versions in the ledger, those in the store, and the current one."""
    ledger = Ledger(Home(home).ledger)
    return ledger.numbers(), Store(Home(home).store).numbers(), ledger.current()


def change(pipeline: Pipeline, note: Path, *, times: int, publish: bool = True) -> None:
    for count in range(times):
        pipeline.ingest(
            [write(note, f"{note.read_text(encoding='utf-8')}Encore {count}.\n")], publish=publish
        )


def test_the_last_three_versions_are_kept(home: Path, pipeline: Pipeline, note: Path) -> None:
    change(pipeline, note, times=4)
    assert recorded(home) == ([3, 4, 5], [3, 4, 5], 5)


def test_staged_versions_never_push_out_the_current_one(home: Path, pipeline: Pipeline, note: Path) -> None:
    change(pipeline, note, times=4, publish=False)
    assert recorded(home)[2] == 1
    assert len(open_index(home).get().documents) == len(FICHES)


def test_after_a_step_back_the_next_version_is_new_and_follows_the_current_one(
    home: Path, pipeline: Pipeline, note: Path
) -> None:
    change(pipeline, note, times=2)
    Ledger(Home(home).ledger).publish(1)
    change(pipeline, write(note.with_name("autre.txt"), "Une autre note.\n"), times=1)
    numbers, _, current = recorded(home)
    assert current == max(numbers) == 4
    assert {row.id for row in open_index(home).get().documents} == {
        *(Path(name).stem for name in FICHES),
        "autre",
    }


def interrupted(*_: Any, **__: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("owner", "step"),
    [
        (FakeEmbedder, "embed_passages"),
        (Store, "create"),
        (Store, "add"),
        (Reader, "_bring_in"),
        (Staging, "add"),
        (Ledger, "record"),
        (Ledger, "publish"),
    ],
)
def test_an_interruption_leaves_the_old_version_live_and_the_next_ingest_completes(
    home: Path, pipeline: Pipeline, note: Path, monkeypatch: pytest.MonkeyPatch, owner: type, step: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(owner, step, interrupted)
        with pytest.raises(KeyboardInterrupt):
            pipeline.ingest([note])
    index = open_index(home).get()
    assert index.number == 1
    assert len(index.documents) == len(FICHES)
    assert index.nearest(FakeEmbedder().embed_questions(["Houlocoop"])[0], k=3)
    report = pipeline.ingest([note])
    assert (report.published, report.added) == (True, ["note"])
    numbers, stored, current = recorded(home)
    assert numbers == stored
    assert current == report.version


def test_what_an_interruption_left_in_the_store_is_cleared(
    home: Path, pipeline: Pipeline, note: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "record", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pipeline.ingest([note])
    assert recorded(home) == ([1], [1, 2], 1)
    pipeline.ingest([note])
    assert recorded(home) == ([1, 2], [1, 2], 2)


def test_an_ingest_that_is_killed_leaves_the_old_version_live_and_the_home_free(
    home: Path, pipeline: Pipeline, note: Path
) -> None:
    with subprocess.Popen(
        **python("tests.ingest.test_versions", str(home), str(note)), stdout=subprocess.PIPE
    ) as process:
        assert process.stdout
        try:
            assert process.stdout.readline() == b"embedding\n"
            busy = rf"ingest, process {process.pid}\) is already at work on {home}"
            with pytest.raises(HomeBusy, match=busy):
                pipeline.ingest([note])
        finally:
            process.send_signal(signal.SIGKILL)
    assert open_index(home).get().number == 1
    assert pipeline.ingest([note]).added == ["note"]


@pytest.mark.parametrize(
    "work",
    [
        lambda pipeline, note: pipeline.ingest([note]),
        lambda pipeline, _: pipeline.forget("houlocoop"),
        lambda pipeline, _: pipeline.rebuild(),
    ],
    ids=["ingest", "forget", "rebuild"],
)
def test_while_one_changes_the_index_no_other_may(
    home: Path, pipeline: Pipeline, work: Callable[[Pipeline, Path], object], note: Path
) -> None:
    with Home(home).owned_for("ingest"), pytest.raises(HomeBusy, match="wait for it or stop it"):
        work(pipeline, note)
    assert recorded(home) == ([1], [1], 1)


def test_a_reader_sees_whole_versions_only_while_another_is_made(
    home: Path, pipeline: Pipeline, note: Path
) -> None:
    reader = open_index(home)
    seen: list[tuple[int, int]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            index = reader.get()
            seen.append((index.number, len(index.documents)))

    thread = threading.Thread(target=read)
    thread.start()
    try:
        change(pipeline, note, times=2)
    finally:
        done.set()
        thread.join()
    assert set(seen) <= {(1, len(FICHES)), (2, len(FICHES) + 1), (3, len(FICHES) + 1)}
    assert seen == sorted(seen)
    assert seen[0][0] == 1
    assert reader.get().number == 3


class Endless(FakeEmbedder):
    """Says that it has begun, and never ends."""

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        print("embedding", flush=True)  # noqa: T201
        threading.Event().wait()
        raise AssertionError(texts, progress, of)


if __name__ == "__main__":
    import sys

    open_pipeline(Path(sys.argv[1]), embedder=Endless()).ingest([Path(sys.argv[2])])
