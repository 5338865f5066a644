from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.words import NUMBER_WORDS, STOP_WORDS, content, fold, printable, stem, stems, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Économie Sociale", "l'economie sociale"),
        ("cœur, ŒUVRE, æquo, Straße", "coeur, oeuvre, aequo, strasse"),
        ("e\u0301te\u0301", "ete"),
        ("vingt‐deux – trente—un", "vingt-deux - trente-un"),
        ("ﬁlet", "filet"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L'Atelier des Marées", ["l", "atelier", "des", "marees"]),
        ("aujourd’hui, R'Urban", ["aujourd", "hui", "r", "urban"]),
        ("Grande-Synthe", ["grande", "synthe"]),
        ("l'E.S.S. et le P.T.C.E", ["l", "ess", "et", "le", "ptce"]),
        ("12,5 % de 3.400 m", ["12,5", "de", "3.400", "m"]),
        ("350, 18.", ["350", "18"]),
        ("salarié(e)s et habitant(s)", ["salaries", "et", "habitant"]),
        ("travailleur·e·s, habitant·es", ["travailleur", "habitant"]),
        ("travailleur.e.s", ["travailleur"]),
        ("un +", ["un", "plus"]),
        ("?!… « »", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_words_are_plain_and_not_empty(text: str) -> None:
    for word in words(text):
        assert word
        assert word.isascii()
        assert word == word.lower()


@given(st.text())
def test_case_and_composition_make_no_other_words(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(composed) == words(unicodedata.normalize("NFD", composed))
    assert words(composed.casefold()) == words(composed)


@given(st.lists(st.sampled_from(["port", "ile", "350", "maree", "12,5", "ess"])), st.sampled_from(" \n\t;!«"))
def test_words_are_found_again_whatever_stands_between_them(some: list[str], between: str) -> None:
    assert words(f" {between} ".join(some)) == some


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("initiative", "initiatives"),
        ("cree", "creee"),
        ("fonde", "fondees"),
        ("chevaux", "cheval"),
        ("habitante", "habitants"),
    ],
)
def test_forms_of_one_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("port", "porc"), ("ville", "vallee"), ("ile", "aile")])
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("number", ["2011", "12,5", "1st"])
def test_a_number_is_its_own_stem(number: str) -> None:
    assert stem(number) == number


def test_stems_leave_out_what_carries_no_sense() -> None:
    assert stems("Quelle est la force de l'initiative ?") == [stem("force"), stem("initiative")]
    assert stems("Est-ce que tu peux me dire qui vous êtes ?") == []


def test_content_keeps_words_that_carry_sense_and_single_digits() -> None:
    assert content(["la", "houle", "x", "3", "the", "port"]) == ["houle", "3", "port"]


def test_stop_words_are_folded_and_hold_no_number() -> None:
    assert {fold(word) for word in STOP_WORDS} == STOP_WORDS
    assert not [word for word in STOP_WORDS if word.isdigit()]
    assert {"de", "the", "quelle", "which"} <= STOP_WORDS


def test_number_words_are_folded_and_mean_digits() -> None:
    assert all(fold(word) == word and number.isdigit() for word, number in NUMBER_WORDS.items())
    assert (NUMBER_WORDS["douze"], NUMBER_WORDS["twelve"]) == ("12", "12")


@given(st.text())
def test_a_printable_text_is_one_line_without_invisible_marks(text: str) -> None:
    shown = printable(text)
    assert printable(shown) == shown
    assert shown == shown.strip()
    assert not [char for char in shown if unicodedata.category(char) in {"Cc", "Cf", "Cs"}]
    shown.encode("utf-8")


def test_what_was_written_stays_printed() -> None:
    assert printable(" L’été\n à\t« Brest »\u202e 😀 ") == "L’été à « Brest » 😀"
