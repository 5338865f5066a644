"""Somebody of the team in front of a home that holds the Atelier des Marées."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, Tag
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ui.fakes import open_with, ready
from tests.ui.team.conftest import PASSWORD
from ui.opening import Opening
from ui.team.keys import Keys
from ui.team.wiring import answer_at_the_door, team_routes, wide_doors
from ui.web.front import Front
from ui.web.look import Look
from ui.web.pages import Pages


class Visit:
    """A browser that is logged in and reads French."""

    def __init__(self, client: TestClient, opening: Opening) -> None:
        self.opening = opening
        self._client = client
        client.post("/admin/login", data={"password": PASSWORD})

    def page(self, address: str, *, status: int = 200) -> BeautifulSoup:
        """Return a page with ordinary spaces."""
        response = self._client.get(address)
        assert response.status_code == status, response.text
        return parsed(response.text)

    def following(self, address: str) -> BeautifulSoup:
        """Return the page that an address leads to in the end."""
        return parsed(self._client.get(address, follow_redirects=True).text)

    def send(self, form: Tag, **changes: Any) -> tuple[int, BeautifulSoup]:
        """Send a form as it stands but for some fields: a list for several of one name.

        Returns the status and the page that is shown in the end.
        """
        fields = filled(form) | {name.replace("__", "."): value for name, value in changes.items()}
        response = self._client.post(str(form["action"]), data=fields, follow_redirects=False)
        if response.status_code == 303:
            return 303, self.page(response.headers["location"].partition("#")[0])
        return response.status_code, parsed(response.text)

    def settled(self, address: str = "/admin/catalogue") -> BeautifulSoup:
        """Return a page once the work in the background has ended."""
        for _ in range(600):
            page = self.page(address)
            if not page.select('[data-state="running"]'):
                return page
            time.sleep(0.05)
        raise AssertionError("the work does not end")

    def publish(self, number: int) -> None:
        """Publish a version as the page of Documents does."""
        page = self.page(f"/admin/documents/versions/{number}")
        form = page.select_one(f'form[action$="{number}/publish"]')
        assert form is not None
        assert self.send(form)[0] == 303


@contextmanager
def visiting(published: Path, home: Path) -> Iterator[Visit]:
    """Serve the team's pages on a copy of a home."""
    shutil.copytree(published, home)
    opening = open_with(home, golden=home.parent / "golden")()
    Keys(opening.home).set(PASSWORD)
    yield Visit(TestClient(team_app(opening), headers={"Accept-Language": "fr"}), opening)


def team_app(opening: Opening) -> FastAPI:
    """Return the application with the pages of the team alone: the chat is slow to build."""
    app, look = FastAPI(), Look()
    pages = Pages(look)
    app.include_router(look.routes())
    app.include_router(team_routes(pages, ready(), opening))
    answer_at_the_door(app, pages)
    app.add_middleware(Front, limit=1_000_000, wide=wide_doors(opening.settings), head="")
    return app


def parsed(text: str) -> BeautifulSoup:
    return BeautifulSoup(re.sub("[\u00a0\u202f]", " ", text), "html.parser")


def the(page: BeautifulSoup | Tag, selector: str) -> Tag:
    """Return the one element that is meant."""
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def filled(form: Tag) -> dict[str, Any]:
    """Return what a browser sends of a form whose buttons are not pressed."""
    fields: dict[str, list[str]] = {}
    for one in form.select("input, textarea, select"):
        name, kind = str(one.get("name", "")), str(one.get("type", "text"))
        if not name or (kind in ("checkbox", "radio") and not one.has_attr("checked")):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]")
            value = str(chosen["value"]) if chosen else ""
        else:
            value = one.text.removeprefix("\n") if one.name == "textarea" else str(one.get("value", ""))
        fields.setdefault(name, []).append(value)
    return {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
