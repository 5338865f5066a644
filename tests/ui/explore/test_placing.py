"""Territories are placed where they say, and nowhere else."""

from __future__ import annotations

import pytest

from ui.explore.gazetteer import gazetteer
from ui.explore.placing import place


@pytest.mark.parametrize(
    ("territory", "departments"),
    [
        ("bassin d'emploi du Havre", "76"),
        ("bassin d’emploi du Havre", "76"),
        ("commune de Grande-Synthe", "59"),
        ("Calvados", "14"),
        ("Audierne", "29"),
        ("BAGNEUX", "92"),
        ("bagneux", "92"),
        ("Roscoff et Douarnenez", "29"),
        ("Paris 18e", "75"),
        ("38000 Grenoble", "38"),
        ("Plaine Commune", "93"),
        ("Loire Forez agglomération", "42"),
        ("L'Île-Saint-Denis", "93"),
        ("La Réunion", "974"),
        ("Saint-Étienne Métropole", "42"),
        ("Nord-Isère", "38"),
        ("département du Nord", "59"),
    ],
)
def test_a_place_is_found_amid_the_words_that_say_what_it_is(territory: str, departments: str) -> None:
    assert place(territory).departments == tuple(departments.split())


@pytest.mark.parametrize(
    ("territory", "departments"),
    [
        ("agglomération grenobloise", "38"),
        ("métropole lilloise", "59"),
        ("bassin rennais", "35"),
        ("région stéphanoise", "42"),
        ("agglomération strasbourgeoise", "67"),
        ("Pays voironnais", "38"),
        ("territoire isérois", "38"),
    ],
)
def test_an_adjective_stands_for_its_place(territory: str, departments: str) -> None:
    assert place(territory).departments == tuple(departments.split())


def test_a_region_covers_its_departments() -> None:
    assert place("Bretagne").departments == ("22", "29", "35", "56")
    assert place("région Rhône-Alpes").departments == ("01", "07", "26", "38", "42", "69", "73", "74")
    assert place("Corse").departments == ("2A", "2B")


def test_of_a_place_and_the_region_around_it_the_place_is_meant() -> None:
    assert place("Isère, Auvergne-Rhône-Alpes").departments == ("38",)
    assert place("Hauts-de-France (Nord)").departments == ("59",)


def test_several_places_are_all_meant() -> None:
    assert place("Le Havre et l'Eure").departments == ("27", "76")
    assert place("Haute-Savoie et Savoie").departments == ("73", "74")


def test_a_name_that_communes_share_is_of_the_far_more_populous_one() -> None:
    assert place("Bagneux").departments == ("92",)
    assert place("Valence").departments == ("26",)


@pytest.mark.parametrize(
    "territory", ["Saint-Denis", "Saint-Pierre", "Saint-Martin", "Sainte-Marie", "Vienne"]
)
def test_a_name_that_none_clearly_owns_is_not_placed(territory: str) -> None:
    assert place(territory).why == "shared"
    assert place(territory).departments == ()


@pytest.mark.parametrize(
    ("territory", "departments"),
    [
        ("Saint-Denis (93)", "93"),
        ("Saint-Denis, La Réunion", "974"),
        ("Bagneux (Marne)", "51"),
        ("ville de Vienne", "38"),
        ("la Vienne", "86"),
        ("département de la Vienne", "86"),
    ],
)
def test_what_stands_beside_a_shared_name_tells_which_is_meant(territory: str, departments: str) -> None:
    assert place(territory).departments == tuple(departments.split())


@pytest.mark.parametrize(
    "territory",
    [
        "Val de Loire",
        "vallée de la Drôme",
        "côtes de la Manche",
        "massif du Jura",
        "Nord de la France",
        "bassin parisien",
        "Parc naturel régional du Vercors",
        "Paris-Saclay",
        "Londres",
        "Bruxelles",
        "Mer et montagne",
        "mer et montagne",
        "milieu rural",
        "Fleury Bagneux",
        "<script>alert(1)</script>",
        "A" * 400,
    ],
)
def test_what_is_no_department_is_never_guessed(territory: str) -> None:
    assert place(territory).departments == ()


def test_a_street_does_not_lie_where_it_leads() -> None:
    assert place("rue de Paris, Lille").departments == ("59",)


def test_a_commune_with_the_name_of_a_thing_must_be_called_a_commune() -> None:
    assert place("Mer").departments == ()
    assert place("commune de Mer").departments == ("41",)


def test_a_part_of_a_city_lies_where_the_city_does() -> None:
    assert place("quartiers nord de Marseille").departments == ("13",)


@pytest.mark.parametrize("territory", ["France", "toute la France", "France entière", "territoire national"])
def test_the_whole_country_is_said_and_not_painted(territory: str) -> None:
    assert place(territory).why == "country"


@pytest.mark.parametrize("territory", [None, "", "  "])
def test_no_territory_is_another_thing_than_an_unknown_one(territory: str | None) -> None:
    assert place(territory).why == "blank"
    assert place("Xyzzy").why == "unknown"


def test_every_department_is_known_and_those_of_the_mainland_have_an_outline() -> None:
    listed = gazetteer().departments.values()
    assert len([one for one in listed if one.zone == "metro" and one.path]) == 96
    assert {one.code for one in listed if one.zone == "drom"} == {"971", "972", "973", "974", "976"}
    for one in listed:
        assert place(one.name).departments == (one.code,) or one.name in (
            "Vienne",
            "Saint-Martin",
            "Saint-Barthélemy",
        )
