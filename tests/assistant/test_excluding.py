"""What a question does not want is left out: themes, forms, fields, words; before or behind what it wants."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.question import Turn
from tests.assistant.test_chain import cited

ALL = {"houlocoop", "varech-lab", "maille-a-maille", "la-criee-ouverte", "phare-des-possibles"}


@pytest.mark.parametrize(
    ("question", "left", "said"),
    [
        ("Quelles initiatives n'illustrent pas le thème de la houle ?", ALL - {"houlocoop"}, "hors du thème"),
        (
            "Quelles initiatives ne sont pas des associations ?",
            ALL - {"varech-lab"},
            "d'une autre forme que « association »",
        ),
        ("Which initiatives are not PPs?", {"houlocoop", "varech-lab"}, "outside the theme"),
        ("Which initiatives are not cooperatives?", ALL - {"houlocoop"}, "of another form than"),
        (
            "Quelles initiatives ne sont ni des ports partagés ni des associations ?",
            {"houlocoop"},
            ", d'une autre forme",
        ),
        (
            "Quelles initiatives du thème Filets et recyclage ne sont pas des ports partagés ?",
            {"varech-lab"},
            "au thème « Filets et recyclage », hors du thème « Ports partagés (PP) »",
        ),
        (
            "Hors ports partagés, quelles initiatives du thème Filets et recyclage ?",
            {"varech-lab"},
            "hors du thème « Ports partagés (PP) »",
        ),
        (
            "Quelles initiatives ne parlent pas d'algues ?",
            ALL - {"varech-lab"},
            "sans rapport avec « algues »",
        ),
        (
            "Quelles initiatives n'ont pas de territoire ?",
            {"phare-des-possibles"},
            "rien pour « Territoire »",
        ),
    ],
)
def test_what_is_left_is_listed_with_what_was_left_out(
    assistant: Assistant, question: str, left: set[str], said: str
) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == left
    assert said in answer.text


def test_that_nothing_is_left_is_said(assistant: Assistant) -> None:
    asked = (
        "Quelles initiatives du thème Filets et recyclage ne sont ni des associations ni des ports partagés ?"
    )
    answer = assistant.ask(asked)
    assert answer.abstained
    assert answer.text.startswith("Le catalogue ne compte aucune initiative")


def test_of_those_spoken_of_the_others_are_left(assistant: Assistant) -> None:
    listed = assistant.ask("Quelles initiatives au thème Filets et recyclage ?")
    history = (Turn("user", listed.question), Turn("assistant", listed.text))
    assert cited(assistant.ask("Lesquelles ne sont pas des associations ?", history=history)) == {
        "maille-a-maille"
    }


@pytest.mark.parametrize("question", ["Quelles initiatives sur la danse ?", "Quels projets sur la musique ?"])
def test_a_subject_that_may_be_a_verb_narrows_a_list(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.abstained
    assert not cited(answer)


@pytest.mark.parametrize("place", ["Marseille", "Paris", "Lyon"])
def test_a_place_that_none_is_in_is_no_turn_of_phrase(assistant: Assistant, place: str) -> None:
    assert assistant.ask(f"Y a-t-il des ports partagés à {place} ?").abstained


def test_what_who_asks_does_not_have_excludes_nothing(assistant: Assistant) -> None:
    asked = "Nous n'avons pas de bateau ; quelles initiatives au thème Filets et recyclage ?"
    assert cited(assistant.ask(asked)) == {"varech-lab", "maille-a-maille"}
