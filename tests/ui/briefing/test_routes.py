"""A note is taken away by a form or an address, and what is wrong is said in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient

from tests.fakes import write_fiches
from tests.ui.briefing.notes import word_text
from tests.ui.conftest import Commands
from tests.ui.fakes import FakeAssistant, answer, failed, open_with, ready, starting
from ui.briefing.asked import TYPES
from ui.briefing.routes import days_of
from ui.web.app import build_app
from ui.web.service import Service

KEPT = json.dumps([{"question": "Combien ?", "answer": answer().to_json()}])


def client_of(service: Service) -> TestClient:
    return TestClient(build_app(service))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(ready()) as client:
        yield client


def test_a_conversation_becomes_a_file_of_each_format(client: TestClient) -> None:
    begin = {"docx": b"PK", "pdf": b"%PDF-", "md": b"# Combien"}
    for form, kind in TYPES.items():
        response = client.post("/note", data={"exchanges": KEPT, "format": form, "lang": "fr"})
        assert response.status_code == 200
        assert response.content.startswith(begin[form])
        assert response.headers["Content-Type"] == kind
        assert response.headers["Cache-Control"] == "no-store"
        said = unquote(response.headers["Content-Disposition"])
        assert said.startswith('attachment; filename="note-combien-20')
        assert said.endswith(f".{form}")


def test_a_form_in_parts_is_read_too(client: TestClient) -> None:
    fields = {"exchanges": KEPT, "format": "md"}
    response = client.post("/note", files={name: (None, value) for name, value in fields.items()})
    assert "350 sociétaires.[^1]" in response.text


def test_the_note_speaks_the_language_of_the_form_else_of_the_browser(client: TestClient) -> None:
    for lang, accepted, said in (
        ("en", "fr", "Bibliography"),
        ("", "en", "Bibliography"),
        ("eo", "", "Bibliographie"),
    ):
        data = {"exchanges": KEPT, "format": "md", "lang": lang}
        assert said in client.post("/note", data=data, headers={"Accept-Language": accepted}).text


def test_a_question_is_asked_and_answered_as_a_note() -> None:
    assistant = FakeAssistant()
    with client_of(ready(assistant)) as client:
        response = client.get(
            "/note", params={"q": "Combien ?", "format": "docx", "lang": "en", "theme": "houle"}
        )
    assert "Answer quoted from the documents" in word_text(response.content)
    assert assistant.asked == [("Combien ?", (), ("houle",))]


def test_the_house_is_named(client: TestClient) -> None:
    assert "L'Atelier des Marées" in client.get("/note", params={"q": "Combien ?", "format": "md"}).text


@pytest.mark.parametrize(
    ("fields", "french", "english"),
    [
        ({"exchanges": "[]", "format": "md"}, "au moins une question", "at least one question"),
        (
            {"exchanges": KEPT, "format": "odt"},
            "choisissez parmi docx, pdf, md",
            "choose one of docx, pdf, md",
        ),
        ({"exchanges": KEPT, "format": "\x00<b>"}, "'<b>'", "'<b>'"),
        ({"exchanges": KEPT}, "choisissez parmi", "choose one of"),
        ({"format": "md"}, "au moins une question", "at least one question"),
        ({"exchanges": "[1]", "format": "md"}, "(1)", "(1)"),
        ({}, "choisissez parmi", "choose one of"),
    ],
)
def test_a_wrong_form_is_refused_in_both_languages(
    client: TestClient, fields: dict[str, str], french: str, english: str
) -> None:
    response = client.post("/note", data=fields)
    assert response.status_code == 422
    assert french in response.json()["message"]["fr"]
    assert english in response.json()["message"]["en"]


def test_a_question_that_cannot_be_taken_is_refused_before_it_is_asked() -> None:
    assistant = FakeAssistant()
    with client_of(ready(assistant)) as client:
        assert client.get("/note", params={"q": " ", "format": "md"}).status_code == 422
        assert client.get("/note", params={"q": "Combien ?", "format": "odt"}).status_code == 422
        assert client.get("/note", params={"q": "x" * 5000, "format": "md"}).status_code == 422
    assert assistant.asked == []


def test_a_person_sees_a_page_that_says_why(client: TestClient) -> None:
    response = client.post(
        "/note", data={"format": "md"}, headers={"Accept": "text/html", "Accept-Language": "en"}
    )
    assert response.status_code == 422
    assert "A note needs at least one question" in response.text


def test_a_form_of_another_site_gets_no_note(client: TestClient) -> None:
    data = {"exchanges": KEPT, "format": "md"}
    for site, status in (("cross-site", 403), ("same-origin", 200), ("none", 200)):
        assert client.post("/note", data=data, headers={"Sec-Fetch-Site": site}).status_code == status


def test_what_the_browser_kept_waits_for_no_index() -> None:
    data = {"exchanges": KEPT, "format": "md"}
    client = client_of(starting())
    assert client.post("/note", data=data).status_code == 200
    response = client.get("/note", params={"q": "Combien ?"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "2")
    assert client_of(failed(RuntimeError())).get("/note", params={"q": "Combien ?"}).status_code == 503


def test_the_day_of_each_version_is_known_where_there_is_a_home(passerelle: Commands, home: Path) -> None:
    write_fiches(home.parent / "material")
    opening = open_with(home)()
    assert days_of(opening) == {}
    assert passerelle("ingest").code == 0
    assert list(days_of(opening)) == [1]


def test_the_command_writes_the_note(passerelle: Commands, tmp_path: Path) -> None:
    assert passerelle("ingest").code == 0
    out = tmp_path / "note.md"
    said = passerelle("note", "Combien de sociétaires a Houlocoop ?", "--out", str(out))
    assert (said.code, said.out, said.err) == (0, f"note écrite dans {out}\n", "")
    text = out.read_text(encoding="utf-8").replace("\u00a0", " ")
    assert text.startswith("# Combien de sociétaires a Houlocoop ?\n")
    assert "[^1]: « " in text
    assert "version 1 de l’index, du " in text


@pytest.mark.parametrize(
    ("out", "said"),
    [("note.odt", "choisissez parmi"), ("note", "choisissez parmi"), ("là/note.md", "n’existe pas")],
)
def test_the_command_refuses_a_wrong_file_before_it_asks(
    passerelle: Commands, tmp_path: Path, out: str, said: str
) -> None:
    told = passerelle("note", "Combien ?", "--out", str(tmp_path / out))
    assert told.code == 1
    assert said in told.err
