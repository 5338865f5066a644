"""Think tanks for the explorer: a small one, one of any size, and one whose fields are hostile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.catalogue import Catalogue, Figure, Initiative, Source, Theme, ThinkTank
from corpus.documents import Passage
from tests.ui.fakes import FakeAssistant, FakeIndex, ready
from ui.explore.explorer import routes
from ui.web.look import Look
from ui.web.pages import Pages
from ui.web.service import Service

HOUSE = ThinkTank(kind="think-tank", id="marees", name="L'Atelier des Marées")
WAVES = Theme(kind="theme", id="houle", name="Énergies de la houle", name_en="Wave energy")
HARBOURS = Theme(
    kind="theme", id="ports", name="Ports partagés", figures=(Figure(value="12", counts="ports"),)
)
HOULOCOOP = Initiative(
    kind="initiative",
    id="houlocoop",
    name="Houlocoop",
    aliases=("Houle Coop",),
    themes=("houle", "ports"),
    form="coopérative, PTCE",
    site="https://houlocoop.example/baie",
    territory="Audierne",
    year=2011,
    strength="l'implication des habitants de l'île",
    objectives=("produire sans barrage",),
    figures=(Figure(value="350", counts="sociétaires"),),
    sources=(Source(document="carnet-de-bord", slide=3), Source(document="criee")),
)
CRIEE = Initiative(
    kind="initiative",
    id="criee",
    name="La Criée ouverte",
    themes=("ports",),
    territory="vallée perdue",
    year=2003,
)
PHARE = Initiative(kind="initiative", id="phare", name="Phare des Possibles", themes=("ports",))
CATALOGUE = Catalogue(
    themes=(WAVES, HARBOURS),
    initiatives=(HOULOCOOP, CRIEE, PHARE),
    think_tanks=(HOUSE,),
    documents={one.id: one.id for one in (WAVES, HARBOURS, HOULOCOOP, CRIEE, PHARE)},
    merged={"houle-coop": "houlocoop"},
)


def passage(text: str, document: str = "houlocoop", *, title: str = "Houlocoop", **fields: object) -> Passage:
    """Return a passage of a document."""
    where = {"start": 0, "end": len(text), "file": f"{document}.md", **fields}
    return Passage(document_id=document, title=title, text=text, **where)  # type: ignore[arg-type]


PASSAGES = (
    passage("Elle est née en 2011. Elle compte 2015 bouées.", entry="houlocoop", themes=("houle",), start=40),
    passage("La régie a ouvert en 2003.", "criee", title="La Criée ouverte", initiative="criee", page=4),
    passage(
        "Houlocoop s'y joint en 2019.", "criee", title="La Criée ouverte", initiative="houlocoop", start=90
    ),
)


@dataclass
class Holding(FakeAssistant):
    """Holds a catalogue and passages."""

    catalogue: Catalogue = CATALOGUE
    passages: Sequence[Passage] = PASSAGES

    @property
    def index(self) -> FakeIndex:
        if self.broken:
            raise self.broken
        return FakeIndex(catalogue=self.catalogue, passages=self.passages)


def client_of(catalogue: Catalogue = CATALOGUE, passages: Sequence[Passage] = PASSAGES) -> TestClient:
    """Return a browser without JavaScript at the pages of a think tank."""
    return serve(ready(Holding(catalogue=catalogue, passages=passages)))


def serve(service: Service) -> TestClient:
    """Return a browser at the explorer alone, without the chat, which takes a second to build."""
    app = FastAPI()
    app.include_router(routes(Pages(Look()), service))
    return TestClient(app, headers={"Accept-Language": "fr"})


def crowd(count: int, *, themes: int = 9) -> Catalogue:
    """Return a catalogue of `count` initiatives, each of one or two themes."""
    of = [Theme(kind="theme", id=f"t{n}", name=f"Un thème assez long, numéro {n}") for n in range(themes)]
    initiatives = [
        Initiative(
            kind="initiative",
            id=f"i{n}",
            name=f"Association pour la coopération n° {n}",
            themes=tuple(dict.fromkeys((f"t{n % themes}", f"t{(n * 7 + 1) % themes}")))
            if n % 3 == 0
            else (f"t{n % themes}",),
            territory=("Bretagne", "Isère", None)[n % 3],
            year=1990 + n % 30,
        )
        for n in range(count)
    ]
    documents = {one.id: one.id for one in (*of, *initiatives)}
    return Catalogue(themes=tuple(of), initiatives=tuple(initiatives), documents=documents)


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> \u202eresrever {{ 7*7 }}"


def hostile() -> Catalogue:
    """Return a catalogue whose every field is hostile."""
    theme = Theme(kind="theme", id="t", name=HOSTILE)
    one = Initiative(
        kind="initiative",
        id="i",
        name=f"{HOSTILE} name",
        aliases=(f"{HOSTILE} alias",),
        themes=("t",),
        form=HOSTILE,
        site="https://example.org/'onmouseover=alert(1)",
        territory=f"Bagneux {HOSTILE}",
        strength=HOSTILE + "x" * 200,
        objectives=(HOSTILE,),
        figures=(Figure(value=HOSTILE, counts=HOSTILE),),
        sources=(Source(document=HOSTILE, slide=1),),
        year=2001,
    )
    return Catalogue(themes=(theme,), initiatives=(one,), documents={"t": "t", "i": "i"})
