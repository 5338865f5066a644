"""The team's pages on a home whose version 1 holds the Atelier des Marées, with a golden set about it."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.home import Home
from evals.golden import Case
from evals.team_set import TeamSet
from tests.evals.cases import case
from tests.fakes import open_pipeline, write_fiches
from tests.ui.fakes import open_with
from tests.ui.team.conftest import PASSWORD
from ui.opening import Opening
from ui.team.keys import Keys
from ui.team.wiring import answer_at_the_door, team_routes
from ui.web.look import Look
from ui.web.pages import Pages
from ui.web.service import Service

PLACE = "/admin/evaluations"
SHIPPED = (
    case(
        "sardine-1",
        question="Combien de sociétaires a Houlocoop ?",
        facts=[["350"], ["sociétaires"]],
        theme="energies-de-la-houle",
        kind="number",
    ),
    case(
        "sardine-2",
        question="Où est Varech'Lab ?",
        facts=[["Concarneau"]],
        theme=None,
        initiative="varech-lab",
        kind="place",
        documents=["varech-lab"],
    ),
    case("sardine-3", question="Quelle est la capitale de l'Australie ?", answerable=False, kind="off-topic"),
)
"""The second wants what no document says, and fails."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a published version, for tests to copy."""
    folder = tmp_path_factory.mktemp("published")
    open_pipeline(folder / "home").ingest([write_fiches(folder / "material")])
    Keys(Home(folder / "home")).set(PASSWORD)
    return folder / "home"


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A home of one's own with a published version."""
    return Path(shutil.copytree(published, tmp_path / "home"))


@pytest.fixture
def golden(tmp_path: Path) -> Path:
    """A folder with one golden set, `ports`."""
    folder = tmp_path / "golden"
    folder.mkdir()
    lines = "\n".join(one.model_dump_json() for one in SHIPPED)
    (folder / "ports.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture
def opening(home: Path, golden: Path) -> Opening:
    return open_with(home, golden=golden)()


@pytest.fixture
def team(home: Path) -> TeamSet:
    return TeamSet(home)


class Browser:
    """Somebody of the team who is logged in, reads French, and follows where a form leads."""

    def __init__(self, client: TestClient) -> None:
        self._client = client
        self._client.headers["Accept-Language"] = "fr"
        self._client.post("/admin/login", data={"password": PASSWORD})
        found = re.search(r'name="csrf" value="([^"]+)"', self.get(PLACE).text)
        assert found
        self._csrf = found[1]

    def get(self, address: str) -> Any:
        return self._client.get(address)

    def page(self, address: str) -> str:
        """Return a page with ordinary spaces."""
        response = self.get(address)
        assert response.status_code == 200, response.text
        return _spaced(response.text)

    def post(self, address: str, **fields: object) -> tuple[int, str]:
        """Send a form; return the status and what is shown in the end, the notice of the next page too."""
        given = {**fields, "csrf": self._csrf}
        response = self._client.post(address, data=given, follow_redirects=False)
        if response.status_code == 303:
            return 303, self.page(response.headers["location"])
        return response.status_code, _spaced(response.text)

    def run(self, *sets: str, **fields: object) -> str:
        """Start a run, and return the first page once it has ended."""
        self.post(PLACE, sets=list(sets), **fields)
        for _ in range(600):
            page = self.page(PLACE)
            if 'data-state="running"' not in page:
                return page
            time.sleep(0.05)
        raise AssertionError("the run does not end")


@contextmanager
def entered(opening: Opening) -> Iterator[Browser]:
    """Serve the pages of the team, and log in."""
    service = Service(opening.assistant)
    service.start()
    service.wait(30)
    app, look = FastAPI(), Look()
    pages = Pages(look)
    app.include_router(look.routes())
    app.include_router(team_routes(pages, service, opening))
    answer_at_the_door(app, pages)
    with TestClient(app) as client:
        yield Browser(client)
    service.stop()


@pytest.fixture
def browser(opening: Opening) -> Iterator[Browser]:
    with entered(opening) as browser:
        yield browser


@pytest.fixture
def run_id(browser: Browser) -> str:
    """The id of a run of `ports`."""
    return latest(browser.run("ports"))


def latest(page: str) -> str:
    """Return the id of the run that a first page leads to."""
    found = re.search(rf'href="{PLACE}/runs/([\d-]+)"', page)
    assert found, page
    return found[1]


def own(id: str = "moule-1", **fields: object) -> Case:
    """Return a case as a member would write it."""
    return case(id, question=f"Quand est née {id} ?", theme=None, **fields)


def _spaced(text: str) -> str:
    return text.replace("\u00a0", " ")
