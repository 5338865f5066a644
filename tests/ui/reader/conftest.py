"""A home with documents to read, and the app that shows them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.fakes import open_pipeline, write_fiches
from tests.ingest.loaders import offices, pdfs
from tests.ui.fakes import open_with
from ui.opening import Opening
from ui.reader.page import routes
from ui.web.front import Front
from ui.web.look import Look
from ui.web.pages import Pages

HOSTILE = """\
# <script>alert(1)</script> Titre

## Une <b>partie</b>

Du texte avec <img src=x onerror=alert(2)> et [lien](javascript:alert(3)).

- premier point
- deuxième point sur les marées
"""


@dataclass(frozen=True)
class Library:
    """A home, and the site that reads from it."""

    home: Path
    client: TestClient

    def get(self, address: str, **headers: str) -> str:
        """Return a page in French, its no-break spaces as spaces."""
        response = self.client.get(address, headers={"Accept-Language": "fr", **headers})
        return response.text.replace("\u00a0", " ")


def fill(folder: Path) -> Path:
    """Write files of each kind that is shown otherwise below a folder."""
    write_fiches(folder)
    for name, content in {
        "rapport.pdf": pdfs.pdf(columns, hyphenated, continued),
        "a/bilan.pdf": pdfs.pdf(pdfs.said("Le bilan du port de Roscoff, premier document.")),
        "b/bilan.pdf": pdfs.pdf(pdfs.said("Le bilan du port de Concarneau, second document.")),
        "carnet.pptx": offices.slides(present),
        "pire <img src=x onerror=alert(1)>.md": HOSTILE.encode(),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def columns(page: pdfs.Page) -> None:
    page.write("Rapport du littoral", x=60, y=60, size=20)
    page.lines(pdfs.LEFT, x=60, y=120)
    page.lines(pdfs.RIGHT, x=320, y=120)
    page.table(pdfs.TABLE, y=300)


def hyphenated(page: pdfs.Page) -> None:
    lines = [
        "Un groupe qui construit, par un travail commun, des axes struc-",
        "turants de l'économie du littoral, à partir d'initia-",
        "tives concrètes issues des ports,",
        "et cette phrase se termine seulement sur la page",
    ]
    page.lines(lines, y=120)


def continued(page: pdfs.Page) -> None:
    page.lines(["suivante, où le lecteur doit la suivre jusqu'à son terme."], y=100)


def present(deck: object) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])  # type: ignore[attr-defined]
    slide.shapes.title.text = "Ce que nous mesurons"
    slide.placeholders[1].text_frame.text = "42 bouées instrumentées au large des Glénan"
    slide.notes_slide.notes_text_frame.text = "Dire que la coopérative compte 350 sociétaires."


def site(opening: Opening) -> TestClient:
    """Return a site of nothing but the reader."""
    app, look = FastAPI(), Look()
    app.include_router(routes(Pages(look), opening))
    app.add_middleware(Front, limit=1000, head="")
    return TestClient(app)


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that nothing changes."""
    folder = tmp_path_factory.mktemp("reader")
    open_pipeline(folder / "home").ingest([fill(folder / "material")])
    return folder / "home"


@pytest.fixture(scope="package")
def library(filled: Path) -> Iterator[Library]:
    """The site on it."""
    with site(open_with(filled)()) as client:
        yield Library(filled, client)


@pytest.fixture
def own_library(tmp_path: Path) -> Iterator[Callable[[Path], Library]]:
    """A site on a home of one's own."""
    opened: list[TestClient] = []

    def open_library(material: Path) -> Library:
        open_pipeline(tmp_path / "home").ingest([material])
        client = site(open_with(tmp_path / "home")())
        client.__enter__()
        opened.append(client)
        return Library(tmp_path / "home", client)

    yield open_library
    for client in opened:
        client.__exit__()
