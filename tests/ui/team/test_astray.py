"""Whoever types or follows an address that leads nowhere sees a page with a way back, never raw JSON."""

from __future__ import annotations

import html

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.team.conftest import team_app
from ui.opening import Opening
from ui.team.keys import Keys
from ui.web.api import answer_errors

ASTRAY = [
    "/admin/documents/versions/x", "/admin/documents/versions/x/discard", "/admin/feedback/x/case",
    "/admin/feedback/99999999999/case", "/admin/nothing", "/admin/documents/nothing/of/it",
    "/admin/documents/upload", "/admin/logout",
]  # fmt: skip


@pytest.mark.parametrize("address", ASTRAY)
def test_an_address_that_leads_nowhere_is_told_on_a_page(member: TestClient, address: str) -> None:
    for language, said in (("fr", "Aucune page de l’équipe"), ("en", "No page of the team")):
        response = member.get(address, headers={"Accept-Language": language})
        assert response.status_code in (404, 422)
        assert response.headers["content-type"].startswith("text/html")
        assert said in html.unescape(response.text)
        assert 'href="/admin/documents"' in response.text


@pytest.mark.parametrize("address", ["/admin/documents/forget", "/admin/documents/original"])
def test_a_document_that_is_not_named_is_told_on_a_page(member: TestClient, address: str) -> None:
    response = member.get(address)
    assert response.status_code == 404
    assert "notice wrong" in response.text


@pytest.mark.parametrize("page", ["x", "-3", "", "1e3", "\u0663", "9" * 30])
def test_a_page_of_the_list_that_makes_no_sense_is_another(member: TestClient, page: str) -> None:
    assert member.get("/admin/documents", params={"page": page}).status_code == 200


def test_an_address_that_ends_with_a_slash_leads_on(member: TestClient) -> None:
    assert member.get("/admin/catalogue/").headers["location"] == "/admin/catalogue"
    assert member.get("/admin//evil.example/").headers["location"] == "/admin/evil.example"


def test_a_stranger_is_led_to_the_login_whatever_the_address(stranger: TestClient) -> None:
    for address in ASTRAY:
        assert stranger.get(address).headers["location"].startswith("/admin/login?next="), address


def test_what_cannot_be_read_of_a_sending_is_told_on_a_page(member: TestClient) -> None:
    response = member.post(
        "/admin/documents/upload", content=b"x", headers={"Content-Type": "multipart/form-data"}
    )
    assert response.status_code == 400
    assert "n’a pas pu être lu" in response.text


def test_what_programs_ask_for_stays_json(opening: Opening) -> None:
    Keys(opening.home).set("une huitre au clair de lune")
    app = FastAPI()
    answer_errors(app)
    team_app(opening, app)

    @app.get("/api/number/{number}")
    def number(number: int) -> int:
        return number

    with TestClient(app) as client:
        for address, status in (("/api/number/x", 422), ("/api/nothing", 404)):
            response = client.get(address, headers={"Accept": "text/html"})
            assert response.status_code == status
            assert set(response.json()) == {"detail", "message"}
