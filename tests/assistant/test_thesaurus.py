from __future__ import annotations

import pytest

from assistant.thesaurus import Thesaurus, read_thesaurus
from corpus.documents import Language

SOME = Thesaurus(
    [("réemploi récupération", "re-use recovery")],
    asked=[("employer salarié main-d'oeuvre", "employ staff"), ("emploi travail", "employment job")],
    spelling={},
    apart=["emploi", "employment"],
)


@pytest.mark.parametrize(
    ("word", "language", "mates"),
    [
        ("emploi", "fr", {"travail"}),
        ("employer", "fr", {"salari", "travail"}),
        ("employment", "en", {"emploi", "travail"}),
        ("employ", "en", {"emploi", "salari", "travail"}),
        ("recuperation", "fr", {"reemploi"}),
    ],
)
def test_a_word_apart_answers_for_its_own_concept(word: str, language: Language, mates: set[str]) -> None:
    assert SOME.mates(word, language) == frozenset(mates)


def test_neither_half_of_a_compound_answers_for_it() -> None:
    assert not SOME.mates("oeuvre", "fr")
    assert not SOME.mates("use", "en")
    assert "main" not in read_thesaurus().mates("salarie", "fr")
