from __future__ import annotations

import pytest

from corpus.dictionary import is_word, spellings


@pytest.mark.parametrize("word", ["fiscalite", "specialite", "legumes", "chantier", "budget", "yearly"])
def test_a_word_is_known_without_its_accents_and_in_both_languages(word: str) -> None:
    assert is_word(word)


@pytest.mark.parametrize("word", ["houlocop", "agriculure", "solarivage", "initiativ"])
def test_what_is_misspelt_or_a_name_is_no_word(word: str) -> None:
    assert not is_word(word)


def test_a_folded_word_may_stand_for_several() -> None:
    assert spellings("cote")[0] == "cote"
    assert {"côte", "côté"} <= set(spellings("cote"))
    assert spellings("xyz") == ("xyz",)
