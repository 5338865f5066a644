"""What a document may be about waits for somebody to say, and nothing doubtful is cited meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import DoubtUnknown, FicheNeeded
from corpus.home import Home
from corpus.ledger import Ledger
from corpus.records import Doubt
from ingest.pipeline import Pipeline
from tests.fakes import open_index, open_pipeline, write, write_fiches

# "Houlocop" is a typo for Houlocoop; La Sardine has no fiche; the end lies close to the theme of the nets.
NOTE = """Une note de lecture.

Houlocop a posé des bouées. La coopérative La Grande Sardine répare les voiles, et La Grande Sardine embauche.
"""
NETS = "Recycler un filet : le recyclage d'un filet, des filets, encore des filets et leur recyclage.\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def pipeline(tmp_path: Path, home: Path) -> Pipeline:
    ready = open_pipeline(home)
    ready.ingest([write_fiches(tmp_path / "material")])
    return ready


def waiting(home: Path) -> dict[str, Doubt]:
    """Return what waits for review, by what it may be about."""
    return {one.target: one for one in Ledger(Home(home).ledger).doubts() if one.state == "open"}


def tags(home: Path, document: str) -> set[tuple[str | None, tuple[str, ...]]]:
    return {(one.initiative, one.themes) for one in open_index(home).get().by_document[document]}


def test_a_misspelt_name_and_a_new_one_wait_and_tag_nothing(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    report = pipeline.ingest([write(tmp_path / "note.txt", NOTE)])
    found = waiting(home)
    assert report.doubts == len(found)
    assert (found["houlocoop"].kind, found["houlocoop"].why) == ("initiative", "houlocop")
    assert found["La Grande Sardine"].kind == "new initiative"
    assert all(0 < one.confidence < 1 for one in found.values())
    assert tags(home, "note") == {(None, ())}


def test_a_document_without_a_theme_may_be_about_the_one_it_lies_close_to(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    pipeline.ingest([write(tmp_path / "nets.txt", NETS)])
    [doubt] = waiting(home).values()
    assert (doubt.kind, doubt.target) == ("theme", "filets-et-recyclage")
    assert doubt.confidence >= 0.5


def test_what_is_accepted_is_tagged_in_a_new_version_and_stays_so(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    pipeline.ingest([write(tmp_path / "note.txt", NOTE)])
    report = pipeline.decide({waiting(home)["houlocoop"].id: True})
    assert (report.version, report.published) == (3, True)
    assert tags(home, "note") == {("houlocoop", ("energies-de-la-houle",))}
    pipeline.ingest([write(tmp_path / "note.txt", NOTE + "\nUn mot de plus.\n")])
    assert tags(home, "note") == {("houlocoop", ("energies-de-la-houle",))}
    assert "houlocoop" not in waiting(home)


def test_an_accepted_name_tags_the_passages_that_it_stands_in_only(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    text = "# Note\n\n## Large\n\nHoulocop a posé des bouées.\n\n## Terre\n\nUn jardin derrière le phare.\n"
    pipeline.ingest([write(tmp_path / "note.md", text)])
    pipeline.decide({waiting(home)["houlocoop"].id: True})
    passages = open_index(home).get().by_document["note"]
    assert {one.section: one.initiative for one in passages} == {"Large": "houlocoop", "Terre": None}


def test_what_is_rejected_is_not_asked_again(tmp_path: Path, home: Path, pipeline: Pipeline) -> None:
    pipeline.ingest([write(tmp_path / "note.txt", NOTE)])
    for doubt in waiting(home).values():
        pipeline.decide({doubt.id: False})
    pipeline.ingest([write(tmp_path / "note.txt", NOTE + "\nUn mot de plus.\n")])
    assert waiting(home) == {}
    assert tags(home, "note") == {(None, ())}


def test_a_new_initiative_needs_a_fiche_and_a_number_must_be_one_that_waits(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    pipeline.ingest([write(tmp_path / "note.txt", NOTE)])
    with pytest.raises(FicheNeeded, match="'La Grande Sardine' has no fiche yet"):
        pipeline.decide({waiting(home)["La Grande Sardine"].id: True})
    with pytest.raises(DoubtUnknown, match="has the number 999"):
        pipeline.decide({999: True})


NETTED = "filets-et-recyclage"


def test_several_doubts_are_decided_in_one_version(tmp_path: Path, home: Path, pipeline: Pipeline) -> None:
    files = [write(tmp_path / "note.txt", NOTE), write(tmp_path / "nets.txt", NETS)]
    before = pipeline.ingest(files).version
    doubts = waiting(home)
    assert {"houlocoop", "La Grande Sardine", NETTED} <= set(doubts)
    report = pipeline.decide({doubt.id: target in ("houlocoop", NETTED) for target, doubt in doubts.items()})
    assert (before, report.version, report.published) == (2, 3, True)
    assert tags(home, "note") == {("houlocoop", ("energies-de-la-houle",))}
    assert tags(home, "nets") == {(None, (NETTED,))}
    assert waiting(home) == {}


def test_one_decision_that_cannot_be_taken_leaves_the_others_untaken(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    pipeline.ingest([write(tmp_path / "note.txt", NOTE)])
    before = waiting(home)
    with pytest.raises(DoubtUnknown):
        pipeline.decide({before["houlocoop"].id: True, 999: False})
    assert waiting(home) == before


def test_a_document_that_names_what_it_is_about_leaves_no_doubt(
    tmp_path: Path, home: Path, pipeline: Pipeline
) -> None:
    report = pipeline.ingest([write(tmp_path / "note.txt", "Houlocoop a posé des bouées pour les marées.\n")])
    assert (report.doubts, waiting(home)) == (0, {})
