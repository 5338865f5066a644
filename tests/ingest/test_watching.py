"""A folder that is watched is ingested when what is written in it has come to rest."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from ingest import watching
from tests.fakes import write

Step = Callable[[], object]
LIMIT = 60  # seconds that a condition is waited for


class Clock(threading.Event):
    """A stop that nobody waits for: each wait does the next step, and lasts a second of `now`."""

    def __init__(self, *steps: Step) -> None:
        super().__init__()
        self.steps: list[Step] = list(steps)
        self.now = 0.0

    def wait(self, timeout: float | None = None) -> bool:
        self.now += 1
        if self.steps:
            self.steps.pop(0)()
        return self.is_set()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A watched folder with one note."""
    return write(tmp_path / "quai" / "note.txt", "Houlocoop a posé des bouées.\n").parent


@pytest.fixture
def happens(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """What happens in the folder, a burst of changes each, in place of the system's notice of it."""

    def happens(*steps: Step) -> None:
        def changes(*_: object, **__: object) -> Iterator[Sequence[object]]:
            yield ()  # nothing happened yet
            for step in steps:
                step()
                yield ("changed",)

        monkeypatch.setattr(watching, "changes", changes)
        monkeypatch.setattr(watching, "_REST", 0.001)

    return happens


def nothing() -> None:
    """Change nothing."""


def test_a_folder_is_ingested_at_once_and_after_each_burst(
    folder: Path, happens: Callable[..., None]
) -> None:
    happens(nothing, nothing)
    done: list[int] = []
    watching.watch(folder, lambda: done.append(1), stop=Clock())
    assert len(done) == 3


def test_a_file_that_still_grows_is_left_alone_until_it_is_still(
    folder: Path, happens: Callable[..., None]
) -> None:
    copied = folder / "copie.txt"

    def grow() -> None:
        with copied.open("a", encoding="utf-8") as file:
            file.write("Une bouée de plus.\n")

    happens(grow)
    seen: list[int] = []
    watching.watch(
        folder,
        lambda: seen.append(len(copied.read_text(encoding="utf-8").splitlines()) if copied.exists() else 0),
        stop=Clock(grow, grow, grow),
    )
    assert seen == [0, 4]


def test_who_never_stops_writing_holds_the_folder_up_for_a_minute_only(
    folder: Path, happens: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    happens(nothing)
    clock = Clock(*[lambda size=size: write(folder / "journal.txt", "x" * size) for size in range(600)])
    monkeypatch.setattr(watching, "time", SimpleNamespace(monotonic=lambda: clock.now))
    moments: list[float] = []
    watching.watch(folder, lambda: moments.append(clock.now), stop=clock)
    assert moments == [0, 60]


def test_a_watch_that_is_stopped_while_it_waits_ingests_no_more(
    folder: Path, happens: Callable[..., None]
) -> None:
    happens(nothing)
    done: list[int] = []
    stop = Clock()
    stop.steps.append(stop.set)
    watching.watch(folder, lambda: done.append(1), stop=stop)
    assert done == [1]


def test_writes_that_come_together_are_ingested_together(folder: Path) -> None:
    ingests: list[set[str]] = []
    heard, stop = threading.Event(), threading.Event()
    (folder / "digue").mkdir()

    def ingest() -> None:
        ingests.append({file.name for file in folder.rglob("*")})
        if len(ingests) > 1:
            heard.set()
        if "note-19.txt" in ingests[-1]:
            stop.set()

    thread = threading.Thread(target=lambda: watching.watch(folder, ingest, stop=stop), daemon=True)
    thread.start()
    for count in range(LIMIT // 3):  # until the system's notice works
        write(folder / "signe.txt", "." * count)
        if heard.wait(3):
            break
    before = len(ingests)
    for number in range(20):
        write(folder / "digue" / f"note-{number}.txt", f"La marée numéro {number}.")
    thread.join(LIMIT)
    heard_all = stop.is_set()
    stop.set()
    assert heard_all
    assert len(ingests) - before < 20
