"""What the pages of a PDF repeat: a deck's titles, running lines, figures that only look like numbering."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from corpus.catalogue import Initiative
from ingest.assembly import Assembled, assemble
from ingest.loaders import loader_for
from tests.ingest.loaders.pdfs import Page, pdf

TITLE = "PORTS SOBRES"
SLIDES = [
    ["Les ports sobres réduisent ce que la pêche", "consomme, quai après quai, avec leurs usagers."],
    [
        "Exemple 1 : FILETS DU NORD https://www.filets-du-nord.example",
        "Filets du Nord trie les filets usés de Roscoff et en tire du fil.",
        "Force de cette initiative : le tri se fait sur le quai même.",
    ],
    [
        "Exemple 2 : LA CRIÉE COMMUNE https://www.criee-commune.example",
        "La Criée commune vend en direct la pêche de quarante bateaux.",
        "Force de cette initiative : les pêcheurs fixent leurs prix.",
    ],
]


@pytest.mark.parametrize("size", [12, 20])
def test_a_title_that_heads_every_slide_is_the_theme_of_the_deck(size: float) -> None:
    found = _read([[TITLE, *slide] for slide in SLIDES], size=size)
    assert [fiche.id for fiche in found.derived] == ["ports-sobres", "filets-du-nord", "criee-commune"]
    themes = [fiche.themes for fiche in found.derived if isinstance(fiche, Initiative)]
    assert themes == [("ports-sobres",), ("ports-sobres",)]


def _read(slides: Sequence[Sequence[str]], *, size: float) -> Assembled:
    def draw(page: Page, lines: Sequence[str]) -> None:
        page.write(lines[0], x=60, y=40, size=size)
        page.lines(lines[1:], y=120, size=12)

    content = pdf(*[lambda page, lines=lines: draw(page, lines) for lines in slides])
    return assemble(loader_for(".pdf")(content, file="ports.pdf"), file="ports.pdf")


@pytest.mark.parametrize("said", ["Effectif de {} : {} pêcheurs.", "Année {} : {} pêcheurs, {} bateaux."])
def test_pages_that_differ_only_in_their_figures_are_kept_whole(said: str) -> None:
    pages = [said.format(2021 + page, 40 + 7 * page * page, 3 + page * page) for page in range(4)]
    found = _read([["Atelier des Marées", page] for page in pages], size=12)
    for page in pages:
        assert page in found.text


def test_pages_that_all_say_the_same_are_a_document() -> None:
    found = _read([["Attestation", "Le port de Roscoff est labellisé."]] * 4, size=12)
    assert "Le port de Roscoff est labellisé." in found.text


def test_running_lines_that_count_the_pages_are_left_out() -> None:
    said = [
        "Le tri se fait sur le quai.",
        "Les filets sont filés.",
        "Le fil est vendu.",
        "Le hangar est prêté.",
    ]
    pages = [[f"Rapport 2024, page {11 + page} sur 14", one] for page, one in enumerate(said)]
    found = _read(pages, size=12)
    assert "Rapport" not in found.text
    assert all(one in found.text for one in said)
