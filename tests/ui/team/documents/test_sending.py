"""Files are sent in, a version is prepared of them apart, and what is refused is told with its reason."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Pipeline
from tests.fakes import FICHES
from tests.ui.team.documents.conftest import NOTE, PAGE, Desk
from ui.team.documents.waiting import Decision
from ui.team.wiring import FILES_AT_ONCE

HOSTILE = "<img src=x onerror=alert(1)>.md"


def test_a_version_is_prepared_and_waits_while_the_one_before_answers(desk: Desk) -> None:
    response = desk.send(("note.md", NOTE))
    assert (response.status_code, response.headers["location"]) == (303, f"{PAGE}#job")
    job = desk.done()
    assert (job.state, job.result["version"], job.result["added"]) == ("done", 2, ["note"])
    assert desk.live == 1
    said = desk.text()
    assert "La version 2 attend votre décision" in said
    assert "Documents ajoutés : 1 ; modifiés : 0 ; retirés : 0." in said
    assert "note.md lu" in said


def test_what_was_done_is_said_once(desk: Desk) -> None:
    desk.send(("note.md", NOTE))
    assert "1 fichier reçu ; le travail commence." in desk.text()
    assert "le travail commence" not in desk.text()


def test_a_file_of_a_known_name_replaces_its_document(desk: Desk) -> None:
    changed = FICHES["initiatives/houlocoop.md"] + "\nLe local ouvre le mardi.\n"
    job = desk.prepared(("houlocoop.md", changed))
    assert (job.result["added"], job.result["changed"]) == ([], ["houlocoop"])
    assert [one.name for one in job.files] == ["initiatives/houlocoop.md"]


def test_refusals_are_told_with_reason_and_remedy_in_the_reader_s_language(desk: Desk) -> None:
    job = desk.prepared(
        ("tool.exe", b"MZ"), ("vide.txt", "  \n"), ("not really.pdf", b"no"), ("a\u202eb.md", NOTE),
        ("big.md", b"x" * 1_000_001), ("note.md", NOTE),
    )  # fmt: skip
    assert job.result["added"] == ["note"]
    told = {one.name: one.why["error"] for one in job.files if one.why}
    assert told == {
        "tool.exe": "FormatUnknown",
        "vide.txt": "FileEmpty",
        "not really.pdf": "FileDamaged",
        "a\\u202eb.md": "FileNameUnusable",
        "big.md": "FileTooLarge",
    }
    french = desk.text()
    assert "tool.exe refusé Le format '.exe' n’est pas encore lu ; convertissez le fichier" in french
    english = desk.get(f"{PAGE}?lang=en").text
    assert "Holds no text; check that the right file was saved." in english
    assert desk.inbox == ["note.md"]


def test_when_all_is_refused_no_version_is_made_and_the_page_says_so(desk: Desk) -> None:
    job = desk.prepared(("tool.exe", b"MZ"))
    assert (job.state, job.result) == ("done", {})
    assert "Rien n’a été préparé" in desk.text()
    job = desk.prepared(("vide.txt", "  \n"))
    assert job.result["version"] == 1
    assert desk.inbox == []
    assert "attend votre décision" not in desk.text()


def test_what_is_in_the_index_already_changes_nothing(desk: Desk) -> None:
    job = desk.prepared(("houlocoop.md", FICHES["initiatives/houlocoop.md"]))
    assert (job.result["differs"], job.result["unchanged"]) == (False, ["houlocoop"])
    assert "initiatives/houlocoop.md déjà dans l’index" in desk.text()
    assert "Rien n’a changé" in desk.text()
    assert desk.inbox == []


def test_two_files_of_one_name_in_one_sending_are_two_documents(desk: Desk) -> None:
    job = desk.prepared(("a/note.md", NOTE), ("b/note.md", NOTE + "\nEt 50 mètres.\n"))
    assert desk.inbox == ["note (2).md", "note.md"]
    assert len(job.result["added"]) == 2


def test_what_is_sent_later_joins_what_waits(desk: Desk) -> None:
    desk.prepared(("one.md", NOTE))
    job = desk.prepared(("two.md", NOTE + "\nEt 50 mètres.\n"))
    assert sorted(job.result["added"]) == ["one", "two"]
    versions, live = desk.opening.publisher().versions()
    assert ([one.number for one in versions], live) == ([1, 3], 1)
    staged = Decision(desk.opening.home.folder).get()
    assert staged
    assert (staged.number, staged.base, list(staged.files)) == (3, 1, ["one.md", "two.md"])


def test_a_form_without_a_file_is_told(desk: Desk) -> None:
    for way in ("upload", "prepare"):
        assert desk.post(f"{PAGE}/{way}").headers["location"] == PAGE
        assert "Aucun fichier n’est arrivé" in desk.text()


def test_hostile_names_and_titles_are_text(desk: Desk) -> None:
    desk.prepared((HOSTILE, "# <script>alert(2)</script>\n\nUn texte de la cale.\n"))
    for page in (PAGE, f"{PAGE}/versions/2", f"{PAGE}/inbox"):
        assert "<img src=x" not in desk.get(page).text
        assert "<script>alert" not in desk.get(page).text
    assert HOSTILE in desk.text()


def test_more_than_the_server_takes_at_once_is_refused_before_it_is_read(desk: Desk) -> None:
    limit = FILES_AT_ONCE * desk.opening.settings.file_limit
    response = desk.client.post(f"{PAGE}/upload", headers={"Content-Length": str(limit + 1)}, content=b"x")
    assert response.status_code == 413


@contextmanager
def held_after(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Keep every ingest that has read its files from ending until the block does; give what says so."""
    read, go = threading.Event(), threading.Event()
    ingest = Pipeline.ingest

    def waiting(self: Pipeline, *arguments: Any, **named: Any) -> Any:
        report = ingest(self, *arguments, **named)
        read.set()
        assert go.wait(30)
        return report

    monkeypatch.setattr(Pipeline, "ingest", waiting)
    try:
        yield read
    finally:
        go.set()
        monkeypatch.setattr(Pipeline, "ingest", ingest)


@contextmanager
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Keep every ingest from going on until the block ends; give what says that one has begun."""
    begun, go = threading.Event(), threading.Event()
    ingest = Pipeline.ingest

    def waiting(self: Pipeline, *arguments: Any, **named: Any) -> Any:
        named["watcher"]("read", 0, 3)
        begun.set()
        while not go.wait(0.01):
            named["watcher"]("read", 1, 3)
        return ingest(self, *arguments, **named)

    monkeypatch.setattr(Pipeline, "ingest", waiting)
    try:
        yield begun
    finally:
        go.set()


def test_files_that_come_during_other_work_wait_for_their_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(monkeypatch) as begun:
        desk.send(("one.md", NOTE))
        assert begun.wait(10)
        desk.send(("two.md", NOTE + "\nEt 50 mètres.\n"))
        said = desk.text()
        assert "1 fichier reçu. Un autre travail est en cours" in said
        assert "Lecture des fichiers 1 sur 3" in said
    desk.done()
    assert desk.inbox == ["one.md", "two.md"]
    staged = Decision(desk.opening.home.folder).get()
    assert staged
    assert list(staged.files) == ["one.md", "two.md"]


def test_a_file_that_is_sent_anew_while_its_first_is_prepared_is_offered_and_never_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_after(monkeypatch) as read:
        desk.send(("a.md", "# A\n\nL’atelier emploie 111 personnes.\n"))
        assert read.wait(30)
        desk.send(("a.md", "# A\n\nL’atelier emploie 222 personnes.\n"))
        assert "1 fichier reçu. Un autre travail est en cours" in desk.text()
    desk.done()
    assert "La version 2 attend votre décision" in desk.text()
    assert "1 fichier en attente de préparation" in desk.text()
    assert "a.md" in desk.text(f"{PAGE}/inbox")
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert desk.inbox == ["a.md"]
    assert "1 fichier en attente de préparation" in desk.text()
    desk.post(f"{PAGE}/prepare")
    assert desk.done().result["changed"] == ["a"]
    assert "en attente de préparation" not in desk.text()
    desk.post(f"{PAGE}/versions/3/publish", live="2")
    assert desk.inbox == []
    assert "222" in desk.get(f"{PAGE}/original?id=a").text


def test_a_refused_file_that_is_sent_anew_meanwhile_is_not_removed_with_the_refused_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held_after(monkeypatch) as read:
        desk.send(("a.txt", "  \n"))
        assert read.wait(30)
        desk.send(("a.txt", "L’atelier emploie 222 personnes.\n"))
    desk.done()
    assert desk.inbox == ["a.txt"]
    assert "1 fichier en attente de préparation" in desk.text()
    desk.post(f"{PAGE}/prepare")
    assert desk.done().result["added"] == ["a"]


def test_a_home_that_knows_the_files_of_a_version_by_name_alone_loses_none(desk: Desk, home: Path) -> None:
    desk.prepared(("a.md", NOTE))
    file = home / "staged.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "files": ["a.md"]}))
    assert "La version 2 attend votre décision" in desk.text()
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    assert "1 fichier en attente de préparation" in desk.text()
    desk.post(f"{PAGE}/prepare")
    assert desk.done().result["unchanged"] == ["a"]
    assert desk.inbox == []


def test_work_that_is_stopped_leaves_its_files_to_be_prepared_again_or_removed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with held(monkeypatch) as begun:
        desk.send(("one.md", NOTE))
        assert begun.wait(10)
        job = desk.opening.home.folder / "jobs"
        [file] = job.glob("*.json")
        assert desk.post(f"/admin/jobs/{file.stem}/cancel", next=PAGE).headers["location"] == PAGE
        assert desk.done().state == "cancelled"
    assert "1 fichier en attente de préparation" in desk.text()
    assert "one.md" in desk.text(f"{PAGE}/inbox")
    desk.post(f"{PAGE}/prepare")
    assert desk.done().result["added"] == ["one"]


def test_waiting_files_are_removed_when_somebody_says_so(desk: Desk) -> None:
    desk.prepared(("one.md", NOTE))
    folder = desk.opening.home.inbox
    (folder / "two.md").write_text(NOTE)
    assert "two.md" in desk.text(f"{PAGE}/inbox")
    assert "one.md" not in desk.text(f"{PAGE}/inbox")
    desk.post(f"{PAGE}/inbox")
    assert desk.inbox == ["one.md"]


def test_an_index_of_another_model_is_told_and_the_files_stay(desk: Desk) -> None:
    desk.opening.__dict__["embedding_model"] = "another"
    job = desk.prepared(("note.md", NOTE))
    assert (job.state, (job.error or {})["error"]) == ("failed", "IndexStale")
    assert "reconstruisez-le avec « passerelle ingest --rebuild »" in desk.text()
    assert desk.inbox == ["note.md"]


def test_while_another_process_changes_the_index_the_work_fails_with_that_reason(desk: Desk) -> None:
    with desk.opening.home.owned_for("ingest"):
        job = desk.prepared(("note.md", NOTE))
    assert (job.error or {})["error"] == "HomeBusy"
    assert "travaille déjà sur" in desk.text()


def test_progress_is_given_as_json_and_as_a_piece_of_a_page(desk: Desk) -> None:
    job = desk.prepared(("note.md", NOTE), ("tool.exe", b"MZ"))
    told: Mapping[str, Any] = desk.get(f"/admin/jobs/{job.id}").json()
    assert (told["state"], told["kind"], told["result"]["version"]) == ("done", "ingest", 2)
    piece = desk.get(f"/admin/jobs/{job.id}/progress").text
    assert piece.lstrip().startswith('<div class="job" data-state="done"')
    assert "<html" not in piece
    assert desk.get("/admin/jobs/nothing").status_code == 404
    assert desk.get("/admin/jobs/nothing/progress").status_code == 404
