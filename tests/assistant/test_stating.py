"""What answers for a field of an initiative, and what only seems to."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.question import Turn

TOLD = (Turn("user", "Qu'est-ce que Varech'Lab ?"), Turn("assistant", "Varech'Lab est une association."))


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Houlocoop est-elle une association ?", "Houlocoop est une coopérative"),
        ("Varech'Lab est-il une fondation ?", "Varech'Lab est une association"),
        ("Houlocoop, c'est une association ?", "Houlocoop est une coopérative"),
        ("Is Houlocoop a company?", "Houlocoop est une coopérative"),
    ],
)
def test_another_form_than_its_own_is_answered_by_its_own(
    assistant: Assistant, question: str, quote: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert [quote in one.quote for one in answer.citations] == [True]


def test_a_class_is_asked_of_what_was_spoken_of(assistant: Assistant) -> None:
    for question in (
        "Est-ce un port partagé ?",
        "C'est une association ?",
        "Is it a cooperative?",
        "C'est un port partagé ?",
    ):
        answer = assistant.ask(question, history=TOLD)
        assert {one.initiative.id for one in answer.citations if one.initiative} == {"varech-lab"}, question


@pytest.mark.parametrize(
    "question",
    [
        "Quand a été créée Concarneau ?",
        "Quel est le site de Concarneau ?",
        "Où se trouve Roscoff ?",
        "Qui dirige Roscoff ?",
    ],
)
def test_what_is_told_of_a_name_beside_another_is_not_told_of_it(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_when_a_think_tank_was_founded_is_no_date_of_what_it_founded(assistant: Assistant) -> None:
    assert "1987" in assistant.ask("Quand l'Atelier des Marées a-t-il été fondé ?").text
    answer = assistant.ask("Quand le Phare des Possibles a-t-il été créé ?")
    assert answer.abstained


def test_a_contact_that_is_not_told_comes_with_the_site(assistant: Assistant) -> None:
    answer = assistant.ask("Comment contacter Houlocoop ?")
    assert answer.abstained
    assert "https://houlocoop.example/" in answer.text


def test_what_happened_in_a_year_is_quoted(assistant: Assistant) -> None:
    assert "filé 18 tonnes" in assistant.ask("Que s'est-il passé en 2019 ?").text
    assert assistant.ask("Que s'est-il passé en 1950 ?").abstained


def test_what_is_to_come_is_not_what_was(assistant: Assistant) -> None:
    assert assistant.ask("Quand aura lieu la prochaine ouverture de La Criée ouverte ?").abstained


def test_what_an_initiative_is_answers_nothing_asked_of_the_think_tank(assistant: Assistant) -> None:
    answer = assistant.ask("L'Atelier des Marées est-il une coopérative ?")
    assert not any(one.initiative for one in answer.citations)
