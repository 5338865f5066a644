"""What the team changed on the site stays when its folder, which has it as it was, is ingested again."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.home import Home
from ingest.pipeline import Pipeline
from ingest.report import Report
from tests.fakes import FICHES, open_index, open_pipeline, write, write_fiches

FILE = "initiatives/houlocoop.md"
FICHE = FICHES[FILE]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_fiches(tmp_path / "material")


@pytest.fixture
def pipeline(home: Path, folder: Path) -> Pipeline:
    """A pipeline over fiches of which the team changed one on the site."""
    ready = open_pipeline(home)
    ready.ingest([folder])
    write(Home(home).inbox / FILE, f"{FICHE}\nLe local ouvre le mardi.\n")
    ready.ingest([Home(home).inbox], mirror=False)
    return ready


def said(home: Path) -> str:
    return " ".join(one.text for one in open_index(home).get().by_document["houlocoop"])


def notes(report: Report) -> list[tuple[str, object]]:
    return [(type(one).__name__, one.fields["file"]) for one in report.notes]


def test_a_folder_that_has_it_as_it_was_changes_nothing_however_often(
    pipeline: Pipeline, home: Path, folder: Path
) -> None:
    for _ in range(2):
        report = pipeline.ingest([folder])
        assert not report.differs
        assert notes(report) == [("EditionKept", FILE)]
        assert "ouvre le mardi" in said(home)


def test_what_is_new_in_the_folder_takes_its_place_and_that_is_told(
    pipeline: Pipeline, home: Path, folder: Path
) -> None:
    write(folder / FILE, f"{FICHE}\nLe local ouvre le jeudi.\n")
    report = pipeline.ingest([folder])
    assert (report.changed, notes(report)) == (["houlocoop"], [("EditionReplaced", FILE)])
    assert "ouvre le jeudi" in said(home)
    write(folder / FILE, FICHE)  # the folder is where it comes from again
    assert (pipeline.ingest([folder]).changed, "ouvre" in said(home)) == (["houlocoop"], False)


def test_the_file_itself_may_be_named_to_go_back(pipeline: Pipeline, home: Path, folder: Path) -> None:
    report = pipeline.ingest([folder / FILE])
    assert (report.changed, notes(report)) == (["houlocoop"], [])
    assert "ouvre le mardi" not in said(home)


def test_the_team_goes_back_by_the_inbox_itself(pipeline: Pipeline, home: Path) -> None:
    write(Home(home).inbox / FILE, FICHE)
    report = pipeline.ingest([Home(home).inbox], mirror=False)
    assert (report.changed, notes(report)) == (["houlocoop"], [])


def test_the_others_of_the_folder_come_in_beside_it(pipeline: Pipeline, home: Path, folder: Path) -> None:
    write(folder / "note.md", "# Une note\n\nLa cale mesure 40 mètres.\n")
    report = pipeline.ingest([folder])
    assert (report.added, notes(report)) == (["note"], [("EditionKept", FILE)])
    assert "ouvre le mardi" in said(home)
