"""The door lets in who knows the password, for a while, and nothing that another site sends."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.responses import PlainTextResponse
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from corpus.home import Home
from tests.ui.team.conftest import PASSWORD, team_app
from ui.errors import LoginsWaiting
from ui.opening import Opening
from ui.team.door import LASTS, SESSION, Door, Member, local
from ui.team.keys import Keys
from ui.team.wiring import answer_at_the_door
from ui.web.look import Look
from ui.web.pages import Pages

PAGE = "/admin/documents"


def log_in(client: TestClient, password: str = PASSWORD, **fields: str) -> int:
    return client.post("/admin/login", data={"password": password, **fields}).status_code


def test_while_no_password_is_set_the_door_stays_shut_and_says_how_to_set_one(opening: Opening) -> None:
    with TestClient(team_app(opening), follow_redirects=False) as client:
        for path in (PAGE, "/admin/login", "/admin/jobs/x"):
            response = client.get(path)
            assert response.status_code == 403
            assert "passerelle admin password" in response.text
        for password in ("", PASSWORD):
            response = client.post("/admin/login", data={"password": password})
            assert (response.status_code, response.cookies.get(SESSION)) == (403, None)


def test_who_is_not_logged_in_is_led_to_the_login_and_back(stranger: TestClient) -> None:
    response = stranger.get("/admin/documents?q=ports&page=2")
    assert response.status_code == 303
    page = stranger.get(response.headers["location"]).text
    asked = re.search(r'name="next" value="([^"]+)"', page)
    assert asked
    wanted = asked[1].replace("&amp;", "&")
    assert wanted == "/admin/documents?q=ports&page=2"
    response = stranger.post("/admin/login", data={"password": PASSWORD, "next": wanted})
    assert response.headers["location"] == wanted
    assert stranger.get(wanted).status_code == 200


def test_the_team_s_first_page_is_documents(stranger: TestClient) -> None:
    for path in ("/admin", "/admin/"):
        assert stranger.get(path).headers["location"] == PAGE


def test_a_wrong_password_is_told_as_that_and_no_more(stranger: TestClient) -> None:
    response = stranger.post(
        "/admin/login", data={"password": "une huitre"}, headers={"Accept-Language": "en"}
    )
    assert response.status_code == 403
    assert "Wrong password; try again." in response.text
    assert SESSION not in response.cookies
    assert "une huitre" not in response.text


def test_the_session_is_for_the_team_s_pages_and_for_no_script(stranger: TestClient) -> None:
    response = stranger.post("/admin/login", data={"password": PASSWORD})
    cookie = response.headers["set-cookie"]
    for said in ("HttpOnly", "SameSite=strict", "Path=/admin", f"Max-Age={LASTS}"):
        assert said in cookie
    assert "Secure" not in cookie


def test_over_https_the_session_never_goes_in_the_clear(opening: Opening) -> None:
    Keys(opening.home).set(PASSWORD)
    with TestClient(team_app(opening), base_url="https://site.example") as client:
        response = client.post("/admin/login", data={"password": PASSWORD}, follow_redirects=False)
        assert "Secure" in response.headers["set-cookie"]


class Site:
    """A door of its own with one page behind it, `/admin/room`, and a clock that is set by hand."""

    def __init__(self, home: Home) -> None:
        self.now = 1_000_000.0
        self.waited: list[float] = []
        self.door = Door(home, clock=lambda: self.now, sleep=self._sleep)
        app, pages, guard = FastAPI(), Pages(Look()), self.door.guard

        @app.api_route("/admin/room", methods=["GET", "POST"])
        def room(member: Member = guard) -> PlainTextResponse:
            return PlainTextResponse(member.csrf)

        app.include_router(self.door.routes(pages))
        answer_at_the_door(app, pages)
        self.client = TestClient(app, follow_redirects=False)

    async def _sleep(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
def site(home: Path) -> Site:
    made = Site(Home(home))
    made.door.keys.set(PASSWORD)
    assert log_in(made.client) == 303
    return made


def test_a_session_ends_after_twelve_hours(site: Site) -> None:
    site.now += LASTS - 1
    assert site.client.get("/admin/room").status_code == 200
    site.now += 2
    assert site.client.get("/admin/room").status_code == 303


def test_a_session_ends_when_the_password_changes(site: Site) -> None:
    Keys(Home(site.door.keys.file.parent)).set("un autre mot de passe")
    assert site.client.get("/admin/room").status_code == 303
    assert log_in(site.client) == 403
    assert log_in(site.client, "un autre mot de passe") == 303


def test_who_leaves_has_left_even_with_the_cookie_of_before(site: Site) -> None:
    cookie, csrf = site.client.cookies[SESSION], site.client.get("/admin/room").text
    assert site.client.post("/admin/logout", data={"csrf": csrf}).headers["location"] == "/admin/login"
    site.client.cookies.set(SESSION, cookie, path="/admin")
    assert site.client.get("/admin/room").status_code == 303


@pytest.mark.parametrize("change", [lambda one: one[1:], lambda one: "", lambda one: one.swapcase()])
def test_a_session_that_was_tampered_with_is_none(site: Site, change: Callable[[str], str]) -> None:
    cookie = site.client.cookies[SESSION]
    site.client.cookies.clear()
    site.client.cookies.set(SESSION, change(cookie), path="/admin")
    assert site.client.get("/admin/room").status_code == 303


def test_a_notice_is_no_session(site: Site) -> None:
    signed = site.door._signed("notice").dumps({"id": "x", "csrf": "y"})
    site.client.cookies.clear()
    site.client.cookies.set(SESSION, str(signed), path="/admin")
    assert site.client.get("/admin/room").status_code == 303


def test_wrong_passwords_make_the_next_try_wait(site: Site) -> None:
    site.waited.clear()
    for _ in range(5):
        assert log_in(site.client, "rien de tel") == 403
    assert log_in(site.client) == 303
    assert site.waited == [0, 0, 0, 0.5, 1, 2]


def test_when_too_many_try_at_once_the_next_is_turned_away(home: Path) -> None:
    door = Door(Home(home), sleep=lambda _seconds: asyncio.sleep(0.02))
    door.keys.set(PASSWORD)

    async def attempts() -> list[object]:
        return await asyncio.gather(*(door.admit(PASSWORD) for _ in range(12)), return_exceptions=True)

    found = asyncio.run(attempts())
    assert found.count(None) == 10
    assert [type(one) for one in found if one] == [LoginsWaiting, LoginsWaiting]


def test_what_is_posted_needs_the_token_of_the_session(site: Site) -> None:
    csrf = site.client.get("/admin/room").text
    post = site.client.post
    assert post("/admin/room").status_code == 403
    assert post("/admin/room", data={"csrf": "x"}).status_code == 403
    assert post("/admin/room", data={"csrf": csrf}).text == csrf
    assert post("/admin/room", headers={"X-CSRF": csrf}).text == csrf
    assert post("/admin/room", data={"csrf": csrf}, files={"file": ("a.txt", b"a")}).text == csrf
    assert post("/admin/room", json={"csrf": csrf}).status_code == 403
    site.client.cookies.clear()
    response = post("/admin/room", data={"csrf": csrf})
    assert response.status_code == 403
    assert "location" not in response.headers


def test_the_token_of_another_session_is_refused(site: Site) -> None:
    csrf = site.client.get("/admin/room").text
    assert log_in(site.client) == 303
    assert site.client.post("/admin/room", data={"csrf": csrf}).status_code == 403


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://testserver.evil.example"},
]
OWN: list[dict[str, str]] = [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}]


@pytest.mark.parametrize("headers", FOREIGN)
def test_what_another_site_sends_is_refused_even_with_the_token(site: Site, headers: dict[str, str]) -> None:
    csrf = site.client.get("/admin/room").text
    assert site.client.post("/admin/room", data={"csrf": csrf}, headers=headers).status_code == 403
    assert site.client.post("/admin/login", data={"password": PASSWORD}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", OWN)
def test_what_our_own_page_sends_is_taken(site: Site, headers: dict[str, str]) -> None:
    csrf = site.client.get("/admin/room").text
    assert site.client.post("/admin/room", data={"csrf": csrf}, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/admin", "//evil.example/admin", "/\\evil.example", "/admin//evil.example", "",
        "/admin/../gradio", "/", "/api/gaps", "javascript:alert(1)", "/administration", "/admin/login",
        "/admin/logout", "/admin/x\r\nSet-Cookie: a=b", "/admin@evil.example", "/admin/é", "/admin/x#y",
    ],
)  # fmt: skip
def test_a_login_leads_to_no_other_place(site: Site, address: str) -> None:
    assert local(address) == PAGE
    response = site.client.post("/admin/login", data={"password": PASSWORD, "next": address})
    assert response.headers["location"] == PAGE


@pytest.mark.parametrize("address", ["/admin", PAGE, "/admin/documents/versions/3", "/admin/x?q=a%20b&c=//d"])
def test_a_login_leads_to_the_team_s_page_that_was_asked_for(address: str) -> None:
    assert local(address) == address


def test_a_stranger_s_file_is_not_even_read(stranger: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def read(_request: object, **_limits: object) -> None:
        pytest.fail("the form was read")

    monkeypatch.setattr("starlette.requests.Request._get_form", read)
    response = stranger.post("/admin/documents/upload", files={"files": ("a.md", b"# A")})
    assert response.status_code == 403


def below(router: Any) -> Iterator[APIRoute]:
    """Yield the routes of a router and of those that it includes."""
    for route in router.routes:
        if isinstance(route, APIRoute):
            yield route
        elif included := getattr(route, "original_router", None):
            yield from below(included)


def test_every_route_of_the_team_is_behind_the_door(stranger: TestClient) -> None:
    assert isinstance(stranger.app, FastAPI)
    routes = [(method, route.path) for route in below(stranger.app.router) for method in route.methods or ()]
    behind = [one for one in routes if one[1] not in ("/admin", "/admin/", "/admin/login")]
    assert len(behind) > 10
    for method, path in behind:
        address = re.sub(r"{[^}]*}", "1", path)
        response = stranger.request(method, address)
        if method == "GET":
            assert response.headers.get("location", "").startswith("/admin/login?next="), path
        else:
            assert response.status_code == 403, path
