from __future__ import annotations

import pytest

from assistant.language import is_infinitive, is_verb, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Quelle est la force de Houlocoop ?", "fr"),
        ("What is the strength of Houlocoop?", "en"),
        ("site web houlocoop", "fr"),
        ("who founded it", "en"),
        ("Houlocoop", "fr"),
    ],
)
def test_french_and_english_are_told_apart(text: str, language: str) -> None:
    assert language_of(text) == language


def test_where_nothing_tells_the_conversation_does() -> None:
    assert language_of("Houlocoop?", default="en") == "en"


def test_a_conjugated_verb_is_no_noun() -> None:
    assert is_verb("travaillent")
    assert is_verb("citees")
    assert not is_verb("budget")
    assert not is_verb("quartiers")
    assert not is_verb("axes")
    assert not is_verb("maire")


@pytest.mark.parametrize(
    ("word", "infinitive"),
    [
        ("renforcer", True),
        ("finir", True),
        ("vendre", True),
        ("atelier", False),
        ("metier", False),
        ("loisir", False),
    ],
)
def test_an_infinitive_is_told_from_a_noun_that_ends_like_one(word: str, infinitive: bool) -> None:
    assert is_infinitive(word) is infinitive


def test_a_participle_that_the_dictionary_takes_for_an_adjective_is_a_verb() -> None:
    assert is_verb("batis")
    assert not is_verb("abri")
