"""The web app with a home of its own, a password, and a browser that may be logged in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.ui.fakes import open_with, ready
from ui.opening import Opening
from ui.team.keys import Keys
from ui.web.app import build_app

PASSWORD = "une huitre au clair de lune"


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
    with TestClient(build_app(ready(), opening), follow_redirects=False) as client:
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
