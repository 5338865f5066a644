"""Free text finds initiatives despite case, accents and typos."""

from __future__ import annotations

import pytest

from tests.ui.explore.fakes import CATALOGUE
from ui.explore.entries import Shelf

FINDER = Shelf(CATALOGUE, ()).finder


@pytest.mark.parametrize(
    "text",
    [
        "houlocoop",
        "HOULOCOOP",
        "houlo coop",
        "houlocop",
        "Energies houle",
        "audierne",
        "finistere",
        "habitant ile",
        "2011",
        "ptce",
        "coop",
        "wave energy",
    ],
)
def test_an_initiative_is_found_by_what_its_fiche_says(text: str) -> None:
    assert "houlocoop" in FINDER.find(text).ids


def test_all_words_must_be_there() -> None:
    assert FINDER.find("criée possibles").ids == frozenset()
    assert FINDER.find("criée ouverte").ids == {"criee"}


def test_what_was_read_for_a_misspelt_word_is_told() -> None:
    found = FINDER.find("Audiernne")
    assert found.ids == {"houlocoop"}
    assert found.read_as == {"audiernne": "audierne"}


def test_a_word_that_is_there_is_never_read_as_another() -> None:
    assert FINDER.find("ports").read_as == {}


@pytest.mark.parametrize("text", ["xyzzy", "!!!", "…", "x" * 10_000, "\u202e", "<script>"])
def test_nothing_is_found_for_what_nothing_says(text: str) -> None:
    assert FINDER.find(text).ids == frozenset()
