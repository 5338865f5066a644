"""The Atelier des Marées with its fiches live, and a member of the team at work on its documents."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.fakes import write_fiches
from tests.ui.fakes import open_with
from tests.ui.team.conftest import PASSWORD, team_app
from ui.opening import Opening
from ui.team.jobs import Job, Jobs
from ui.team.keys import Keys

NOTE = "# Note\n\nLa cale mesure 40 mètres.\n"
PAGE = "/admin/documents"


@dataclass
class Desk:
    """What a member does by the pages."""

    client: TestClient
    opening: Opening

    def get(self, path: str = PAGE) -> Any:
        return self.client.get(path)

    def text(self, path: str = PAGE) -> str:
        """Return what a page says in its main part, in French, on one line."""
        page: str = self.get(path).text.partition("<main")[2].partition("</main>")[0]
        words = unescape(re.sub(r"<[^>]+>", " ", "<main" + page)).replace("\u00a0", " ")
        return re.sub(r"\s+", " ", words)

    def post(self, path: str, **fields: str) -> Any:
        token = re.search(r'name="csrf" value="([^"]+)"', self.get(f"{PAGE}/inbox").text)
        assert token
        return self.client.post(path, data={"csrf": token[1], **fields})

    def send(self, *files: tuple[str, str | bytes]) -> Any:
        token = re.search(r'name="csrf" value="([^"]+)"', self.get().text)
        assert token
        sent = [("files", (name, text if isinstance(text, bytes) else text.encode())) for name, text in files]
        return self.client.post(f"{PAGE}/upload", data={"csrf": token[1]}, files=sent)

    def done(self) -> Job:
        """Wait until the work has ended, and return what came of it."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            page = self.get().text
            if 'data-state="running"' not in page:
                break
            time.sleep(0.02)
        job = Jobs(self.opening.home.folder / "jobs").latest("ingest")
        assert job
        return job

    def prepared(self, *files: tuple[str, str | bytes]) -> Job:
        """Send files in and wait for the version."""
        assert self.send(*files).status_code == 303
        return self.done()

    @property
    def live(self) -> int:
        return self.opening.version().number

    @property
    def inbox(self) -> Sequence[str]:
        folder = self.opening.home.inbox
        return sorted(one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file())


@pytest.fixture(scope="session")
def ingested_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose version 1 holds the fiches: copied rather than made for every test."""
    folder = tmp_path_factory.mktemp("marees")
    open_with(folder / "home")().pipeline().ingest([write_fiches(folder / "material")])
    return folder / "home"


@pytest.fixture
def desk(
    ingested_home: Path, home: Path, opening: Opening, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk over version 1, which holds the fiches, below `material`.

    Whether a store is sound before it is published takes a process of its own; that is tested elsewhere.
    """
    monkeypatch.setattr("ingest.publishing.check", lambda *_arguments, **_named: None)
    shutil.copytree(ingested_home, home)
    write_fiches(tmp_path / "material")
    Keys(opening.home).set(PASSWORD)
    with TestClient(team_app(opening), follow_redirects=False) as client:
        assert client.post("/admin/login", data={"password": PASSWORD}).status_code == 303
        yield Desk(client, opening)
