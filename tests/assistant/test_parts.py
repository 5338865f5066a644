from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Desk
from assistant.parts import is_whole, may_be_relative, of_the_same, parts


@pytest.mark.parametrize(
    ("question", "cut"),
    [
        ("Où est Houlocoop, et quand est-elle née ?", ["Où est Houlocoop", "quand est-elle née ?"]),
        ("Où est Houlocoop ? Quel est son site ?", ["Où est Houlocoop ?", "Quel est son site ?"]),
        (
            "Quels sont le site et la force de Houlocoop ?",
            ["Quels sont le site de Houlocoop ?", "Quels sont la force de Houlocoop ?"],
        ),
        (
            "L'effectif de Houlocoop et son année de naissance",
            ["L'effectif de Houlocoop", "son année de naissance"],
        ),
        (
            "Année de création de Houlocoop, et adresse de son site ?",
            ["Année de création de Houlocoop", "adresse de son site ?"],
        ),
        ("Où est Houlocoop et c'est quoi le site", ["Où est Houlocoop", "c'est quoi le site"]),
        ("Quel est son site et sa force ?", ["Quel est son site ?", "Quel est sa force ?"]),
        (
            "What are the website and the strength of Houlocoop?",
            ["What are the website of Houlocoop?", "What are the strength of Houlocoop?"],
        ),
        (
            "Pour mon exposé : Houlocoop, date de création, effectif et site ?",
            ["Houlocoop : date de création ?", "Houlocoop : effectif ?", "Houlocoop : site ?"],
        ),
    ],
)
def test_a_question_is_cut_where_it_asks_again_or_for_two_things(
    desk: Desk, question: str, cut: list[str]
) -> None:
    assert parts(question, desk.reader) == cut


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la différence entre Houlocoop et Varech'Lab ?",
        "Quel est le lien entre la pêche et l'économie sociale ?",
        "Dans quelle commune et dans quel département est Houlocoop ?",
        "Où et quand est née Houlocoop ?",
        "Quels sont le site et la force ?",
        "Qu'est-ce que Houlocoop ?",
        "Houlocoop, Varech'Lab et leur site ?",
        "Houlocoop, la mer, le vent ?",
        "Houlocoop, concrètement, ça désigne quoi ?",
    ],
)
def test_what_is_one_question_stays_one(desk: Desk, question: str) -> None:
    assert parts(question, desk.reader) == [question]


def test_a_half_without_a_subject_is_not_a_whole_question(desk: Desk) -> None:
    assert not is_whole("Dans quelle commune", desk.reader)
    assert is_whole("quel est son budget ?", desk.reader)
    assert is_whole("Quel est le budget de Houlocoop", desk.reader)


def test_a_second_half_that_begins_like_a_relative_may_be_one() -> None:
    first = "Quel projet aide les ports"
    assert may_be_relative("qui réunit des pêcheurs ?", first)
    assert may_be_relative("où l'on répare des filets ?", first)
    assert not may_be_relative("quel est son budget ?", first)
    assert not may_be_relative("qui la dirige ?", "Quand Houlocoop est-elle née")


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("Quand Houlocoop a-t-elle été créée et quel est son budget ?", "2011", "quel est son budget ?"),
        ("Quel est le budget de Houlocoop et quand a-t-elle été créée ?", "2011", "Quel est le budget"),
        ("Quels sont le site et le budget de Houlocoop ?", "https://houlocoop.example/", "le budget de"),
    ],
)
def test_the_part_that_is_documented_is_answered_and_the_other_is_named(
    assistant: Assistant, question: str, told: str, untold: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    assert told in " ".join(one.text for one in answer.sentences if one.markers)
    (gap,) = [one.text for one in answer.sentences if not one.markers]
    assert untold in gap


def test_a_question_none_of_whose_parts_is_documented_is_refused_whole(assistant: Assistant) -> None:
    answer = assistant.ask("Quel est le budget de Houlocoop et qui est sa trésorière ?")
    assert answer.abstained


def test_what_answers_both_parts_is_told_once(assistant: Assistant) -> None:
    answer = assistant.ask("Quand est née Houlocoop, et en quelle année a-t-elle été créée ?")
    told = [one.text for one in answer.sentences]
    assert len(told) == len(set(told))


def test_two_counts_are_two_lists_in_one_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Combien de thèmes et combien d'initiatives avez-vous ?")
    assert "3 thèmes" in answer.text
    assert "5 initiatives" in answer.text


def test_a_bare_when_asks_of_the_name_before_it(assistant: Assistant) -> None:
    answer = assistant.ask("Combien de sociétaires compte Houlocoop, et depuis quand ?")
    assert "350" in answer.text
    assert "2011" in answer.text


def test_a_bare_part_asks_of_the_initiative_of_the_one_before(desk: Desk) -> None:
    def asked(piece: str, *named: str) -> str:
        return of_the_same(piece, named, desk.reader)

    assert asked("dans quelle rue ?", "houlocoop") == "dans quelle rue (Houlocoop) ?"
    assert asked("où est Varech'Lab ?", "houlocoop") == "où est Varech'Lab ?"
    assert asked("qui préside la République ?", "houlocoop") == "qui préside la République ?"
    assert asked("dans quelle rue ?", "ports-partages") == "dans quelle rue ?"
