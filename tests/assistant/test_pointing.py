from __future__ import annotations

import pytest

from assistant.desk import Desk
from assistant.follow_up import standalone
from assistant.pointing import nth, other, pointed_at
from assistant.question import Turn

LISTED = (
    Turn("user", "Quels sont les axes ?"),
    Turn("assistant", "L'atelier suit 3 axes : habiter un quai et son bassin ; transmettre ; chercher. [1]"),
)
CRITERIA = (
    Turn("user", "Cite les critères"),
    Turn("assistant", "Trois critères : la pêche, le port et la houle. [1]"),
)
NAMED = (
    Turn("user", "Quelles initiatives recyclent ?"),
    Turn("assistant", "- Varech'Lab est une association. [1]\n- Maille à Maille file. [2]"),
)
BOTH = (Turn("user", "Quelle différence entre Houlocoop et Varech'Lab ?"), Turn("assistant", "…"))


@pytest.mark.parametrize(
    ("question", "history", "item"),
    [
        ("le premier c est quoi", LISTED, "habiter un quai et son bassin"),
        ("et le dernier", LISTED, "chercher"),
        ("le deuxieme il recouvre quoi", CRITERIA, "le port"),
        ("what is the third one", CRITERIA, "la houle"),
        ("le cinquieme", CRITERIA, ""),
        ("quel est le premier levier", CRITERIA, ""),
    ],
)
def test_an_ordinal_means_what_the_last_answer_lists(
    desk: Desk, question: str, history: tuple[Turn, ...], item: str
) -> None:
    assert nth(question, history, reader=desk.reader) == ([], item)


def test_an_ordinal_means_an_initiative_where_those_were_listed(desk: Desk) -> None:
    assert nth("la seconde", NAMED, reader=desk.reader) == (["maille-a-maille"], "")
    alone = standalone("Et la deuxième, où est-elle ?", history=NAMED, reader=desk.reader)
    assert alone.entities == ("maille-a-maille",)


def test_an_item_of_a_list_is_asked_about_in_its_words(desk: Desk) -> None:
    alone = standalone("Le deuxième, il recouvre quoi ?", history=CRITERIA, reader=desk.reader)
    assert alone.text == "Le deuxième, il recouvre quoi ? (le port)"


def test_the_other_is_the_one_beside_it_or_alone_with_it_under_a_theme(desk: Desk) -> None:
    assert other("et l autre", ["houlocoop"], BOTH, reader=desk.reader) == ["varech-lab"]
    asked = (Turn("user", "Le site de Varech'Lab ?"), Turn("assistant", "…"))
    assert other("l autre du meme theme", ["varech-lab"], asked, reader=desk.reader) == ["maille-a-maille"]
    assert other("l autre", ["houlocoop"], asked, reader=desk.reader) == []


def test_the_name_of_the_other_takes_its_place(desk: Desk) -> None:
    asked = (Turn("user", "Le site de Varech'Lab ?"), Turn("assistant", "…"))
    alone = standalone(
        "Et l'autre initiative du même thème, a-t-elle un site ?", history=asked, reader=desk.reader
    )
    assert alone.text == "Et Maille à Maille, a-t-elle un site ?"


def test_of_several_named_a_form_or_place_tells_which(desk: Desk) -> None:
    assert pointed_at("et la cooperative de quand date t elle", BOTH, reader=desk.reader) == ["houlocoop"]
    assert pointed_at("et son site", BOTH, reader=desk.reader) == []


def test_an_ordinal_means_a_row_of_a_list_whatever_each_row_names_beside(desk: Desk) -> None:
    themes = (
        Turn("user", "Quels sont vos thèmes ?"),
        Turn(
            "assistant",
            "Le catalogue compte 2 thèmes :\n\n- Filets et recyclage [1]\n- Énergies de la houle [2]",
        ),
    )
    assert nth("parle moi du deuxieme", themes, reader=desk.reader) == (["energies-de-la-houle"], "")
    rows = (
        Turn("user", "Quelles initiatives ?"),
        Turn(
            "assistant",
            "- Houlocoop : des vagues, du vent et des énergies de la houle. [1]\n- La Criée ouverte … [2]",
        ),
    )
    assert nth("le deuxieme", rows, reader=desk.reader) == (["la-criee-ouverte"], "")


LIST = (
    Turn("user", "Quelles initiatives ?"),
    Turn("assistant", "- Houlocoop : des vagues. [1]\n- Varech'Lab … [2]\n- La Criée ouverte … [3]"),
)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Le site du deuxième ?", "Le site de Varech'Lab ?"),
        ("Le troisième, il fait quoi ?", "La Criée ouverte, il fait quoi ?"),
        ("Tell me more about the last one", "Tell me more about La Criée ouverte"),
        ("What is the strength of the first one?", "What is the strength of Houlocoop?"),
        ("Quel est le site de la première ?", "Quel est le site de Houlocoop ?"),
        ("Compare la première et la dernière", "Compare Houlocoop et La Criée ouverte"),
        ("La première ou la deuxième, laquelle est où ?", "Houlocoop ou Varech'Lab, laquelle est où ?"),
        ("Où sont les deux premières ?", "Où sont Houlocoop et Varech'Lab ?"),
        ("Le site des trois dernières ?", "Le site de Houlocoop, Varech'Lab et La Criée ouverte ?"),
        ("Where are the first two?", "Where are Houlocoop and Varech'Lab?"),
        ("Compare the second one with the third one", "Compare Varech'Lab and La Criée ouverte"),
    ],
)
def test_an_ordinal_is_read_as_the_name_it_means(desk: Desk, question: str, text: str) -> None:
    assert standalone(question, history=LIST, reader=desk.reader).text == text


def test_after_one_of_a_list_another_ordinal_means_the_list(desk: Desk) -> None:
    told = (
        *LIST,
        Turn("user", "Le deuxième, il fait quoi ?"),
        Turn("assistant", "Varech'Lab trie : les algues, le sable et les filets. [1]"),
    )
    assert nth("et le premier", told, reader=desk.reader) == (["houlocoop"], "")


@pytest.mark.parametrize(
    "question", ["les quatre premières", "le premier et le cinquième", "les deux premiers leviers"]
)
def test_more_than_were_listed_are_none(desk: Desk, question: str) -> None:
    assert nth(desk.reader.mend(question), LIST, reader=desk.reader) == ([], "")


def test_a_row_that_names_nobody_keeps_its_place(desk: Desk) -> None:
    rows = (Turn("user", "Quoi ?"), Turn("assistant", "- Houlocoop … [1]\n- Rien. [2]\n- Varech'Lab … [3]"))
    assert nth("le troisieme", rows, reader=desk.reader) == (["varech-lab"], "")
