from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.spelling import mend_words
from ingest.traced import Traced

ENGLISH = (
    "The gardeners of the northern towns lend their tools to whoever asks, and they meet each month in a "
    "hall that the council left to them. It is a tres simple and economigue way of sharing what would "
    "otherwise rust, they say, and the young people of the neighbourhood come to learn how to sow."
)


def mended(text: str) -> str:
    return mend_words(Traced.of(text)).text


@pytest.mark.parametrize(
    ("scanned", "meant"),
    [
        ("un verger économigue", "un verger économique"),
        ("uniguement des pommes", "uniquement des pommes"),
        ("les habltants du hameau", "les habitants du hameau"),
        ("la rnaison des semences", "la maison des semences"),
        ("un vvagon de compost", "un wagon de compost"),
        ("le clialogue des voisins", "le dialogue des voisins"),
        ("le p6le et le m0ulin", "le pôle et le moulin"),
        ("sans chémage", "sans chômage"),
        ("l'entrailnement du greffeur", "l'entraînement du greffeur"),
        ("la lIégitimité du verger", "la légitimité du verger"),
        ("la liberte de semer", "la liberté de semer"),
        ("\\éritable pépinière", "Véritable pépinière"),
        ("|a serre", "la serre"),
        ("|'école du verger", "l'école du verger"),
        ("'importance des haies", "l'importance des haies"),
    ],
)
def test_a_word_that_a_scanner_misread_is_mended(scanned: str, meant: str) -> None:
    assert mended(scanned) == meant


@pytest.mark.parametrize(
    "bare", ["tres", "apres", "aupres", "meme", "memes", "etre", "deja", "voila", "plutot"]
)
def test_a_short_word_gets_its_lost_accent_back(bare: str) -> None:
    [word] = mended(f"{bare} une haie").split()[:1]
    assert word != bare
    assert mended(word) == word


@pytest.mark.parametrize(
    "text",
    [
        "Elffel et Rnaud",  # names: they begin like some
        "12 600 arbres et 1 604 haies",
        "une haie, un verger, une serre",
        "le pecheur et le cote",  # two words may be meant: pécheur, pêcheur
        "la rue 'ouverte' aux jeux",
        "travailleur.e.s et jardinier·e·s",
        "un compost de projct",  # nothing known is near
        "https://rnaison.example/uniguement-habltants",
        "www.rnaison.example/chémage",
    ],
)
def test_names_numbers_links_and_what_is_in_doubt_stay(text: str) -> None:
    assert mended(text) == text


def test_the_word_behind_a_link_is_mended_all_the_same() -> None:
    scanned = "rnaison https://rnaison.example/ rnaison www.rnaison.example rnaison"
    assert mended(scanned) == "maison https://rnaison.example/ maison www.rnaison.example maison"


def test_an_acronym_is_mended_only_where_the_text_has_it_in_capitals() -> None:
    assert mended("La RSl et la RSI") == "La RSI et la RSI"
    assert mended("La RSl du canton") == "La RSl du canton"


def test_a_name_is_mended_only_where_its_own_link_spells_it_out() -> None:
    assert mended("Le verger PoIen : https://polen.example") == "Le verger Polen : https://polen.example"
    assert mended("Le verger PoIen : https://autre.example") == "Le verger PoIen : https://autre.example"


def test_two_words_run_together_part_where_the_text_has_them_apart() -> None:
    assert mended("dujardin, ou les abords du jardin") == "du jardin, ou les abords du jardin"
    assert mended("dujardin, ou les abords") == "dujardin, ou les abords"


def test_english_is_left_alone() -> None:
    assert mended(ENGLISH) == ENGLISH


@given(
    st.lists(
        st.sampled_from(["rnaison", "tres", "PoIen", "|a", "haie", "\n", "12", "économigue"]), max_size=12
    )
)
def test_mending_twice_changes_no_more_and_keeps_the_lines(words: list[str]) -> None:
    once = mended(" ".join(words))
    assert mended(once) == once
    assert once.count("\n") == words.count("\n")


def test_a_word_without_end_is_left_as_it_is() -> None:
    word = "rnaison" * 100_000  # what it may have been would be sought for hours
    assert mended(f"Une {word} de pierre.") == f"Une {word} de pierre."
