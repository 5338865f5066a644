"""The first page of Documents lists what the live version holds, and gives the originals away safely."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.fakes import FICHES, write
from tests.ui.team.documents.conftest import NOTE, PAGE, Desk
from ui.opening import Opening
from ui.team.documents.overview import PER_PAGE
from ui.team.moments import size_said


def test_documents_are_listed_with_themes_and_passages(desk: Desk) -> None:
    said = desk.text()
    assert f"{len(FICHES)} documents dans la version 1, celle en service." in said
    assert "Houlocoop initiatives/houlocoop.md Énergies de la houle 3 Lire Télécharger Retirer" in said
    assert "Version 1 en service" in said
    assert '<a href="/documents/houlocoop" aria-label="Lire Houlocoop">' in desk.get().text


def test_before_the_first_version_one_can_send_files_in(member: TestClient, opening: Opening) -> None:
    desk = Desk(member, opening)
    assert "Aucun document n’est publié encore." in desk.text()
    job = desk.prepared(("note.md", NOTE))
    assert (job.state, job.result["base"]) == ("done", None)
    said = desk.text(f"{PAGE}/versions/1")
    assert "Ce que contient cette première version" in said
    desk.post(f"{PAGE}/versions/1/publish", live="")
    assert "1 document dans la version 1" in desk.text()


def test_documents_are_searched_and_paged(desk: Desk, tmp_path: Path) -> None:
    for number in range(PER_PAGE + 5):
        write(tmp_path / "notes" / f"n{number:02}.md", f"# Cale {number:02}\n\nLa cale {number} mesure.\n")
    desk.opening.pipeline().ingest([tmp_path / "notes"])
    page = desk.text(f"{PAGE}?q=CALÉ")
    assert f"{PER_PAGE + 5} documents sur {len(FICHES) + PER_PAGE + 5}" in page
    assert "Page 1 sur 2" in page
    assert "Cale 00" in page
    assert "Cale 54" not in page
    for page_asked in ("2", "99"):
        assert "Cale 54" in desk.text(f"{PAGE}?q=cale&page={page_asked}")
    assert "Cale 00" in desk.text(f"{PAGE}?q=cale&page=-3")
    assert "0 document sur" in desk.text(f"{PAGE}?q=zzz")


def test_an_original_is_saved_as_it_came_and_never_opened(desk: Desk) -> None:
    response = desk.get(f"{PAGE}/original?id=houlocoop")
    assert response.text == FICHES["initiatives/houlocoop.md"]
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == 'attachment; filename="houlocoop.md"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_an_original_of_a_hostile_name_is_given_away_under_it(desk: Desk) -> None:
    desk.prepared(("a; filename=x.html é.html", "<p>La cale mesure 40 mètres.</p>"))
    desk.post(f"{PAGE}/versions/2/publish", live="1")
    [row] = [one for one in desk.opening.version().documents if one.file.endswith(".html")]
    response = desk.get(f"{PAGE}/original?id={row.id}")
    assert response.headers["content-type"] == "application/octet-stream"
    disposition = response.headers["content-disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''a%3B%20filename%3Dx.html%20%C3%A9.html")


def test_an_original_that_is_gone_is_told(desk: Desk) -> None:
    for file in desk.opening.home.originals.iterdir():
        file.unlink()
    response = desk.get(f"{PAGE}/original?id=houlocoop")
    assert response.status_code == 404
    assert "nitiatives/houlocoop.md" in response.text


def test_the_page_is_in_the_language_of_the_reader(desk: Desk) -> None:
    english = desk.client.get(PAGE, headers={"Accept-Language": "en"}).text
    assert "Add documents" in english


def test_a_damaged_ledger_is_told_and_not_traced(desk: Desk, home: Path) -> None:
    (home / "ledger.sqlite3").write_bytes(b"no database at all" * 1000)
    response = desk.get()
    assert response.status_code == 503
    assert "passerelle doctor" in response.text


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 octets"),
        (999, "999 octets"),
        (1500, "1,5 Ko"),
        (50_000_000, "50 Mo"),
        (3_200_000_000, "3,2 Go"),
    ],
)
def test_sizes_are_said_as_people_say_them(size: int, said: str) -> None:
    assert size_said(size, "fr").replace("\u00a0", " ") == said


def test_a_page_is_left_by_its_button(desk: Desk) -> None:
    response = desk.post("/admin/logout")
    assert response.headers["location"] == "/admin/login"
    assert desk.get().status_code == 303
