"""Programs that ask by another method, and people who follow a dead link, hear what is true."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.ui.fakes import FakeAssistant
from ui.web.app import build_app
from ui.web.service import Service

PAGE = {"Accept": "text/html,application/xhtml+xml"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(build_app(Service(FakeAssistant))) as client:
        yield client


@pytest.mark.parametrize("place", ["/", "/simple", "/explorer", "/donnees", "/healthz", "/favicon.ico"])
def test_head_says_what_get_does_without_the_body(client: TestClient, place: str) -> None:
    head, got = client.head(place), client.get(place)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers["Content-Type"] == got.headers["Content-Type"]


@pytest.mark.parametrize(
    ("method", "place", "allowed"),
    [("POST", "/explorer", "GET"), ("PUT", "/simple", "GET"), ("GET", "/api/ask", "POST")],
)
def test_another_method_than_those_taken_is_refused_with_those(
    client: TestClient, method: str, place: str, allowed: str
) -> None:
    response = client.request(method, place)
    assert (response.status_code, response.headers["Allow"]) == (405, allowed)


def test_a_dead_link_leads_people_to_a_page_with_the_way_back(client: TestClient) -> None:
    for place, language, said in (("/nope", "fr", "aucune page"), ("/explorer/nope", "en", "no page")):
        response = client.get(place, headers={**PAGE, "Accept-Language": language})
        assert response.status_code == 404
        assert said in response.text.casefold()
        assert 'href="/"' in response.text


def test_a_program_hears_it_in_its_own_way(client: TestClient) -> None:
    response = client.get("/nope", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})
    assert client.get("/gradio_api/nope", headers=PAGE).status_code == 404
