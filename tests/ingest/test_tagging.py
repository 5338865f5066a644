from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.catalogue import Catalogue, build_catalogue
from corpus.documents import Passage
from corpus.names import Names
from ingest.tagging import tag
from tests.fakes import read_files, write_fiches


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    folder = write_fiches(tmp_path_factory.mktemp("marees"))
    read = read_files([folder], tmp_path_factory.mktemp("home")).loaded
    return build_catalogue((one.document.file, one.document.id, one.fiche) for one in read if one.fiche)


def tagged(text: str, catalogue: Catalogue, *, entry: str | None = None) -> Passage:
    passage = Passage("note", "Note", "note.txt", text, 0, len(text), entry=entry)
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


def test_a_passage_of_a_fiche_has_the_tags_of_the_fiche_whatever_it_names(catalogue: Catalogue) -> None:
    theme = tagged("Houlocoop est voisine du port.", catalogue, entry="ports-partages")
    assert (theme.initiative, theme.themes) == (None, ("ports-partages",))
    initiative = tagged("Voisine de Varech'Lab.", catalogue, entry="houlocoop")
    assert (initiative.initiative, initiative.themes) == ("houlocoop", ("energies-de-la-houle",))


def test_tags_follow_the_catalogue_of_today(catalogue: Catalogue) -> None:
    passage = replace(tagged("Houlocoop a posé une bouée.", catalogue), text="Une bouée.")
    [again] = tag([passage], catalogue=catalogue, names=Names(catalogue))
    assert (again.initiative, again.themes) == (None, ())


def test_tagging_changes_neither_text_nor_place(catalogue: Catalogue) -> None:
    found = tagged("Houlocoop a posé une bouée.", catalogue)
    assert (found.id, found.text, found.end) == ("note#0", "Houlocoop a posé une bouée.", 27)
