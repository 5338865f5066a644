"""The press draws each page once, within limits, and survives what a file does to it."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest

from corpus.errors import DocumentRefused, FileDamaged, FileMissing, FileTooSlow
from corpus.home import Home
from corpus.records import DocumentRow
from ingest.isolation import DirectReaders, IsolatedReaders, Readers
from tests.ingest.loaders import pdfs
from ui.errors import OriginalAltered, PagesBusy, PageUnknown
from ui.reader import press as press_module
from ui.reader.press import Press, is_drawn

T = TypeVar("T")
CONTENT = pdfs.pdf(pdfs.said("Le port ouvre."), pdfs.said("Il ferme."))


class Counting(DirectReaders):
    """Counts what is done, and waits for `gate` before it."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.done = 0
        self.closed = False
        self._gate = gate

    def submit(self, work: Callable[..., T], *arguments: Any, seconds: float, **named: Any) -> Future[T]:
        self.done += 1
        return super().submit(work, *arguments, seconds=seconds, **named)

    def result(self, future: Future[T], *, file: str, seconds: float) -> T:
        if self._gate:
            assert self._gate.wait(10)
        return super().result(future, file=file, seconds=seconds)

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def filed(home: Home, content: bytes = CONTENT, file: str = "carnet.pdf") -> DocumentRow:
    row = DocumentRow("carnet", "Carnet", file, hashlib.sha256(content).hexdigest(), 1)
    home.original(row.sha256, file).write_bytes(content)
    return row


def opened(home: Home, readers: Readers) -> Press:
    return Press(lambda: home, readers=lambda: readers)


@pytest.mark.parametrize(
    ("file", "drawn"),
    [
        ("a.PDF", True),
        ("b/c.pptx", True),
        ("a.md", False),
        ("pdf", False),
        (".pdf", False),
        ("a.pdf.txt", False),
    ],
)
def test_pages_and_slides_and_images_are_drawn(file: str, drawn: bool) -> None:
    assert is_drawn(file) == drawn


def test_a_page_is_drawn_once_and_kept_for_the_next_press(home: Home) -> None:
    row, readers = filed(home), Counting()
    press = opened(home, readers)
    assert press.sheet(row, 2).text == "Il ferme."
    assert press.picture(row, 2).startswith(b"RIFF")
    assert opened(home, readers).sheet(row, 2).count == 2
    assert readers.done == 1


def test_who_asks_at_the_same_time_shares_one_drawing(home: Home) -> None:
    gate = threading.Event()
    row, readers = filed(home), Counting(gate)
    press = opened(home, readers)
    with ThreadPoolExecutor(20) as pool:
        asked = [pool.submit(press.picture, row, 1) for _ in range(20)]
        gate.set()
        assert len({future.result(10) for future in asked}) == 1
    assert readers.done == 1


def test_more_pages_than_can_be_drawn_at_once_are_told_to_wait(home: Home) -> None:
    gate = threading.Event()
    content = pdfs.pdf(*[pdfs.said("Le port.")] * 12)
    row, readers = filed(home, content), Counting(gate)
    press = opened(home, readers)
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(press.sheet, row, page) for page in range(1, 13)]
        while sum(future.done() for future in asked) < 4:
            pass
        gate.set()
        errors = [future.exception(10) for future in asked]
    assert sum(isinstance(error, PagesBusy) for error in errors) == 4
    assert sum(error is None for error in errors) == 8


def test_an_original_that_is_gone_is_told_until_it_is_back(home: Home) -> None:
    row, press = filed(home), opened(home, DirectReaders())
    original = home.original(row.sha256, row.file)
    original.unlink()
    with pytest.raises(FileMissing):
        press.sheet(row, 1)
    original.write_bytes(CONTENT)
    assert press.sheet(row, 1).count == 2


def test_an_original_that_was_altered_is_not_drawn(home: Home) -> None:
    row = filed(home)
    home.original(row.sha256, row.file).write_bytes(pdfs.pdf(pdfs.said("Tout autre chose.")))
    with pytest.raises(OriginalAltered):
        opened(home, DirectReaders()).sheet(row, 1)


def test_what_cannot_be_drawn_is_not_tried_again_at_once(home: Home) -> None:
    row, readers = filed(home, b"%PDF-1.7 and no more"), Counting()
    press = opened(home, readers)
    for _ in range(3):
        with pytest.raises(FileDamaged):
            press.sheet(row, 1)
    assert readers.done == 1


def test_pages_beyond_the_last_are_told_without_opening_the_file_again(home: Home) -> None:
    row, readers = filed(home), Counting()
    press = opened(home, readers)
    press.sheet(row, 1)
    for page in range(3, 30):
        with pytest.raises(PageUnknown):
            press.sheet(row, page)
    assert readers.done == 1


def test_closing_ends_the_processes(home: Home) -> None:
    row, readers = filed(home), Counting()
    press = opened(home, readers)
    press.sheet(row, 1)
    press.close()
    assert readers.closed


@pytest.fixture
def apart(home: Home) -> Iterator[Press]:
    press = opened(home, IsolatedReaders(megabytes=1000, workers=1))
    yield press
    press.close()


def test_a_page_that_ends_its_process_does_not_end_ours(
    home: Home, apart: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = filed(home)
    monkeypatch.setattr(press_module, "draw", _die)
    with pytest.raises(DocumentRefused):
        apart.sheet(row, 1)
    monkeypatch.undo()
    assert apart.sheet(row, 2).text == "Il ferme."


def test_a_page_that_takes_too_long_is_given_up(
    home: Home, apart: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = filed(home)
    monkeypatch.setattr(press_module, "draw", _stay)
    monkeypatch.setattr(press_module, "SECONDS", 0.2)
    with pytest.raises(FileTooSlow):
        apart.sheet(row, 1)


def _die(*_arguments: object, file: str) -> None:
    os._exit(9)


def _stay(*_arguments: object, file: str) -> None:
    threading.Event().wait(60)
