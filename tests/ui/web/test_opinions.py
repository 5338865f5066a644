"""A visitor says what an answer is worth, changes it and takes it back, and leaves nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.feedback import MOST, Feedback
from corpus.ledger import Ledger
from tests.ui.fakes import FakeAssistant, answer, open_with, ready, starting
from ui.opening import Opening
from ui.web.api import answer_errors
from ui.web.app import build_app
from ui.web.opinions import LONGEST_ANSWER, LONGEST_REMARK, opinion_routes
from ui.web.pace import Pace
from ui.web.service import Service

SENT: dict[str, Any] = {
    "question": "Combien de sociétaires ?",
    "answer": answer().to_json(),
    "verdict": "down",
    "reason": "wrong",
    "text": "Ils sont 351.\nVoir le site.",
    "language": "fr",
}


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    return open_with(tmp_path / "home")()


@pytest.fixture
def client(opening: Opening) -> TestClient:
    return client_of(opening)


def client_of(opening: Opening, *, pace: Pace | None = None, service: Service | None = None) -> TestClient:
    """Return a browser at the routes alone."""
    app = FastAPI()
    answer_errors(app)
    app.include_router(opinion_routes(service or ready(), opening, pace=pace))
    return TestClient(app)


def test_an_opinion_is_kept_with_what_the_answer_was_made_of(client: TestClient, opening: Opening) -> None:
    response = client.post("/api/feedback", json=SENT)
    assert response.status_code == 201
    assert set(response.json()) == {"token"}
    [kept] = opening.feedback.listed()
    assert (kept.verdict, kept.reason, kept.remark) == ("down", "wrong", "Ils sont 351.\nVoir le site.")
    assert (kept.question, kept.answer) == (SENT["question"], answer().text)
    assert (kept.version, kept.mode, kept.language) == (3, "extractive", "fr")
    assert kept.documents == ("houlocoop",)


def test_an_answer_may_be_its_text_alone(client: TestClient, opening: Opening) -> None:
    sent = {"question": "How many members are there?", "answer": "350.", "verdict": "up"}
    assert client.post("/api/feedback", json=sent).status_code == 201
    [kept] = opening.feedback.listed()
    assert (kept.version, kept.language, kept.documents, kept.reason) == (3, "en", (), None)


def test_the_same_browser_changes_its_mind(client: TestClient, opening: Opening) -> None:
    token = client.post("/api/feedback", json=SENT).json()["token"]
    again = client.post("/api/feedback", json={**SENT, "verdict": "up", "text": None, "token": token})
    assert (again.status_code, again.json()) == (200, {"token": token})
    assert [one.verdict for one in opening.feedback.listed()] == ["up"]
    assert client.delete(f"/api/feedback/{token}").status_code == 204
    assert opening.feedback.count() == 0
    gone = client.delete(f"/api/feedback/{token}")
    assert gone.status_code == 404
    assert "n’est plus gardé" in gone.json()["message"]["fr"]
    assert "no longer kept" in gone.json()["message"]["en"]


def test_an_opinion_in_the_place_of_one_that_was_purged_is_a_new_one(
    client: TestClient, opening: Opening
) -> None:
    token = client.post("/api/feedback", json=SENT).json()["token"]
    opening.feedback.purge()
    again = client.post("/api/feedback", json={**SENT, "token": token})
    assert again.status_code == 201
    assert again.json()["token"] != token
    assert opening.feedback.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"verdict": "sideways"}, "verdict"),
        ({"verdict": None}, "verdict"),
        ({"reason": "boring"}, "reason"),
        ({"language": "de"}, "language"),
        ({"text": "x" * (LONGEST_REMARK + 1)}, "text"),
        ({"answer": {"text": "x" * (LONGEST_ANSWER + 1)}}, "answer.text"),
        ({"answer": {"text": ""}}, "answer.text"),
        ({"answer": "x" * (LONGEST_ANSWER + 1)}, "answer.text"),
        ({"answer": {"text": "a", "index_version": 2**31}}, "answer.index_version"),
        ({"answer": {"text": "a", "index_version": -1}}, "answer.index_version"),
        ({"answer": {"text": "a", "citations": [{}] * 201}}, "answer.citations"),
        (
            {"answer": {"text": "a", "citations": [{"document": {"id": ""}}]}},
            "answer.citations.0.document.id",
        ),
        ({"answer": {}}, "answer.text"),
        ({"answer": None}, "answer"),
        ({"question": "x" * 2001}, "question"),
        ({"question": " \u200b "}, "question"),
        ({"token": "x" * 101}, "token"),
    ],
)  # fmt: skip
def test_what_is_no_opinion_is_refused_by_field_in_both_languages(
    client: TestClient, opening: Opening, changed: dict[str, Any], field: str
) -> None:
    response = client.post("/api/feedback", json={**SENT, **changed})
    assert response.status_code == 422
    assert response.json()["detail"][0]["field"] == field
    assert all(response.json()["message"][language] for language in ("fr", "en"))
    assert opening.feedback.count() == 0


def test_a_lone_surrogate_is_refused(client: TestClient) -> None:
    body = b'{"question": "q\\ud800", "answer": "a", "verdict": "up"}'
    response = client.post("/api/feedback", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422


def test_marks_that_nobody_sees_are_left_out(client: TestClient, opening: Opening) -> None:
    sent = {
        "question": "Où\u202e ?\x00 ici",
        "answer": "a\x00b\r\nc\u200bd",
        "verdict": "up",
        "text": "\x07é",
    }
    assert client.post("/api/feedback", json=sent).status_code == 201
    [kept] = opening.feedback.listed()
    assert (kept.question, kept.answer, kept.remark) == ("Où ? ici", "ab\ncd", "é")


def test_nothing_of_the_request_is_in_the_home(client: TestClient, opening: Opening) -> None:
    secret = {"User-Agent": "Mozilla-zanzibar", "X-Forwarded-For": "203.0.113.77", "Cookie": "who=zanzibar"}
    assert client.post("/api/feedback", json=SENT, headers=secret).status_code == 201
    kept = b"".join(file.read_bytes() for file in opening.home.folder.rglob("*") if file.is_file())
    assert "sociétaires".encode() in kept
    assert not any(word in kept for word in (b"zanzibar", b"203.0.113.77", b"testclient"))


def test_more_than_people_press_is_refused_for_a_while(opening: Opening) -> None:
    now = [0.0]
    client = client_of(opening, pace=Pace(burst=2, per_second=0.5, clock=lambda: now[0]))
    statuses = [client.post("/api/feedback", json=SENT).status_code for _ in range(3)]
    assert statuses == [201, 201, 429]
    refused = client.post("/api/feedback", json=SENT)
    assert refused.headers["Retry-After"] == "2"
    assert "2 s" in refused.json()["message"]["fr"]
    now[0] = 2.0
    assert client.post("/api/feedback", json=SENT).status_code == 201
    assert opening.feedback.count() == 3


def test_a_full_ledger_says_what_the_team_can_do(opening: Opening) -> None:
    assert MOST > 1
    opening.feedback = Feedback(Ledger(opening.home.ledger), most=1)
    client = client_of(opening)
    assert client.post("/api/feedback", json=SENT).status_code == 201
    refused = client.post("/api/feedback", json=SENT)
    assert refused.status_code == 503
    assert "passerelle purge" in refused.json()["message"]["fr"]


def test_an_opinion_needs_no_loaded_assistant_when_it_says_the_version(opening: Opening) -> None:
    client = client_of(opening, service=starting())
    assert client.post("/api/feedback", json=SENT).status_code == 201
    unsaid = client.post("/api/feedback", json={**SENT, "answer": "350."})
    assert unsaid.status_code == 503
    assert unsaid.headers["Retry-After"]


def test_without_a_home_no_opinion_is_taken() -> None:
    with TestClient(build_app(Service(FakeAssistant))) as client:
        assert client.post("/api/feedback", json=SENT).status_code in (404, 405)


def test_the_whole_application_takes_one(opening: Opening) -> None:
    with TestClient(build_app(ready(), opening)) as client:
        response = client.post("/api/feedback", json=SENT)
        assert response.status_code == 201, response.text
        token = response.json()["token"]
        assert client.delete(f"/api/feedback/{token}").status_code == 204
