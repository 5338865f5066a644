from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.units import holds_units, units_asked
from corpus.words import words


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("Combien coûte l'adhésion ?", "money"),
        ("À quel prix se vend le filet ?", "money"),
        ("Quel est le chiffre d'affaires de Houlocoop ?", "money"),
        ("How much does Houlocoop charge?", "money"),
        ("Quel pourcentage des filets est recyclé ?", "percent"),
        ("Combien d'hectares compte le site ?", "area"),
        ("Combien de tonnes de filets ?", "weight"),
        ("Quelle est la durée du stage ?", "duration"),
        ("Quel est le numéro de téléphone ?", "phone"),
        ("What is the email address?", "mail"),
        ("Quels sont les horaires ?", "hours"),
        ("Quelle puissance installée ?", "energy"),
        ("À combien de kilomètres de la côte ?", "distance"),
    ],
)
def test_a_question_tells_the_unit_it_asks_for(question: str, unit: str) -> None:
    assert units_asked(" ".join(words(question))) == {unit}


@pytest.mark.parametrize(
    "question",
    [
        "Combien de sociétaires compte Houlocoop ?",
        "Quel prix Nobel a-t-elle reçu ?",
        "Depuis combien de temps existe-t-elle ?",
        "Les bouées refont surface quand ?",
        "Combien de pays participent ?",
    ],
)
def test_what_is_merely_counted_asks_for_no_unit(question: str) -> None:
    assert units_asked(" ".join(words(question))) == frozenset()


@pytest.mark.parametrize(
    ("unit", "told", "untold"),
    [
        ("money", "Le billet vaut 12 €.", "Elle réunit 350 sociétaires."),
        ("money", "Un fonds de 3 millions d'euros.", "Elle est née en 2011."),
        ("percent", "Les deux tiers des filets.", "18 tonnes de filets."),
        ("area", "Le site couvre 4 hectares.", "Le site compte 4 bâtiments."),
        ("phone", "Appelez le 02 98 00 00 00.", "Elle compte 2 ateliers."),
        ("hours", "Ouvert de 9 h à 17 h.", "Ouvert à tous depuis 2003."),
        ("duration", "Le stage dure trois semaines.", "Le stage réunit 12 personnes."),
    ],
)
def test_a_sentence_holds_a_unit_or_does_not(unit: str, told: str, untold: str) -> None:
    assert holds_units(frozenset([unit]), told)
    assert not holds_units(frozenset([unit]), untold)


def test_no_figure_of_another_unit_is_given_for_the_one_asked(assistant: Assistant) -> None:
    assert assistant.ask("Combien coûte l'adhésion à Houlocoop ?").abstained
    assert assistant.ask("Quel pourcentage des filets Maille à Maille recycle-t-elle ?").abstained
    assert "18 tonnes" in assistant.ask("Combien de tonnes de filets Maille à Maille a-t-elle filées ?").text
