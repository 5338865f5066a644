from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Desk, Request
from assistant.expanding import expansion


@pytest.mark.parametrize(
    "question",
    [
        "PP, ça veut dire quoi en toutes lettres ?",
        "Que signifie PP ?",
        "que veut dire pp",
        "What does PP stand for?",
        "What is PP short for?",
    ],
)
def test_an_acronym_is_spelt_out_by_a_sentence_that_has_both(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert "Ports partagés (PP)" in " ".join(one.quote for one in answer.citations)


def test_an_acronym_that_the_documents_do_not_spell_out_is_not_guessed(assistant: Assistant) -> None:
    assert "(PP)" not in assistant.ask("Que veut dire l'acronyme QZX ?").text


def test_what_a_word_means_beside_an_acronym_asks_for_the_word(desk: Desk) -> None:
    asked = desk.understand(Request("Que signifie la navette pour le thème PP ?"))
    assert expansion(asked, desk.index) == []
    assert expansion(desk.understand(Request("Que signifie PP ?")), desk.index)
