"""The commands that say which version is live."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.fakes import open_index, write
from tests.ui.conftest import Commands


@pytest.fixture
def staged(passerelle: Commands, tmp_path: Path) -> Commands:
    """The commands on a home whose version 1 is live and version 2 staged."""
    assert passerelle("ingest").code == 0
    note = write(tmp_path / "note.md", "# Note\n\nLa cale mesure 40 mètres.\n")
    assert passerelle("ingest", "--no-publish", str(note)).code == 0
    return passerelle


def test_versions_marks_the_live_one(staged: Commands) -> None:
    lines = staged("versions").out.splitlines()
    assert [line[0] for line in lines] == ["→", " ", "→"]
    assert lines[-1] == "→ version en service"
    rows = json.loads(staged("versions", "--json").out)
    assert rows["index_version"] == 1
    assert [(one["version"], one["live"]) for one in rows["versions"]] == [(1, True), (2, False)]


def test_publish_and_rollback_move_what_is_live(staged: Commands, home: Path) -> None:
    assert staged("publish", "2").out.startswith("version 2 publiée : ")
    assert open_index(home).get().number == 2
    assert staged("rollback").out.startswith("version 1 publiée : ")
    assert open_index(home).get().number == 1


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("publish", "9"), 1, "il n’y a pas de version 9 ; celles qui sont gardées : 1, 2"),
        (("rollback",), 1, "« passerelle versions » les énumère"),
        (("publish",), 2, "il manque VERSION"),
        (("publish", "deux"), 2, "voir « passerelle publish --help »"),
        (("rollback", "0"), 2, "voir « passerelle rollback --help »"),
    ],
)
def test_a_mistake_is_one_line(staged: Commands, arguments: tuple[str, ...], code: int, told: str) -> None:
    said = staged(*arguments)
    assert (said.code, said.out) == (code, "")
    [line] = said.err.splitlines()
    assert told in line
