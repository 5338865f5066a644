"""The web app with a home of its own, a password, and a browser that may be logged in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.fakes import open_with, ready
from ui.opening import Opening
from ui.team.keys import Keys
from ui.team.wiring import answer_at_the_door, team_routes, wide_doors
from ui.web.front import Front
from ui.web.look import Look
from ui.web.pages import Pages

PASSWORD = "une huitre au clair de lune"


def team_app(opening: Opening, app: FastAPI | None = None) -> FastAPI:
    """Return the web app without its other rooms, which are slow to build."""
    app, pages = app or FastAPI(), Pages(Look())
    app.include_router(team_routes(pages, ready(), opening))
    answer_at_the_door(app, pages)
    app.add_middleware(Front, limit=1_000_000, wide=wide_doors(opening.settings), head="")
    return app


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 as it is, at the lowest cost that it allows."""
    monkeypatch.setattr("ui.team.keys.PasswordHasher", partial(PasswordHasher, time_cost=1, memory_cost=32))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A runtime folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def opening(home: Path) -> Opening:
    """The application on `home` with fakes, and no golden set."""
    return open_with(home, golden=home.parent / "golden")()


@pytest.fixture
def stranger(opening: Opening) -> Iterator[TestClient]:
    """A browser at the site whose team has a password, not logged in; redirects are not followed."""
    Keys(opening.home).set(PASSWORD)
    with TestClient(team_app(opening), follow_redirects=False) as client:
        yield client


@pytest.fixture
def member(stranger: TestClient) -> TestClient:
    """The same browser, logged in."""
    response = stranger.post("/admin/login", data={"password": PASSWORD})
    assert response.status_code == 303
    return stranger


@pytest.fixture
def csrf(member: TestClient) -> Callable[[str], str]:
    """Return what finds the token in a page's forms."""

    def token(page: str) -> str:
        found = re.search(r'name="csrf" value="([^"]+)"', member.get(page).text)
        assert found
        return found[1]

    return token
