from __future__ import annotations

import pytest

from assistant.cues import INITIATIVES, THEMES, asks_for, head_noun, kinds


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("quand a t elle ete creee", "date"),
        ("en quelle annee", "date"),
        ("when was it founded", "date"),
        ("combien de salaries", "count"),
        ("how many people", "count"),
        ("ou se trouve t il", "place"),
        ("dans quelle ville", "place"),
        ("where is it", "place"),
        ("quel est son site web", "link"),
        ("its website", "link"),
        ("quelle est sa force", "strength"),
        ("qui a realise le rapport", "person"),
        ("c est quoi", "definition"),
        ("what is it", "definition"),
        ("quel type de structure", "form"),
    ],
)
def test_the_kind_of_answer_is_recognised(question: str, kind: str) -> None:
    assert kind in kinds(question)


@pytest.mark.parametrize("question", ["du lien social entre voisins", "thou shalt", "un courrier"])
def test_a_word_inside_another_is_no_cue(question: str) -> None:
    assert not {"link", "place"} & kinds(question).keys()


@pytest.mark.parametrize(
    "question",
    [
        "quelles sont les initiatives",
        "combien d initiatives",
        "liste toutes les initiatives",
        "list all projects",
    ],
)
def test_a_request_for_initiatives_is_recognised(question: str) -> None:
    assert asks_for(question, INITIATIVES)


def test_a_mention_of_the_class_is_no_request_for_it() -> None:
    assert not asks_for("cette initiative est belle", INITIATIVES)
    assert not asks_for("le theme de la houle", THEMES)


@pytest.mark.parametrize(
    ("question", "head"),
    [("quel est le budget de l atelier", "budget"), ("how many bees", "bees"), ("bonjour", None)],
)
def test_the_noun_asked_for_is_found(question: str, head: str | None) -> None:
    assert head_noun(question) == head
