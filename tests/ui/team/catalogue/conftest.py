"""A home with the Atelier des Marées, ingested once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import open_pipeline, write, write_fiches
from tests.ui.team.catalogue.visiting import Visit, visiting

DECK = """\
JARDINS DE SEL

Une terre de sel cultivée ensemble rend aux habitants des bourgs le goût des saisons.
\f
Exemple 1 : Sel et Vent https://seletvent.example

Elle prête ses 35 œillets aux écoles.

Force de cette initiative : la récolte est partagée.
\f
Exemple 2 : La Salorge https://salorge.example

Elle vend le sel au détail.

Force de cette initiative : les prix sont fixés à la criée.
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose version 1 holds the fiches and a deck with an initiative that has none."""
    folder = tmp_path_factory.mktemp("catalogue")
    files = [write_fiches(folder / "material"), write(folder / "deck.txt", DECK)]
    open_pipeline(folder / "home").ingest(files)
    return folder / "home"


@pytest.fixture
def visit(published: Path, tmp_path: Path) -> Iterator[Visit]:
    """Somebody of the team, logged in."""
    with visiting(published, tmp_path / "home") as one:
        yield one
