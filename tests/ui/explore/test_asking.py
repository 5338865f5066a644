"""Only what is documented is asked of a fiche, in good French."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from corpus.catalogue import Initiative, Theme
from tests.ui.explore.fakes import CATALOGUE, HARBOURS, HOSTILE, HOULOCOOP, PHARE
from ui.explore.asking import ask_address, questions


def test_a_documented_initiative_is_asked_about_field_by_field() -> None:
    asked = questions(HOULOCOOP, CATALOGUE, "fr")
    assert asked[0] == "Qu’est-ce que Houlocoop ?"
    assert "Quelle est la force de Houlocoop ?" in asked
    assert "Où se trouve Houlocoop ?" in asked
    assert "Houlocoop : combien de sociétaires ?" in asked
    assert questions(PHARE, CATALOGUE, "en") == ["What is Phare des Possibles?"]


def test_a_theme_is_asked_for_its_initiatives_if_it_has_any() -> None:
    assert len(questions(HARBOURS, CATALOGUE, "en")) == 2
    empty = Theme(kind="theme", id="vide", name="Vide")
    assert questions(empty, CATALOGUE, "fr") == ["Qu’est-ce que Vide ?"]


@pytest.mark.parametrize(
    ("name", "what", "strength"),
    [
        ("Écodomaine", "Qu’est-ce qu’Écodomaine ?", "Quelle est la force d’Écodomaine ?"),
        (
            "Le Plus Petit Cirque",
            "Qu’est-ce que Le Plus Petit Cirque ?",
            "Quelle est la force du Plus Petit Cirque ?",
        ),
        ("Les Ateliers", "Qu’est-ce que Les Ateliers ?", "Quelle est la force des Ateliers ?"),
        ("La Criée", "Qu’est-ce que La Criée ?", "Quelle est la force de La Criée ?"),
    ],
)
def test_french_names_are_elided(name: str, what: str, strength: str) -> None:
    one = Initiative(kind="initiative", id="x", name=name, themes=("t",), strength="s")
    assert questions(one, CATALOGUE, "fr")[:2] == [what, strength]


def test_the_address_gives_back_the_question() -> None:
    question = "Qu’est-ce que « A & B » # 100 % ?"
    assert parse_qs(urlsplit(ask_address(question)).query) == {"q": [question]}


def test_no_invisible_mark_gets_into_a_question() -> None:
    one = Initiative(kind="initiative", id="x", name=HOSTILE, themes=("t",))
    assert "\u202e" not in questions(one, CATALOGUE, "fr")[0]
