"""One server with the shipped material and one Chromium for all browser tests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from corpus.home import Home
from tests.browser.sites import Site, one_line_sites
from tests.browser.visiting import DESKTOP, FRENCH, PASSWORD, PHONE, Speaker, Visit, Watch, begin
from tests.server import served, serving
from tests.ui.fakes import FakeAssistant, answer, citation, open_with, ready
from ui.opening import Opening
from ui.team.keys import Keys
from ui.web.app import build_app


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home that is served; the team's door has a password."""
    folder = tmp_path_factory.mktemp("serve") / "home"
    Keys(Home(folder)).set(PASSWORD)
    return folder


@pytest.fixture(scope="session")
def sites() -> Iterator[tuple[Site, Site]]:
    """Two sites of other origins; the first may show the chat in its pages."""
    with one_line_sites() as sites:
        yield sites


@pytest.fixture(scope="session")
def address(home: Path, sites: tuple[Site, Site]) -> Iterator[str]:
    """The address of `passerelle serve`, ready to answer."""
    allowed = json.dumps([sites[0].origin])
    with served(home, log=home.parent / "log", PASSERELLE_WIDGET_ORIGINS=allowed) as address:
        for site in sites:
            site.chat = address
        yield address


@pytest.fixture(scope="session")
def table_opening(tmp_path_factory: pytest.TempPathFactory) -> Opening:
    """The home of the chat that answers from a table."""
    return open_with(tmp_path_factory.mktemp("table") / "home")()


@pytest.fixture(scope="session")
def table(table_opening: Opening) -> Iterator[str]:
    """The address of a chat that gives the same answer, with two sources, to every question."""
    two = answer(citations=(citation(), citation(2, passage="Houlocoop est née en 2011.", quote="2011")))
    app = build_app(ready(FakeAssistant(two)), table_opening)
    with serving(app, lifespan="on") as address:
        yield f"{address}/"


@pytest.fixture
def site(address: str, sites: tuple[Site, Site]) -> str:
    """The address of a page that carries the widget and may show the chat."""
    return sites[0].origin


@pytest.fixture
def foreign_site(address: str, sites: tuple[Site, Site]) -> str:
    """The address of one that may not."""
    return sites[1].origin


@pytest.fixture
def watch() -> Iterator[Watch]:
    """What goes wrong on the pages of a test: nothing may."""
    watch = Watch()
    yield watch
    assert watch.wrong == []


@pytest.fixture
def leaf(browser: Browser, watch: Watch) -> Iterator[Visit]:
    """Give an empty page for a visitor of some language, screen and colour."""
    contexts = []

    def open_page(
        speaker: Speaker = FRENCH,
        *,
        size: tuple[int, int] = DESKTOP,
        scheme: str = "light",
        motion: str = "reduce",
        script: bool = True,
    ) -> Page:
        context = browser.new_context(
            locale=speaker.locale,
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce" if motion == "reduce" else "no-preference",
            is_mobile=size == PHONE,
            has_touch=size == PHONE,
            java_script_enabled=script,
            permissions=["clipboard-read", "clipboard-write"],
        )
        contexts.append(context)
        context.route("**/*", watch.route)
        page = context.new_page()
        watch.follow(page)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def visit(leaf: Visit, address: str) -> Visit:
    """Open the chat as such a visitor."""

    def open_chat(speaker: Speaker = FRENCH, **fields: object) -> Page:
        return begin(leaf(speaker, **fields), address)

    return open_chat
