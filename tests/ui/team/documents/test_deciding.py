"""Somebody decides about a version or a document, knowing what it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.home import Home
from corpus.ledger import Ledger
from corpus.records import Check
from tests.fakes import FICHES, open_index, write
from tests.ui.team.documents.conftest import NOTE, PAGE, Desk
from ui.team.documents.waiting import Decision

QUESTIONS = [
    "Combien de sociétaires a Houlocoop ?",
    "Combien de sociétaires compte Houlocoop ?",
    "Houlocoop réunit combien de sociétaires ?",
    "Quel est le nombre de sociétaires de Houlocoop ?",
    "Houlocoop a combien de sociétaires ?",
    "Dis-moi combien de sociétaires Houlocoop réunit",
]


def published(home: Path) -> list[str]:
    return [one.id for one in open_index(home).get().documents]


def golden_set(folder: Path) -> None:
    """Write a set of questions that the fiche of Houlocoop answers."""
    cases = [
        {
            "id": f"c{place}", "question": question, "facts": [["350"]], "theme": None, "kind": "number",
            "initiative": "houlocoop", "answerable": True, "language": "fr", "follows": None,
            "documents": ["houlocoop"],
        }
        for place, question in enumerate(QUESTIONS)
    ]  # fmt: skip
    write(folder / "ports.jsonl", "\n".join(json.dumps(one) for one in cases))


@pytest.fixture
def worse(desk: Desk, tmp_path: Path) -> Desk:
    """A desk whose version 2 waits and has lost the answers to all questions."""
    golden_set(tmp_path / "golden")
    desk.prepared(("houlocoop.md", FICHES["initiatives/houlocoop.md"].replace("350", "de nombreux")))
    return desk


def test_what_a_version_changes_is_seen_before_it_is_published(desk: Desk) -> None:
    changed = FICHES["initiatives/houlocoop.md"] + "\nLe local ouvre le mardi.\n"
    fiche = (
        "---\nkind: initiative\nid: sel\nname: Le Sel\nthemes: [ports-partages]\n---\n\n# Le Sel\n\nDu sel.\n"
    )
    desk.prepared(("note.md", NOTE), ("houlocoop.md", changed), ("sel.md", fiche))
    said = desk.text(f"{PAGE}/versions/2")
    assert "Documents ajoutés (2)" in said
    assert "Documents modifiés (1) Houlocoop initiatives/houlocoop.md" in said
    assert "Documents retirés" not in said
    assert "Nouvelles initiatives (1) Le Sel" in said
    assert "Publier la version 2" in said


def test_a_published_version_answers_and_leaves_nothing_waiting(desk: Desk, home: Path) -> None:
    desk.prepared(("note.md", NOTE))
    response = desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert response.headers["location"] == PAGE
    said = desk.text()
    assert "La version 2 est en service" in said
    assert "attend votre décision" not in said
    assert "note" in published(home)
    assert desk.inbox == []
    assert Decision(home).get() is None


def test_a_version_that_loses_answers_is_published_only_by_who_says_so(worse: Desk, home: Path) -> None:
    said = worse.text(f"{PAGE}/versions/2")
    assert "Les réponses se dégradent, plus que le hasard ne l’explique." in said
    assert f"Questions posées : {len(QUESTIONS)} ; perdues : {len(QUESTIONS)} ; gagnées : 0." in said
    for place, question in enumerate(QUESTIONS):
        assert f"ports/c{place} {question}" in said
    response = worse.post(f"{PAGE}/versions/2/publish", live="1")
    assert response.headers["location"] == f"{PAGE}/versions/2"
    assert "cochez la case pour la publier malgré tout" in worse.text(f"{PAGE}/versions/2")
    assert worse.live == 1
    worse.post(f"{PAGE}/versions/2/publish", live="1", anyway="1")
    assert worse.live == 2
    check = Ledger(Home(home).ledger).checked(2)
    assert check is not None
    assert (check.holds, check.forced) == (False, True)
    assert "Publiée malgré cela, sur décision." in worse.text(f"{PAGE}/versions/2")


def test_the_questions_of_a_version_that_was_checked_elsewhere_are_read_from_the_sets(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    golden_set(tmp_path / "golden")
    desk.opening.pipeline().ingest([write(tmp_path / "note.md", NOTE)], publish=False)
    check = Check(2, "sha", {"ports/c1": False, "gone/x": False}, ["ports/c1", "gone/x"], 0, True, False)
    Ledger(Home(home).ledger).check(check)
    said = desk.text(f"{PAGE}/versions/2")
    assert f"ports/c1 {QUESTIONS[1]}" in said
    assert "gone/x –" in said
    assert "plus récente" in said


def test_who_saw_another_version_live_is_asked_to_look_again(desk: Desk, tmp_path: Path) -> None:
    desk.prepared(("note.md", NOTE))
    desk.opening.pipeline().ingest([write(tmp_path / "other.md", NOTE + "\nEt 50 mètres.\n")])
    assert desk.live == 3
    response = desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert response.headers["location"] == f"{PAGE}/versions/2"
    assert desk.live == 3
    said = desk.text(f"{PAGE}/versions/2")
    assert "une autre version est entrée en service entre-temps (3)" in said.lower()
    assert "Documents retirés (1)" in said


def test_a_version_whose_base_is_live_no_more_can_be_prepared_again(desk: Desk, tmp_path: Path) -> None:
    desk.prepared(("note.md", NOTE))
    desk.opening.pipeline().ingest([write(tmp_path / "other.md", NOTE + "\nEt 50 mètres.\n")], publish=False)
    desk.opening.publisher().publish(3)
    assert "La version en service a changé" in desk.text(f"{PAGE}/versions/2")
    desk.post(f"{PAGE}/prepare")
    job = desk.done()
    assert (job.result["base"], job.result["added"]) == (3, ["note"])
    said = desk.text(f"{PAGE}/versions/{job.result['version']}")
    assert "La version en service a changé" not in said
    assert "Documents retirés" not in said


def test_one_goes_back_to_an_earlier_version_and_forward_again(desk: Desk) -> None:
    desk.prepared(("note.md", NOTE))
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert "Revenir à la version 1" in desk.text(f"{PAGE}/versions/1")
    desk.post(f"{PAGE}/versions/1/publish", live="2")
    assert "Retour à la version 1" in desk.text()
    assert desk.live == 1
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert desk.live == 2


def test_a_discarded_version_is_gone_with_its_files(desk: Desk, home: Path) -> None:
    desk.prepared(("note.md", NOTE))
    assert "Écarter la version 2 ?" in desk.text(f"{PAGE}/versions/2/discard")
    desk.post(f"{PAGE}/versions/2/discard")
    assert "La version 2 est écartée." in desk.text()
    assert desk.inbox == []
    assert Decision(home).get() is None
    assert desk.get(f"{PAGE}/versions/2").status_code == 404
    assert desk.live == 1


def test_the_live_version_is_never_discarded(desk: Desk) -> None:
    desk.post(f"{PAGE}/versions/1/discard")
    assert "est en service et ne peut pas être écartée" in desk.text()
    assert desk.live == 1
    assert "Écarter" not in desk.text(f"{PAGE}/versions/1")


def test_a_document_is_forgotten_after_a_page_that_asks(desk: Desk, home: Path) -> None:
    said = desk.text(f"{PAGE}/forget?id=houlocoop")
    assert "Houlocoop initiatives/houlocoop.md" in said
    assert desk.live == 1
    response = desk.post(f"{PAGE}/forget", id="houlocoop")
    assert response.headers["location"] == f"{PAGE}#job"
    job = desk.done()
    assert (job.result["removed"], job.result["published"]) == (["houlocoop"], True)
    assert "houlocoop" not in published(home)


def test_a_document_that_others_refer_to_stays_and_the_page_says_which(desk: Desk) -> None:
    said = desk.text(f"{PAGE}/forget?id=ports-partages")
    assert "ne peut pas être retiré tant que" in said
    assert "Chercher le document qui y renvoie" in said
    assert 'name="id"' not in desk.get(f"{PAGE}/forget?id=ports-partages").text
    desk.post(f"{PAGE}/forget", id="ports-partages")
    job = desk.done()
    assert (job.state, (job.error or {})["error"]) == ("failed", "DocumentNeeded")
    assert desk.live == 1


def test_a_document_whose_loss_costs_answers_is_not_gone_until_somebody_decides(
    desk: Desk, home: Path, tmp_path: Path
) -> None:
    fiche = FICHES["initiatives/houlocoop.md"].replace("350", "de nombreux")
    write(tmp_path / "material" / "initiatives" / "houlocoop.md", fiche)
    write(tmp_path / "material" / "note.md", "# Note\n\nHoulocoop réunit 350 sociétaires.\n")
    desk.opening.pipeline().ingest([tmp_path / "material"])
    golden_set(tmp_path / "golden")
    desk.post(f"{PAGE}/forget", id="note")
    job = desk.done()
    assert (job.state, job.result["published"]) == ("done", False)
    assert len(job.result["gate"]["broken"]) == len(QUESTIONS)
    assert "note" in published(home)
    assert "La version 3 attend votre décision" in desk.text()
    desk.post(f"{PAGE}/versions/3/publish", live="2", anyway="1")
    assert "note" not in published(home)


@pytest.mark.parametrize(
    "path", ["versions/99", "versions/99/discard", "forget?id=nothing", "original?id=nothing"]
)
def test_what_is_not_there_is_told_with_a_remedy(desk: Desk, path: str) -> None:
    response = desk.get(f"{PAGE}/{path}")
    assert response.status_code == 404
    assert "notice wrong" in response.text


def test_what_another_tab_did_already_is_told(desk: Desk) -> None:
    desk.prepared(("note.md", NOTE))
    desk.post(f"{PAGE}/versions/2/discard")
    desk.post(f"{PAGE}/versions/2/discard")
    assert "Il n’y a pas de version 2" in desk.text()
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert desk.live == 1
    desk.post(f"{PAGE}/forget", id="nothing")
    assert "Aucun document n’a l’identifiant 'nothing'" in desk.text()


def test_while_the_index_changes_nobody_publishes(desk: Desk) -> None:
    desk.prepared(("note.md", NOTE))
    with desk.opening.home.owned_for("ingest"):
        desk.post(f"{PAGE}/versions/2/publish", live="1")
        assert "travaille déjà sur" in desk.text(f"{PAGE}/versions/2")
    assert desk.live == 1
