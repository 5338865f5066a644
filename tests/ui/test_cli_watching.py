"""`passerelle watch`: whatever goes wrong in one ingest, the next change is ingested."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import HomeBusy
from ingest import watching
from ingest.pipeline import Pipeline
from ingest.report import Report
from tests.fakes import open_index, write
from tests.ui.conftest import Commands
from ui import cli

Happens = Callable[..., None]
NOTE = "Houlocoop a posé des bouées.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A watched folder with one note."""
    return write(tmp_path / "quai" / "note.txt", NOTE).parent


@pytest.fixture
def happens(monkeypatch: pytest.MonkeyPatch) -> Happens:
    """What happens in the folder, a burst of changes each, in place of the system's notice of it."""

    def happens(*steps: Callable[[], object]) -> None:
        def changes(*_: object, **__: object) -> Iterator[object]:
            yield ()  # nothing happened yet
            for step in steps:
                step()
                yield ("changed",)

        monkeypatch.setattr(watching, "changes", changes)
        monkeypatch.setattr(watching, "_REST", 0.001)

    return happens


def documents(home: Path) -> set[str]:
    return {row.id for row in open_index(home).get().documents}


def test_what_is_there_and_what_comes_is_published(
    passerelle: Commands, home: Path, folder: Path, happens: Happens
) -> None:
    happens(lambda: write(folder / "criee.txt", "La Criée ouverte vend du bar."))
    said = passerelle("watch", str(folder))
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(f"Surveillance de {folder} (Ctrl-C pour arrêter)\n")
    assert said.out.count("+1 document") == 2
    assert documents(home) == {"note", "criee"}


def test_a_burst_that_changes_no_document_is_not_spoken_of(
    passerelle: Commands, home: Path, folder: Path, happens: Happens
) -> None:
    happens((folder / "note.txt").touch, lambda: write(folder / "note.txt", NOTE))
    assert passerelle("watch", str(folder)).out.count("version") == 1
    assert open_index(home).get().number == 1


@pytest.mark.parametrize(("options", "left"), [((), {"note", "criee"}), (("--mirror",), {"note"})])
def test_deletes_are_followed_only_where_a_mirror_is_asked_for(
    passerelle: Commands, home: Path, folder: Path, happens: Happens, options: list[str], left: set[str]
) -> None:
    criee = write(folder / "criee.txt", "La Criée ouverte vend du bar.")
    happens(criee.unlink)
    assert passerelle("watch", str(folder), *options).code == 0
    assert documents(home) == left


def test_an_ingest_that_fails_is_told_in_one_line_and_the_next_change_is_ingested(
    passerelle: Commands, home: Path, folder: Path, happens: Happens
) -> None:
    (folder / "note.txt").unlink()
    happens(lambda: None, lambda: write(folder / "note.txt", NOTE))
    said = passerelle("watch", str(folder))
    assert said.code == 0
    assert [line.partition(" dans ")[0] for line in said.err.splitlines()] == [
        "passerelle : rien à ingérer",
        "passerelle : rien à ingérer",
    ]
    assert documents(home) == {"note"}


def test_a_file_that_is_refused_is_named_and_ingested_once_mended(
    passerelle: Commands, home: Path, folder: Path, happens: Happens
) -> None:
    (folder / "criee.txt").write_bytes(b"")
    happens(lambda: write(folder / "criee.txt", "La Criée ouverte vend du bar."))
    assert "criee.txt" in passerelle("watch", str(folder)).out
    assert documents(home) == {"note", "criee"}


def test_while_another_ingest_works_the_watch_waits_for_its_turn(
    passerelle: Commands, home: Path, folder: Path, happens: Happens, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy = [HomeBusy(home=home, owner="ingest, process 1") for _ in range(3)]
    ingest = Pipeline.ingest

    def after_the_others(*arguments: Any, **options: Any) -> Report:
        if busy:
            raise busy.pop()
        return ingest(*arguments, **options)

    happens()
    monkeypatch.setattr(Pipeline, "ingest", after_the_others)
    monkeypatch.setattr(cli, "_BUSY", 0)
    assert passerelle("watch", str(folder)).code == 0
    assert documents(home) == {"note"}


def test_a_folder_that_is_not_there_is_named(passerelle: Commands, tmp_path: Path) -> None:
    said = passerelle("watch", str(tmp_path / "absent"))
    assert (said.code, said.out) == (1, "")
    assert str(tmp_path / "absent") in said.err
