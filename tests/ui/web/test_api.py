"""The HTTP API gives what the design says, and one sentence for each mistake."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.answer import Answer, Generation
from assistant.question import Turn
from corpus.errors import IndexMissing, StoreCorrupt
from tests.server import serving
from tests.ui.fakes import FakeAssistant, answer, failed, ready, starting
from ui.web.api import answer_errors, api_routes
from ui.web.app import build_app
from ui.web.pace import Pace
from ui.web.service import Service


def client_of(service: Service) -> TestClient:
    app = FastAPI()
    app.include_router(api_routes(service))
    answer_errors(app)
    return TestClient(app, raise_server_exceptions=True)


@pytest.fixture
def assistant() -> FakeAssistant:
    return FakeAssistant()


@pytest.fixture
def client(assistant: FakeAssistant) -> TestClient:
    return client_of(ready(assistant))


def test_ask_gives_the_whole_answer(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "Combien ?"})
    assert response.status_code == 200
    given = response.json()
    assert given["question"] == "Combien ?"
    assert given["citations"][0]["initiative"]["id"] == "houlocoop"
    assert set(given) == set(answer().to_json())


def test_a_gap_is_noted_with_the_version_that_has_no_answer(assistant: FakeAssistant) -> None:
    noted: list[tuple[str, int]] = []
    service = Service(lambda: assistant, note=lambda *one: noted.append(one))
    service.start()
    service.wait(10)
    response = client_of(service).post("/api/gaps", json={"question": "Quel budget ?"})
    assert (response.status_code, response.json()) == (201, {"noted": True})
    assert noted == [("Quel budget ?", assistant.index.number)]


def test_a_flood_of_gaps_is_told_when_to_come_back(assistant: FakeAssistant) -> None:
    service = Service(lambda: assistant, note=lambda *_: None, pace=Pace(burst=1, clock=lambda: 0.0))
    service.start()
    service.wait(10)
    client = client_of(service)
    client.post("/api/gaps", json={"question": "Quel budget ?"})
    response = client.post("/api/gaps", json={"question": "Quel budget ?"})
    assert (response.status_code, response.headers["Retry-After"]) == (429, "1")
    assert set(response.json()["message"]) == {"fr", "en"}


def test_where_gaps_are_not_kept_none_is_said_to_be_noted(client: TestClient) -> None:
    response = client.post("/api/gaps", json={"question": "Quel budget ?"})
    assert (response.status_code, response.json()) == (200, {"noted": False})
    assert client.post("/api/gaps", json={}).status_code == 422


def test_ask_hands_on_history_and_themes(client: TestClient, assistant: FakeAssistant) -> None:
    history = [{"role": "user", "content": "Houlocoop ?"}, {"role": "assistant", "content": "Oui."}]
    body = {"question": "Où ?", "history": history, "themes": ["houle"], "unknown": 1}
    assert client.post("/api/ask", json=body).status_code == 200
    [(question, turns, themes)] = assistant.asked
    assert (question, themes) == ("Où ?", ("houle",))
    assert [(turn.role, turn.content) for turn in turns] == [("user", "Houlocoop ?"), ("assistant", "Oui.")]


def test_themes_may_be_null(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "Où ?", "themes": None}).status_code == 200


def test_search_gives_passages_best_first(client: TestClient) -> None:
    passages = client.post("/api/search", json={"question": "sociétaires", "k": 2}).json()["passages"]
    assert list(passages[0]) == ["document", "page", "theme", "initiative", "passage", "score"]
    assert passages[0]["theme"] == {"id": "houle", "name": "Énergies de la houle"}
    assert passages[0]["initiative"]["territory"] == "Audierne"
    assert passages[1]["theme"] is None
    assert passages[1]["initiative"] is None
    assert [one["score"] for one in passages] == [0.8765, 0.5]


def test_the_catalogue_has_all_fields(client: TestClient) -> None:
    catalogue = client.get("/api/catalogue").json()
    assert catalogue["index_version"] == 3
    assert catalogue["themes"][0]["name_en"] == "Wave energy"
    [initiative] = catalogue["initiatives"]
    assert initiative["document"] == "houlocoop"
    assert initiative["site"] == "https://houlocoop.example/"
    assert initiative["year"] is None


def test_health_says_the_index_version(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "index_version": 3}


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/api/ask", {"question": ""}, "question"),
        ("/api/ask", {"question": "  "}, "question"),
        ("/api/ask", {"question": "x" * 20_000}, "question"),
        ("/api/ask", {"question": 5}, "question"),
        ("/api/ask", {"question": None}, "question"),
        ("/api/ask", {"question": "\ud800"}, "question"),
        ("/api/ask", {}, "question"),
        ("/api/ask", {"question": "a", "themes": ["no-such"]}, "themes"),
        ("/api/ask", {"question": "a", "themes": "houle"}, "themes"),
        ("/api/ask", {"question": "a", "history": [{"role": "system", "content": "b"}]}, "history.0.role"),
        ("/api/ask", {"question": "a", "history": "b"}, "history"),
        ("/api/ask", [], "body"),
        ("/api/search", {"question": ""}, "question"),
        ("/api/search", {"question": "a", "k": 0}, "k"),
        ("/api/search", {"question": "a", "k": 101}, "k"),
        ("/api/search", {"question": "a", "k": "10"}, "k"),
        ("/api/search", {"question": "a", "k": True}, "k"),
    ],
)
def test_a_mistake_is_named_with_its_field(client: TestClient, path: str, body: Any, field: str) -> None:
    response = client.post(path, content=_ascii_json(body), headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    problem = response.json()
    assert problem["detail"][0]["field"] == field
    assert problem["detail"][0]["message"] == problem["message"]["en"]
    assert problem["message"]["fr"] != problem["message"]["en"]


@pytest.mark.parametrize(
    "body", [b"", b"{", b"nonsense", b'{"question": "\xff"}', b"[" * 100_000, b'{"question": NaN}']
)
def test_what_is_not_json_is_refused_as_such(client: TestClient, body: bytes) -> None:
    response = client.post("/api/ask", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert set(response.json()) == {"detail", "message"}


def test_a_form_is_refused_with_the_remedy(client: TestClient) -> None:
    response = client.post("/api/ask", data={"question": "a"})
    assert response.status_code == 422
    assert "application/json" in response.json()["message"]["en"]


def test_several_mistakes_are_all_named(client: TestClient) -> None:
    detail = client.post("/api/search", json={"k": 0}).json()["detail"]
    assert [one["field"] for one in detail] == ["question", "k"]


ROUTES: list[Callable[[TestClient], Any]] = [
    lambda client: client.post("/api/ask", json={"question": "a"}),
    lambda client: client.post("/api/search", json={"question": "a"}),
    lambda client: client.get("/api/catalogue"),
    lambda client: client.get("/healthz"),
]


@pytest.mark.parametrize("call", ROUTES)
def test_asking_too_early_says_so_and_when_to_come_back(call: Callable[[TestClient], Any]) -> None:
    response = call(client_of(starting()))
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert "getting ready" in response.json()["message"]["en"]


@pytest.mark.parametrize("call", ROUTES)
def test_a_failed_start_says_why(call: Callable[[TestClient], Any]) -> None:
    response = call(client_of(failed(IndexMissing(home="/somewhere"))))
    assert response.status_code == 503
    assert "Retry-After" not in response.headers
    assert "passerelle ingest" in response.json()["message"]["fr"]


@pytest.mark.parametrize("call", ROUTES)
def test_an_index_that_breaks_later_says_why(call: Callable[[TestClient], Any]) -> None:
    broken = FakeAssistant(broken=StoreCorrupt(where="/somewhere", reason="torn"))
    response = call(client_of(ready(broken)))
    assert response.status_code == 503
    assert "torn" in response.json()["message"]["en"]


def test_health_tells_starting_from_failed() -> None:
    assert client_of(starting()).get("/healthz").json()["status"] == "starting"
    assert client_of(failed(IndexMissing(home="x"))).get("/healthz").json()["status"] == "failed"


def test_a_wrong_method_or_address_is_answered_in_the_same_shape(client: TestClient) -> None:
    for response in (client.get("/api/ask"), client.get("/api/nothing")):
        assert response.status_code in (404, 405)
        assert set(response.json()) == {"detail", "message"}


def _ascii_json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode("ascii")


def test_an_answer_that_a_model_worded_says_how(client: TestClient, assistant: FakeAssistant) -> None:
    assert "generation" not in client.post("/api/ask", json={"question": "Combien ?"}).json()
    assistant.given = answer(mode="generated", generation=Generation("fake:x", shown=1, dropped=2))
    given = client.post("/api/ask", json={"question": "Combien ?"}).json()
    assert (given["mode"], given["generation"]["dropped"]) == ("generated", 2)


def test_who_leaves_ends_the_answering() -> None:
    ended = threading.Event()

    class Endless(FakeAssistant):
        def stream(
            self,
            question: str,
            *,
            history: Sequence[Turn] = (),
            themes: Sequence[str] = (),
            visitor: str = "",
        ) -> Generator[Answer]:
            try:
                for _ in range(1000):
                    time.sleep(0.01)
                    yield self.given
            finally:
                ended.set()

    with serving(build_app(ready(Endless()))) as address:
        with pytest.raises(httpx.TimeoutException):
            httpx.post(f"{address}/api/ask", json={"question": "Combien ?"}, timeout=0.5)
        assert ended.wait(5)
