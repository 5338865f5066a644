from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Iterator

import pytest

from corpus.errors import FileDamaged, FileEmpty, FileTooHungry, FileTooSlow
from ingest.isolation import IsolatedReaders


def hang(*, file: str) -> str:
    time.sleep(60)
    return file


def hunger(*, file: str) -> int:
    return len(bytearray(3 << 30))


def die(*, file: str) -> str:
    os._exit(7)


def refuse(*, file: str) -> str:
    raise FileEmpty(file=file)


def read(*, file: str) -> str:
    return f"{file} read"


@pytest.fixture(scope="module")
def readers() -> Iterator[IsolatedReaders]:
    made = IsolatedReaders(megabytes=1000, workers=1)
    yield made
    made.close()


def result(readers: IsolatedReaders, work: object, *, seconds: float = 30) -> object:
    assert callable(work)
    future = readers.submit(work, file="note.pdf", seconds=seconds)
    return readers.result(future, file="note.pdf", seconds=seconds)


def test_work_is_done_in_another_process_and_its_errors_come_back(readers: IsolatedReaders) -> None:
    assert result(readers, read) == "note.pdf read"
    with pytest.raises(FileEmpty, match=r"note\.pdf: holds no text"):
        result(readers, refuse)


def test_what_takes_too_long_is_ended_and_the_next_is_read(readers: IsolatedReaders) -> None:
    with pytest.raises(FileTooSlow, match=r"note.pdf: could not be read within 1 s"):
        result(readers, hang, seconds=1)
    assert result(readers, read) == "note.pdf read"


def test_what_takes_too_much_memory_is_refused_and_the_next_is_read(readers: IsolatedReaders) -> None:
    with pytest.raises(FileTooHungry, match=r"note\.pdf: needs more than 1000 MB"):
        result(readers, hunger)
    assert result(readers, read) == "note.pdf read"


def test_what_ends_its_process_is_refused_and_the_next_is_read(readers: IsolatedReaders) -> None:
    with pytest.raises(FileDamaged, match="reading it ends the process, code 7"):
        result(readers, die)
    assert result(readers, read) == "note.pdf read"


def test_an_expected_work_has_a_process_and_no_other_is_begun() -> None:
    readers, before = IsolatedReaders(megabytes=1000, workers=3), len(multiprocessing.active_children())
    try:
        for works, processes in ((1, 1), (2, 2), (9, 3), (1, 3)):
            readers.expect(works)
            assert result(readers, read) == "note.pdf read"
            assert len(multiprocessing.active_children()) - before <= processes
    finally:
        readers.close()
    assert readers._pool is None
