"""A model may word a follow-up so that it stands alone; the rules let it add nothing."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Request
from assistant.question import Turn
from tests.assistant.chat.conftest import Worded
from tests.chat_fakes import parrot

BEFORE = (
    Turn("user", "C'est quoi Houlocoop ?"),
    Turn("assistant", "Houlocoop est une coopérative de la baie d'Audierne, créée en 2011."),
)
FOLLOW_UP = "Et combien de sociétaires compte-t-elle ?"


def understood(assistant: Assistant, question: str = FOLLOW_UP) -> str:
    return assistant.desk().understand(Request(question, BEFORE)).standalone


def test_a_wording_that_keeps_the_question_and_its_name_is_taken(worded: Worded) -> None:
    said = "Combien de sociétaires compte Houlocoop ?"
    assert understood(worded(parrot(f"« {said} »"))) == said


@pytest.mark.parametrize(
    "said",
    [
        "Combien de sociétaires compte Varech'Lab ?",
        "Combien de salariés compte Houlocoop ?",
        "Combien de sociétaires compte Houlocoop à Brest ?",
        "Combien de sociétaires compte Houlocoop depuis 2019 ?",
        "Quelle est la force de Houlocoop ?",
        "How many members does Houlocoop have?",
        "Houlocoop compte 350 sociétaires.",
        "<b>Combien de sociétaires compte Houlocoop ?</b>",
        "",
    ],
)
def test_a_wording_that_changes_what_is_asked_is_not(worded: Worded, said: str) -> None:
    ruled = understood(worded(parrot(OSError("gone"))))
    assert "Houlocoop" in ruled
    assert understood(worded(parrot(said or " "))) == ruled


def test_a_question_that_stands_alone_is_not_sent(worded: Worded) -> None:
    model = parrot("Autre chose ?")
    question = "Quelle est la force de Varech'Lab ?"
    assert understood(worded(model), question) == question
    assert model.prompts == []


def test_the_follow_up_is_answered_in_the_models_words_and_both_calls_are_counted(worded: Worded) -> None:
    model = parrot(
        "Combien de sociétaires compte Houlocoop ?", "Houlocoop réunit plus de 350 sociétaires [1]."
    )
    assistant = worded(model)
    answer = assistant.ask(FOLLOW_UP, history=BEFORE)
    assert answer.standalone_question == "Combien de sociétaires compte Houlocoop ?"
    assert answer.mode == "generated"
    alone = worded(parrot("Houlocoop réunit plus de 350 sociétaires [1].")).ask(answer.standalone_question)
    assert answer.generation
    assert alone.generation
    assert answer.generation.tokens_in > alone.generation.tokens_in
