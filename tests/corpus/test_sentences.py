from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import clauses, split_sentences


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Un. Deux ! Trois ?", ["Un.", "Deux !", "Trois ?"]),
        ("M. Dupont est venu. Il est parti.", ["M. Dupont est venu.", "Il est parti."]),
        ("Voir http://a.example/b.html ici. Puis là.", ["Voir http://a.example/b.html ici.", "Puis là."]),
        ("du maraîchage, etc. autour d'un lieu", ["du maraîchage, etc. autour d'un lieu"]),
        ("ligne une\nligne deux", ["ligne une", "ligne deux"]),
        ("1. Créer un bail.\n2. Ouvrir un guichet.", ["Créer un bail.", "Ouvrir un guichet."]),
        (
            "Trois axes :\n- le quai ;\n• la cale ;\nb) le phare.",
            ["Trois axes :", "le quai ;", "la cale ;", "le phare."],
        ),
        ("Né en 2013. Trois quais.", ["Né en 2013.", "Trois quais."]),
        ("Elle dit : « Oui. » Puis « Non. »", ["Elle dit : « Oui. » Puis « Non. »"]),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, pieces: list[str]) -> None:
    assert split_sentences(text) == pieces


@given(st.text(max_size=300))
def test_every_sentence_is_a_slice_of_the_text(text: str) -> None:
    assert all(piece in text for piece in split_sentences(text))


def test_a_sentence_knows_what_it_can_answer() -> None:
    year, count, link, plain = (
        clauses(text)[0]
        for text in ("Née en 2016.", "Elle a 18 tonnes.", "Site : https://a.example/", "Rien de tel.")
    )
    assert (year.has_date, year.has_number, year.has_link) == (True, False, False)
    assert (count.has_date, count.has_number, count.has_link) == (False, True, False)
    assert (link.has_date, link.has_number, link.has_link) == (False, False, True)
    assert (plain.has_date, plain.has_number, plain.has_link) == (False, False, False)


@pytest.mark.parametrize(
    "text",
    [
        "Le port fut fondé en 574.",
        "La ville est prise en 338 av. J.-C. par les Romains.",
        "La jetée date du XVIe siècle.",
        "Une tempête l'emporte au début du Ve siècle.",
        "La fête a lieu en octobre.",
    ],
)
def test_a_sentence_may_tell_when_without_a_year_of_our_times(text: str) -> None:
    (one,) = clauses(text)
    assert one.has_date


@pytest.mark.parametrize(
    "text", ["La vie du port est calme.", "Il compte 574 anneaux.", "Elle vend des filets."]
)
def test_a_number_or_a_word_is_no_date(text: str) -> None:
    (one,) = clauses(text)
    assert not one.has_date
