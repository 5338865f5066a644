"""A quote is found on a page that has its words otherwise, and nowhere else."""

from __future__ import annotations

import pytest

from ui.reader.matching import match


def found(quote: str, text: str, *, near: int = 0) -> list[str]:
    made = match(quote, text, near=near)
    return [text[start:end] for start, end in made.spans] if made else []


@pytest.mark.parametrize(
    ("quote", "text", "there"),
    [
        ("axes structurants du port", "des axes struc-\nturants du port.", "axes struc-\nturants du port"),
        ("un filet filé à neuf", "un ﬁlet ﬁlé à\nneuf", "un ﬁlet ﬁlé à\nneuf"),
        ("le cœur de l'île", "LE COEUR DE L’ILE", "LE COEUR DE L’ILE"),
        ("l'ESS compte 350 membres", "I'ESS compte 35O membres", "I'ESS compte 35O membres"),
        ("une phrase, avec des mots", "Une phrase avec\u00a0des mots !", "Une phrase avec\u00a0des mots"),
        ("soft hyphen", "so\u00adft hy\u00adphen", "so\u00adft hy\u00adphen"),
    ],
)
def test_words_are_found_as_a_page_has_them(quote: str, text: str, there: str) -> None:
    assert found(quote, text) == [there]


def test_misread_words_are_found_by_their_likeness() -> None:
    text = "Hier, trais couturieres encadraient l'ateliar de Concarneou, dit-on."
    [there] = found("trois couturières encadrent l'atelier de Concarneau", text)
    assert there.startswith("trais")
    assert there.endswith("Concarneou")


def test_a_sentence_with_another_number_is_another_sentence() -> None:
    around = "Une autre phrase. " * 20
    text = f"{around}La coopérative réunit plus de 450 sociétaires dans toute la baie. {around}"
    assert found("La coopérative réunit plus de 350 sociétaires dans toute la baie.", text) == []


def test_of_two_places_the_nearer_is_taken() -> None:
    text = "Le port ouvre. Ailleurs on attend. Le port ouvre."
    made = match("Le port ouvre", text, near=30)
    assert made
    assert made.spans == ((35, 48),)


def test_a_short_word_is_not_found_inside_another() -> None:
    assert match("42", "en 1942, rien") is None
    made = match("42", "en 1942, 42 bouées")
    assert made
    assert made.spans == ((9, 11),)


def test_a_sentence_that_the_page_cuts_is_found_in_part() -> None:
    quote = "cette phrase commence ici et finit sur la page suivante"
    first = match(quote, "Des mots. Cette phrase commence ici et")
    last = match(quote, "finit sur la page suivante. Autre chose.")
    assert first
    assert last
    assert 0 < first.share < 1
    assert 0 < last.share < 1
    assert not first.is_whole


def test_a_row_is_found_in_its_table() -> None:
    text = "commune de Roscoff. Port Bouées Budget Roscoff 12 340 Concarneau 8 215"
    made = match("Port: Roscoff · Bouées: 12 · Budget: 340", text)
    assert made
    assert [text[start:end] for start, end in made.spans] == [
        *("Port", "Bouées", "Budget", "Roscoff", "12", "340")
    ]
    assert made.spans[3][0] == text.rindex("Roscoff")


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("", "du texte"),
        ("des mots", ""),
        ("!!! …", "a ! b"),
        ("des mots qui n'y sont pas", "tout autre chose"),
    ],
)
def test_what_is_not_there_is_not_found(quote: str, text: str) -> None:
    assert match(quote, text) is None
