from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Desk
from assistant.follow_up import standalone
from assistant.question import Turn
from assistant.reading import Reader

ASKED = (
    Turn("user", "Quelle est la force de Houlocoop ?"),
    Turn("assistant", "La force de Houlocoop est … [1]"),
)


@pytest.mark.parametrize(
    "question",
    [
        "et son site ?",
        "Où est-elle ?",
        "quand a-t-elle été créée ?",
        "where is it?",
        "Cette initiative date de quand ?",
        "Ça existe depuis longtemps ?",
        "C'est dans quel coin ?",
        "Qui la dirige ?",
        "Comment la soutenir ?",
    ],
)
def test_a_pronoun_points_to_what_was_asked_about(desk: Desk, question: str) -> None:
    alone = standalone(question, history=ASKED, reader=desk.reader)
    assert alone.entities == ("houlocoop",)
    assert "Houlocoop" in alone.text


@pytest.mark.parametrize(
    "question",
    ["et pour Varech'Lab ?", "Et Varech Lab ?", "Même question pour Varech'Lab", "et celle de Varech'Lab ?"],
)
def test_a_new_name_is_asked_the_same_question(desk: Desk, question: str) -> None:
    alone = standalone(question, history=ASKED, reader=desk.reader)
    assert alone.text == "Quelle est la force de Varech'Lab ?"


def test_what_only_points_at_what_was_asked_for_asks_for_it_again(desk: Desk) -> None:
    history = (
        Turn("user", "Combien d'axes de travail pour Houlocoop ?"),
        Turn("assistant", "Houlocoop a 3 axes. [1]"),
    )
    alone = standalone("tu peux me les détailler ?", history=history, reader=desk.reader)
    assert alone.entities == ("houlocoop",)
    assert "axes" in alone.text
    assert "axes" not in standalone("et son site ?", history=history, reader=desk.reader).text


def test_the_other_is_the_second_of_two(desk: Desk) -> None:
    history = (
        Turn("user", "Compare Houlocoop et Varech'Lab"),
        Turn("assistant", "…"),
        Turn("user", "Quel est le site de Houlocoop ?"),
        Turn("assistant", "…"),
    )
    assert standalone("et l'autre ?", history=history, reader=desk.reader).entities == ("varech-lab",)


def test_the_one_that_a_place_tells_is_among_those_the_answer_named(desk: Desk) -> None:
    history = (
        Turn("user", "Quelles initiatives ?"),
        Turn("assistant", "- Houlocoop … [1]\n- Varech'Lab … [2]"),
    )
    alone = standalone(
        "celle de la baie d'Audierne, quelle est sa force ?", history=history, reader=desk.reader
    )
    assert alone.entities == ("houlocoop",)


def test_a_chain_of_follow_ups_goes_back_to_the_question(desk: Desk) -> None:
    history = (*ASKED, Turn("user", "et pour Varech'Lab ?"), Turn("assistant", "…"))
    assert standalone("et son site ?", history=history, reader=desk.reader).entities == ("varech-lab",)


def test_plural_words_point_to_all(desk: Desk) -> None:
    history = (Turn("user", "Compare Houlocoop et Varech'Lab"), Turn("assistant", "…"))
    alone = standalone("donne-moi leurs sites", history=history, reader=desk.reader)
    assert alone.entities == ("houlocoop", "varech-lab")


def test_lequel_points_to_what_the_answer_named(desk: Desk) -> None:
    history = (
        Turn("user", "Quelles initiatives sur les ports partagés ?"),
        Turn("assistant", "- La Criée ouverte … [1]\n- Maille à Maille … [2]"),
    )
    alone = standalone("laquelle est la plus ancienne ?", history=history, reader=desk.reader)
    assert alone.entities == ("la-criee-ouverte", "maille-a-maille")


def test_which_one_points_to_what_was_asked_about_in_turn(desk: Desk) -> None:
    history = (
        Turn("user", "Quand Houlocoop est-elle née ?"),
        Turn("assistant", "…"),
        Turn("user", "et Varech'Lab ?"),
        Turn("assistant", "…"),
    )
    alone = standalone("laquelle est la plus ancienne ?", history=history, reader=desk.reader)
    assert alone.entities == ("houlocoop", "varech-lab")


def test_a_follow_up_of_a_question_without_a_name_is_about_what_was_quoted(desk: Desk) -> None:
    history = (
        Turn("user", "Que pèse un chalut usé ?"),
        Turn("assistant", "Un chalut usé pèse deux tonnes et finit souvent enfoui. [1]"),
    )
    alone = standalone("et que peut-on en faire ?", history=history, reader=desk.reader)
    assert alone.entities == ("filets-et-recyclage",)


@pytest.mark.parametrize(
    "question",
    [
        "Quelle est la force de Varech'Lab ?",
        "Quelles sont les initiatives ?",
        "Combien de bouées sont suivies au large des Glénan ?",
        "recette de la tarte aux pommes",
        "Est-ce que les chaluts sont recyclables ?",
        "Que dit le rapport Kermadec ?",
        "Un chalut pèse-t-il lourd ?",
        "merci !",
    ],
)
def test_a_change_of_subject_does_not_drag_the_old_one_along(desk: Desk, question: str) -> None:
    assert standalone(question, history=ASKED, reader=desk.reader).text == question


def test_a_first_question_stands_alone(desk: Desk) -> None:
    assert standalone("et son site ?", history=(), reader=desk.reader).text == "et son site ?"


def test_of_several_the_one_that_the_answer_chose_is_meant_next(assistant: Assistant) -> None:
    first = "Quelles initiatives relèvent du thème Ports partagés ?"
    second = "laquelle est à Douarnenez ?"
    history = [Turn("user", first), Turn("assistant", assistant.ask(first).text)]
    chosen = assistant.ask(second, history=history)
    history += [Turn("user", second), Turn("assistant", chosen.text)]
    answer = assistant.ask("et son site ?", history=history)
    assert "https://criee-ouverte.example/" in answer.text


def test_a_bare_since_when_leans_on_what_was_spoken_of(assistant: Assistant) -> None:
    first = "How many members does Houlocoop have?"
    history = [Turn("user", first), Turn("assistant", assistant.ask(first).text)]
    assert "2011" in assistant.ask("since when?", history=history).text


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Non, je voulais dire Varech'Lab, pas Houlocoop.", "Quelle est la force de Varech'Lab ?"),
        ("Pardon, je parlais de Varech'Lab", "Quelle est la force de Varech'Lab ?"),
    ],
)
def test_a_correction_asks_the_same_of_what_was_meant(desk: Desk, question: str, text: str) -> None:
    assert standalone(question, history=ASKED, reader=desk.reader).text == text


@pytest.mark.parametrize("question", ["Et à Douarnenez, ils font quoi ?", "et à Douarnenez, quel site ?"])
def test_a_place_turns_to_the_one_initiative_there(desk: Desk, question: str) -> None:
    assert standalone(question, history=ASKED, reader=desk.reader).entities == ("la-criee-ouverte",)


def test_who_says_so_is_not_what_is_asked_about(desk: Desk) -> None:
    alone = standalone(
        "Quelle est sa force, d'après l'Atelier des Marées ?", history=ASKED, reader=desk.reader
    )
    assert alone.entities == ("houlocoop",)


def test_which_of_the_two_bears_on_those_just_named(assistant: Assistant) -> None:
    first = "Quelles initiatives relèvent des filets et du recyclage ?"
    history = [Turn("user", first), Turn("assistant", assistant.ask(first).text)]
    answer = assistant.ask("Laquelle des deux est un port partagé ?", history=history)
    assert {one.initiative.id for one in answer.citations if one.initiative} == {"maille-a-maille"}


def test_a_form_of_words_before_it_does_not_hide_what_it_points_to(desk: Desk) -> None:
    alone = standalone("Juridiquement, c'est quel genre de structure ?", history=ASKED, reader=desk.reader)
    assert alone.entities == ("houlocoop",)


def test_a_denial_in_a_question_corrects_nothing(desk: Desk) -> None:
    question = "Pourquoi Varech'Lab n'a-t-il pas de barrage ?"
    assert standalone(question, history=ASKED, reader=desk.reader).text == question


UNKNOWN = (
    Turn("user", "Que fait Terre de Liens ?"),
    Turn(
        "assistant",
        "Les documents disponibles ne répondent pas à cette question : ils ne parlent pas de « Terre de "
        "Liens ».\n\nSujets les plus proches : Houlocoop ; Varech'Lab.",
    ),
)


@pytest.mark.parametrize("question", ["Depuis quand ?", "Ils ont un site ?", "Where are they?"])
def test_after_a_refusal_what_is_near_is_not_what_is_meant(desk: Desk, question: str) -> None:
    alone = standalone(question, history=UNKNOWN, reader=desk.reader)
    assert alone.entities == ()
    assert alone.text == f"{question} (Terre de Liens)"
    again = (*UNKNOWN, Turn("user", question), UNKNOWN[-1])
    assert (
        standalone("Et leur force ?", history=again, reader=desk.reader).text
        == "Et leur force ? (Terre de Liens)"
    )


def test_after_a_refusal_without_a_name_nothing_is_meant(desk: Desk) -> None:
    history = (
        Turn("user", "Comment cuire des pâtes ?"),
        Turn(
            "assistant",
            "Les documents disponibles ne répondent pas à cette question.\n\nSujets : Houlocoop.",
        ),
    )
    assert standalone("Et combien de temps ?", history=history, reader=desk.reader).entities == ()


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Et Enercoop ?", "Quelle est la force d'Enercoop ?"),
        ("Et Enercoop, ils sont où ?", "Et Enercoop, ils sont où ?"),
    ],
)
def test_a_name_that_nobody_knows_takes_the_place_of_one_that_is_known(
    desk: Desk, question: str, text: str
) -> None:
    alone = standalone(question, history=ASKED, reader=desk.reader)
    assert alone.entities == ()
    assert alone.text == text


def test_a_known_name_takes_the_place_of_one_that_nobody_knows(desk: Desk) -> None:
    alone = standalone("et Houlocoop ?", history=UNKNOWN, reader=desk.reader)
    assert alone.text == "Que fait Houlocoop ?"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Tu as un exemple concret ?", "Exemples d'initiatives du thème « Ports partagés (PP) »"),
        ("Donne-moi des exemples", "Exemples d'initiatives du thème « Ports partagés (PP) »"),
        ("Any example?", "Examples of initiatives of the theme"),
    ],
)
def test_examples_are_those_of_the_theme_that_was_spoken_of(desk: Desk, question: str, said: str) -> None:
    history = (Turn("user", "Qu'est-ce qu'un port partagé ?"), Turn("assistant", "Un port partagé (PP) …"))
    alone = standalone(question, history=history, reader=desk.reader)
    assert alone.text.startswith(said)
    assert alone.entities == ("ports-partages",)


def test_examples_of_something_else_stand_alone(desk: Desk) -> None:
    history = (Turn("user", "Qu'est-ce qu'un port partagé ?"), Turn("assistant", "Un port partagé (PP) …"))
    alone = standalone("Un exemple de coopérative ?", history=history, reader=desk.reader)
    assert alone.text == "Un exemple de coopérative ?"


def test_where_is_asked_of_all_that_were_listed(desk: Desk) -> None:
    history = (
        Turn("user", "Quelles sont les initiatives du thème des ports partagés ?"),
        Turn("assistant", "- Maille à Maille … [1]\n- La Criée ouverte … [2]"),
    )
    alone = standalone("C'est où ?", history=history, reader=desk.reader)
    assert set(alone.entities) == {"maille-a-maille", "la-criee-ouverte"}


def test_who_is_addressed_is_spoken_of(desk: Desk) -> None:
    history = (Turn("user", "Qui êtes-vous ?"), Turn("assistant", "L'Atelier des Marées est … [1]"))
    alone = standalone("Depuis quand ?", history=history, reader=desk.reader)
    assert alone.entities == ("atelier-des-marees",)


@pytest.mark.parametrize(
    "question",
    [
        "Ils travaillent avec Thales ?",
        "Depuis quand travaillent-ils pour Thales ?",
        "Euh, leur site ?",
        "Pfff, et son budget ?",
    ],
)
def test_a_strange_word_beside_a_pronoun_leaves_it_its_meaning(desk: Desk, question: str) -> None:
    assert standalone(question, history=ASKED, reader=desk.reader).entities == ("houlocoop",)


def test_a_phrase_in_capitals_that_was_answered_is_not_what_is_meant(desk: Desk) -> None:
    history = (
        Turn("user", "Quelle initiative travaille sur les Algues Échouées ?"),
        Turn("assistant", "- La force de Varech'Lab est de transformer les algues échouées. [1]"),
    )
    assert standalone("Quel est son site ?", history=history, reader=desk.reader).entities == ("varech-lab",)


@pytest.mark.parametrize(
    "question", ["Quelles sont les instances ?", "Combien y en a-t-il, par exemple ?", "Un exemple de site ?"]
)
def test_what_only_sounds_like_an_example_asks_for_none(desk: Desk, question: str) -> None:
    history = (Turn("user", "Qu'est-ce qu'un port partagé ?"), Turn("assistant", "Un port partagé (PP) …"))
    assert not standalone(question, history=history, reader=desk.reader).text.startswith("Exemples")


def test_a_relative_clause_is_no_pronoun(desk: Desk) -> None:
    question = "Quelles structures aident les personnes qui le souhaitent ?"
    assert standalone(question, history=ASKED, reader=desk.reader).text == question


def test_the_project_of_an_initiative_is_no_list(desk: Desk) -> None:
    history = (
        *ASKED,
        Turn("user", "Quel est le projet de Varech'Lab ?"),
        Turn("assistant", "La force de Varech'Lab … [1]"),
    )
    assert standalone("C'est quoi son site ?", history=history, reader=desk.reader).entities == (
        "varech-lab",
    )


def test_each_turn_of_a_long_conversation_is_read_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read = 0
    told = type(desk.reader).told

    def counting(reader: Reader, text: str) -> str:
        nonlocal read
        read += 1
        return told(reader, text)

    monkeypatch.setattr(Reader, "told", counting)
    turns = (Turn("user", "Où sont-ils ?"), Turn("assistant", "La Criée ouverte … [1]"))
    standalone("Et leur force ?", history=(*ASKED, *turns * 30), reader=desk.reader)
    assert read <= 32
