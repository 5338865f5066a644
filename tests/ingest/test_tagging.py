from __future__ import annotations

import pytest

from corpus.catalogue import Catalogue, build_catalogue
from corpus.documents import Passage
from corpus.names import Names
from ingest.loading import find_files, load
from ingest.tagging import tag
from tests.fakes import write_fiches


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = write_fiches(tmp_path_factory.mktemp("marees"))
    read = [load(found, size_limit=10_000) for found in find_files([folder])]
    return build_catalogue((one.document.file, one.document.id, one.fiche) for one in read if one.fiche)


def tagged(text: str, catalogue: Catalogue, *, themes: tuple[str, ...] = ()) -> Passage:
    passage = Passage("note", "Note", "note.txt", text, 0, len(text), themes=themes)
    [found] = tag([passage], catalogue=catalogue, names=Names(catalogue))
    return found


@pytest.mark.parametrize(
    ("text", "initiative", "themes"),
    [
        ("Houlocoop a posé une bouée.", "houlocoop", ("energies-de-la-houle",)),
        ("L'atelier de Maille a maille", "maille-a-maille", ("filets-et-recyclage", "ports-partages")),
        ("VARECH LAB et les ports partagés", "varech-lab", ("filets-et-recyclage", "ports-partages")),
        ("Le recyclage des filets au port partagé", None, ("filets-et-recyclage", "ports-partages")),
        ("L'Atelier des Marées a vingt ans.", None, ()),
        ("Une barque rentre au soir.", None, ()),
    ],
)
def test_a_passage_is_tagged_with_what_it_names(
    catalogue: Catalogue, text: str, initiative: str | None, themes: tuple[str, ...]
) -> None:
    found = tagged(text, catalogue)
    assert (found.initiative, found.themes) == (initiative, themes)


def test_a_passage_that_names_two_initiatives_is_tagged_with_neither(catalogue: Catalogue) -> None:
    assert tagged("Houlocoop et Varech'Lab travaillent ensemble.", catalogue).initiative is None


def test_a_name_with_a_typo_tags_nothing(catalogue: Catalogue) -> None:
    assert tagged("Houlocop a posé une bouée.", catalogue).initiative is None


def test_the_tags_of_a_fiche_are_left_alone(catalogue: Catalogue) -> None:
    found = tagged("Houlocoop est voisine du port.", catalogue, themes=("ports-partages",))
    assert (found.initiative, found.themes) == (None, ("ports-partages",))


def test_tagging_changes_neither_text_nor_place(catalogue: Catalogue) -> None:
    found = tagged("Houlocoop a posé une bouée.", catalogue)
    assert (found.id, found.text, found.end) == ("note#0", "Houlocoop a posé une bouée.", 27)
