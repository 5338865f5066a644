"""What is no question of the documents gets a courteous reply: greetings, and what the assistant is asked of
itself.
"""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.courtesy import is_courtesy
from assistant.question import Turn

TOLD = (Turn("user", "Qu'est-ce que Houlocoop ?"), Turn("assistant", "Houlocoop est une coopérative."))


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("Bonjour !", "Bonjour"),
        ("bjr", "Bonjour"),
        ("Hello", "Hello"),
        ("au revoir", "Au revoir"),
        ("Bye", "Goodbye"),
        ("thanks a lot!", "You are welcome"),
        ("Super, merci pour ces infos", "Avec plaisir"),
        ("ok", "Très bien"),
        ("lol", "Très bien"),
        ("Joyeux Noël", "Merci, et de même"),
        ("Bonne année !", "Merci, et de même"),
        ("Je ne comprends pas", "Je ne fais que citer"),
        ("tu es nul", "Je ne fais que citer"),
        ("That's wrong", "I only quote"),
        ("Es-tu une IA ?", "Je suis un assistant automatique (L'Atelier des Marées)"),
        ("Que peux-tu faire ?", "Je suis un assistant"),
        ("What can you do?", "I am an automatic assistant"),
        ("Quelles sont vos sources ?", "Je suis un assistant"),
        ("Do you speak English?", "I am an automatic assistant"),
        ("Comment ça marche ?", "Je suis un assistant"),
        ("Aidez-moi", "Je suis un assistant"),
    ],
)
def test_courtesy_is_answered_in_kind_and_cites_nothing(assistant: Assistant, said: str, begins: str) -> None:
    answer = assistant.ask(said)
    assert answer.text.startswith(begins)
    assert (answer.abstained, answer.citations) == (True, ())
    assert answer.suggestions


def test_who_asks_what_it_is_hears_its_subjects(assistant: Assistant) -> None:
    answer = assistant.ask("Que savez-vous faire ?")
    assert "9 documents" in answer.text
    assert "Énergies de la houle ; Filets et recyclage ; Ports partagés (PP)" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "Comment marche un port partagé ?",
        "Que savez-vous de Houlocoop ?",
        "Peux-tu m'aider à comprendre les ports partagés ?",
        "Quelles sont les forces de Houlocoop ?",
        "Merci de me dire où est Houlocoop",
        "Qui êtes-vous ?",
    ],
)
def test_a_question_is_none_however_polite(assistant: Assistant, question: str) -> None:
    assert not is_courtesy(question)
    assert assistant.ask(question).citations


def test_it_changes_no_subject(assistant: Assistant) -> None:
    asked = assistant.ask("es-tu un robot ?", history=TOLD)
    assert asked.standalone_question == "es-tu un robot ?"
    history = (*TOLD, Turn("user", "merci"), Turn("assistant", "Avec plaisir !"))
    assert "Audierne" in assistant.ask("Où est-elle ?", history=history).text


def test_how_it_works_is_asked_of_what_was_spoken_of(assistant: Assistant) -> None:
    assert assistant.ask("Comment ça marche ?", history=TOLD).citations
