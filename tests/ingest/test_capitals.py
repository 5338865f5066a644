from __future__ import annotations

import pytest

from ingest.capitals import best_title, spelt, titles


def names(*blocks: str) -> list[str]:
    return [one.name for one in titles([block.split("\n") for block in blocks])]


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("VERGERS PARTAGÉS", "Vergers partagés"),
        ("VERGERS\nPARTAGÉS", "Vergers partagés"),
        ("LES VERGERS PARTAGÉS", "Vergers partagés"),
        ("L'EAU PARTAGÉE", "Eau partagée"),
        ("L’EAU PARTAGÉE", "Eau partagée"),
        ("« VERGERS PARTAGÉS »", "Vergers partagés"),
        ("3. VERGERS PARTAGÉS", "Vergers partagés"),
        ("HAIES & VERGERS", "Haies & vergers"),
        ("HAIES VIVES &\nVERGERS", "Haies vives & vergers"),
        ("DU VERGER À LA TABLE", "Du verger à la table"),
        ("DU VERGER À\nLA TABLE", "Du verger à la table"),
        ("TERRITOIRES OÙ IL Y A DES VERGERS", "Territoires où il y a des vergers"),
        ("Nos amis greffent VERGERS PARTAGÉS", "Vergers partagés"),
    ],
)
def test_capitals_are_a_title_over_one_line_or_two(lines: str, title: str) -> None:
    assert names(lines) == [title]


@pytest.mark.parametrize(
    "lines",
    [
        "AMAP",
        "RESTAM",
        "Le GRETA et la MSA",
        "V E R G E R S",
        "2024 : 120 000 €",
        "A À Y",
        "",
        "Vergers partagés",
    ],
)
def test_acronyms_and_what_is_in_small_letters_are_no_title(lines: str) -> None:
    assert names(lines) == []


@pytest.mark.parametrize(
    "line", ["VERGERS PARTAGÉS À ne pas oublier", "VERGERS PARTAGÉS A été dit", "VERGERS PARTAGÉS A"]
)
def test_a_letter_that_begins_what_follows_is_no_part_of_the_title(line: str) -> None:
    [title] = titles([[line]])
    assert title.name == "Vergers partagés"
    [(_, start, end)] = title.cuts(0)
    assert line[start:end] == "VERGERS PARTAGÉS"


def test_a_title_goes_on_in_the_next_block_behind_a_linking_word_only() -> None:
    assert names("VERGERS PARTAGÉS ET", "HAIES VIVES") == ["Vergers partagés et haies vives"]
    assert names("VERGERS PARTAGÉS &", "HAIES VIVES") == ["Vergers partagés & haies vives"]
    assert names("VERGERS PARTAGÉS &", "Un texte.") == ["Vergers partagés"]
    assert names("VERGERS PARTAGÉS À", "TOUS VENTS") == ["Vergers partagés à tous vents"]
    assert names("VERGERS PARTAGÉS", "HAIES VIVES") == ["Vergers partagés", "Haies vives"]


def test_two_spellings_are_one_title_called_by_the_one_that_is_better_known() -> None:
    [title] = titles([["VERGERS NOURICIERS"], ["Un texte."], ["LES VERGERS NOURRICIERS"]])
    assert title.name == "Vergers nourriciers"
    assert title.blocks == {0, 2}


def test_two_halves_in_neighbouring_blocks_are_one_title_where_a_third_place_says_so() -> None:
    [title] = titles([["VERGERS"], ["PARTAGÉS"], ["Un texte."], ["VERGERS PARTAGÉS"]])
    assert title.blocks == {0, 1, 3}
    assert title.span(0) == title.span(1) == {0, 1}
    assert title.span(3) == {3}
    assert title.span(2) == frozenset()


def test_cuts_give_the_line_and_the_place_of_the_capitals() -> None:
    [title] = titles([["Un mot", "et puis VERGERS PARTAGÉS", "enfin"]])
    assert list(title.cuts(0)) == [(1, 8, 24)]
    assert list(title.cuts(1)) == []


def test_the_title_that_stands_most_often_on_the_slides_is_the_best() -> None:
    found = titles([["HAIES VIVES"], ["VERGERS PARTAGÉS"], ["Un texte."], ["VERGERS PARTAGÉS"]])
    assert best_title(found, {0, 1, 2, 3}, "") == "Vergers partagés"
    assert best_title(found, {0, 2}, "") == "Haies vives"
    assert best_title(found, {2}, "") == ""


def test_between_equals_the_title_that_the_text_names_is_the_best_then_the_longest() -> None:
    found = titles([["VERGERS PARTAGÉS"], ["BOURSE AUX GREFFONS VOISINS"]])
    assert best_title(found, {0, 1}, "") == "Bourse aux greffons voisins"
    said = "vergers partages : les vergers partages nourrissent"
    assert best_title(found, {0, 1}, said) == "Vergers partagés"


@pytest.mark.parametrize(
    ("capitals", "title"),
    [
        ("POLES AGRICOLES", "Pôles agricoles"),
        ("MOBILITE DOUCE", "Mobilité douce"),
        ("L'EAU PARTAGEE", "L'eau partagée"),
        ("D'ICI ET D'AILLEURS", "D'ici et d'ailleurs"),
        ("AMAP ET VERGERS", "AMAP et vergers"),
        ("HAIES & VERGERS", "Haies & vergers"),
        ("LA CITE", "La cite"),  # cite or cité: both are words
        ("TIERS-LIEUX", "Tiers-lieux"),
        ("", ""),
    ],
)
def test_a_title_is_spelt_as_in_running_text(capitals: str, title: str) -> None:
    assert spelt(capitals) == title
