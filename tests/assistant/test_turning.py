"""What a follow-up turns to: another by one word of its name, another place, the rest of a list."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Desk
from assistant.follow_up import standalone
from assistant.question import REMEMBERED, Turn, bounded
from assistant.terms import compounds


def told(*turns: str) -> tuple[Turn, ...]:
    return tuple(Turn("assistant" if at % 2 else "user", text) for at, text in enumerate(turns))


STRENGTH = told("Quelle est la force de Houlocoop ?", "La force de Houlocoop est … [1]")
PLACED = told("Y a-t-il un port partagé à Lyon ?", "Les documents disponibles ne répondent pas.")
COUNTED = told(
    "Combien d'initiatives au thème Filets et recyclage ?",
    "Le catalogue compte 2 initiatives :\n- Varech'Lab … [1]\n- Maille à Maille … [2]",
)
RANKED = told(
    "Houlocoop ou Varech'Lab, laquelle est la plus ancienne ?",
    "- Houlocoop est créée en 2011. [1]\n- Varech'Lab est née en 2016. [2]",
)
LONE = told(
    "Quelles initiatives au thème Énergies de la houle ?", "Le catalogue compte 1 :\n- Houlocoop … [1]"
)
APART = told("Parle-moi de Houlocoop", "Houlocoop … [1]", "et Maille à Maille ?", "Maille à Maille … [1]")


@pytest.mark.parametrize(
    ("question", "history", "text"),
    [
        ("et la criée ?", STRENGTH, "Quelle est la force de La Criée ouverte ?"),
        ("et le phare ?", STRENGTH, "Quelle est la force de Phare des Possibles ?"),
        ("Et en Normandie ?", PLACED, "Y a-t-il un port partagé en Normandie ?"),
        (
            "Et les autres ?",
            COUNTED,
            "Quelles initiatives sont hors du thème « Filets et recyclage » ?",
        ),
        ("Et en tout ?", COUNTED, "Combien d'initiatives en tout ?"),
        ("Combien sont-elles ?", COUNTED, "Combien d'initiatives au thème Filets et recyclage ?"),
        ("La plus ancienne ?", COUNTED, "La plus ancienne ? (Varech'Lab, Maille à Maille)"),
        ("un autre", COUNTED, "Toutes les initiatives du thème « Filets et recyclage »"),
        ("another one", COUNTED, "All initiatives of the theme “Nets and recycling”"),
        ("Quel est son site ?", RANKED, "Quel est son site ? (Houlocoop)"),
        ("Et l'autre ?", RANKED, "Et Varech'Lab ?"),
        ("Où est-elle ?", LONE, "Où est-elle ? (Houlocoop)"),
        (
            "Laquelle est un port partagé ?",
            APART,
            "Laquelle est un port partagé ? (Houlocoop, Maille à Maille)",
        ),
    ],
)
def test_a_follow_up_is_asked_in_full(
    desk: Desk, question: str, history: tuple[Turn, ...], text: str
) -> None:
    assert standalone(question, history=history, reader=desk.reader).text == text


def test_another_may_be_asked_for_something_else(desk: Desk) -> None:
    alone = standalone("et la criée, quel est son site ?", history=STRENGTH, reader=desk.reader)
    assert alone.entities == ("la-criee-ouverte",)


def test_others_of_its_theme_are_asked_for_by_the_theme(desk: Desk) -> None:
    alone = standalone("Quelles autres initiatives dans ce thème ?", history=STRENGTH, reader=desk.reader)
    assert alone.entities == ("energies-de-la-houle",)


def test_of_those_that_were_told_one_after_the_other_the_other_is_meant(assistant: Assistant) -> None:
    chosen = assistant.ask("Laquelle est un port partagé ?", history=APART)
    history = (*APART, Turn("user", chosen.question), Turn("assistant", chosen.text))
    assert assistant.ask("Et l'autre ?", history=history).standalone_question == "Et Houlocoop ?"


def test_what_somebody_complained_of_is_no_question(desk: Desk) -> None:
    history = (*STRENGTH, *told("C'est faux", "Je ne fais que citer les documents."))
    alone = standalone("et Varech'Lab ?", history=history, reader=desk.reader)
    assert alone.text == "Quelle est la force de Varech'Lab ?"


def test_a_conversation_is_cut_to_what_a_question_and_an_answer_can_be() -> None:
    kept = bounded(told(*["a" * 100_000] * (REMEMBERED + 7)), limit=2000)
    assert len(kept) == REMEMBERED
    assert {(turn.role, len(turn.content)) for turn in kept} == {("user", 2000), ("assistant", 20_000)}
    assert bounded(STRENGTH, limit=2000) == STRENGTH


def test_a_word_without_end_is_read_once() -> None:
    assert compounds([], "a" * 400_000) == []  # read again from every letter, it would take hours
