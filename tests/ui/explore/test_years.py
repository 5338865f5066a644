"""A number is a year only where the sentence makes it one."""

from __future__ import annotations

import pytest

from ui.explore.years import years_in

NOW = 2026


def found(sentence: str) -> list[int]:
    return [year for _, _, year in years_in(sentence, now=NOW)]


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("Coopaname a été créée en 2004.", [2004]),
        ("En 1994 s'ouvre un atelier", [1994]),
        ("de 2015 à 2020", [2015, 2020]),
        ("plan 2021-2027", [2021, 2027]),
        ("saison 2014/2015", [2014, 2015]),
        ("le 12/03/2019", [2019]),
        ("le 2019-03-12", [2019]),
        ("12 mars 2015", [2015]),
        ("Année de création : 1987", [1987]),
        ("Agenda 2030", [2030]),
        ("en 1848", [1848]),
        ("les années 1900", [1900]),
        ("l'an 2000", [2000]),
        ("en 2020 plus de 300 personnes", [2020]),
        ("En 2012 nous avons ouvert, en 2015 trois lieux", [2012, 2015]),
        ("loi n° 2014-856 du 31 juillet 2014", [2014]),
        ("founded in 1998, 2015 marks the start", [1998, 2015]),
    ],
)
def test_years_are_found(sentence: str, years: list[int]) -> None:
    assert found(sentence) == years


@pytest.mark.parametrize(
    "sentence",
    [
        "Elle couvre 2000 m² de bureaux.",
        "un lieu de 2044 m2",
        "2044 km² de landes",
        "plus de 2000 personnes",
        "plus de 1950.",
        "environ 2015",
        "un total de 1850 euros",
        "budget de 2050 €",
        "2050€",
        "€2000",
        "de 2000 à 2500 habitants",
        "2000 à 15 000 habitants",
        "2015-2020 personnes",
        "en 2000 exemplaires",
        "Effectif : 1950",
        "http://x.fr/2015/03",
        "contact 2015@x.fr",
        "tél. 02 2015 2016",
        "12 000 ou 2000 000",
        "2015,5",
        "1 2000",
        "1.950",
        "n° 2014",
        "page 2014",
        "ISO 2015",
        "PTCE2015",
        "over 2015 trees",
        "2012 habitants",
        "2030 logements",
    ],
)
def test_what_counts_something_is_no_year(sentence: str) -> None:
    assert found(sentence) == []


def test_only_years_of_our_times_and_of_plans_are_taken() -> None:
    assert found("en 1799, en 1800") == [1800]
    assert found(f"en {NOW + 30}, en {NOW + 31}") == [NOW + 30]


def test_a_bare_hundred_may_be_anything() -> None:
    assert found("2000") == []
    assert found("2010") == [2010]


def test_the_places_of_years_are_those_in_the_sentence() -> None:
    sentence = "Née en 2011, élargie en 2019."
    assert [sentence[start:end] for start, end, _ in years_in(sentence, now=NOW)] == ["2011", "2019"]


@pytest.mark.parametrize("piece", ["2015-", "2015 à ", "2015 ", "1", "(2015", "« ", "a", "2015/", "@"])
def test_a_sentence_without_end_is_read_all_the_same(piece: str) -> None:
    assert found(f"{piece * 5000} ; née en 2011")[-1:] == [2011]
