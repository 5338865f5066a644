from __future__ import annotations

import pytest

from ingest import fields


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Force de cette initiative : la greffe est gratuite.", "la greffe est gratuite"),
        ("La force de l’initiative : la greffe", "la greffe"),
        ("La force de l'initiative: la greffe", "la greffe"),
        ("FORCE DE CETTE INITIATIVE\u00a0: la greffe", "la greffe"),
        ("Forces de cette initiative – la greffe", "la greffe"),
        ("The strength of this initiative: free grafts", "free grafts"),
        ("Force de cette initiative : la greffe. Le Rameau a 12 ans.", "la greffe"),
        ("Force de cette initiative :\n\nLa greffe. Le Rameau a 12 ans.", "La greffe"),
        ("Force de cette initiative :\nla greffe ;\nle compost.\n\nLe Rameau", "la greffe, le compost"),
        ("Force de cette initiative :", None),
        ("Force de cette initiative :\n\nhttps://rameau.example", None),
        ("Force de cette initiative :\n\nSite internet : https://rameau.example", None),
        ("Force de cette initiative :\n\nObjectifs : greffer", None),
        ("La force du vent : elle plie les arbres.", None),
    ],
)
def test_the_strength_is_what_follows_its_label(text: str, said: str | None) -> None:
    assert fields.strength(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Objectifs : greffer, semer. Le Rameau en vit.", ("greffer, semer",)),
        ("L’objectif est d’apprendre à greffer", ("apprendre à greffer",)),
        ("Il a pour but de greffer.\nSon objectif : semer", ("greffer", "semer")),
        ("Objectives: to graft and to sow.", ("to graft and to sow",)),
        ("Objectifs :\ngreffer\nsemer\n\nLe Rameau", ("greffer, semer",)),
        ("Objectifs :\ngreffer\nsemer\nForce de cette initiative : la patience", ("greffer, semer",)),
        ("Objectif : greffer Force de cette initiative : la patience", ("greffer",)),
        ("Objectifs :\n\nForce de cette initiative : la patience", ()),
        ("Objectifs :", ()),
        ("Un objectif atteint dès la première année.", ()),
    ],
)
def test_objectives_are_what_a_text_says_that_it_is_after(text: str, said: tuple[str, ...]) -> None:
    assert fields.objectives(text) == said


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Créée en 2009", 2009),
        ("projet crée officiellement en mars 2014", 2014),
        ("née le 3 mai 2012", 2012),
        ("fondé par des voisins en 1998", 1998),
        ("lancement à Guéret en 2019", 2019),
        ("founded in Leeds in 1994", 1994),
        ("launched in March 2004", 2004),
        ("Le Rameau a 12 salariés depuis 2011", None),
        ("des crédits en 2016, une levée de fonds en 2018", None),
        ("une charte négociée en 2015, nécessaire en 2016", None),
        ("créée pour durer. En 2020, elle a grandi", None),
    ],
)
def test_the_year_is_that_of_the_founding(text: str, year: int | None) -> None:
    assert fields.year(text) == year


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("installée à Saint-Jean-des-Haies", "Saint-Jean-des-Haies"),
        ("une ferme située en Creuse", "Creuse"),
        ("a cooperative based in North Dale", "North Dale"),
        ("dans la vallée de la Maulde", "vallée de la Maulde"),
        ("l'agglomération limougeaise", "agglomération limougeaise"),
        ("sur le territoire du Pays de Brive", "Pays de Brive"),
        ("la ville d’Ussel", "Ussel"),
        ("installée à deux pas du bourg, basée sur le don", None),
    ],
)
def test_the_territory_is_a_place_that_the_text_puts_it_in(text: str, place: str | None) -> None:
    assert fields.territory(text) == place


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Une SCIC, puis une association", "SCIC"),
        ("Association de greffeurs", "association"),
        ("une entreprise d’insertion", "entreprise d’insertion"),
        ("la fermentation des associations", None),
    ],
)
def test_the_form_is_the_first_that_the_text_names(text: str, form: str | None) -> None:
    assert fields.form(text) == form


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("35 parcelles et 3 serres", [("35", "parcelles"), ("3", "serres")]),
        ("plus de 1 200 arbres greffés", [("plus de 1 200", "arbres greffés")]),
        ("12,5 % des haies", [("12,5 %", "des haies")]),
        ("Force de cette initiative : 40 voisins greffent", [("40", "voisins greffent")]),
        ("https://rameau.example/12 35 serres", [("35", "serres")]),
        ("https://un-lien-bien-long.example et 40 voisins", [("40", "voisins")]),
        ("40 voisins, et encore 40 voisins", [("40", "voisins")]),
        ("Exemple 12 voisins", []),
        ("https://rameau.example/a/b/c/d Exemple 12 voisins", []),
        ("le 12 avril, on 3 May, en 2019 parfois, le 1er jardin", []),
        ("le CO2 évité, la norme H264 retenue, 12/04 matin", []),
        ("12 rue des Haies, 19000 Tulle", []),
    ],
)
def test_figures_are_numbers_and_what_they_count(text: str, found: list[tuple[str, str]]) -> None:
    assert [(one.value, one.counts) for one in fields.figures(text)] == found


def test_what_a_text_does_not_say_is_left_open() -> None:
    text = "Le Rameau greffe de vieux pommiers avec les enfants du bourg."
    asked = (fields.strength, fields.territory, fields.year, fields.form, fields.objectives, fields.figures)
    assert [ask(text) for ask in asked] == [None, None, None, None, (), ()]


def test_a_field_is_no_longer_than_a_line_of_the_catalogue() -> None:
    said = fields.strength("Force de cette initiative : " + "la patience " * 100)
    assert said is not None
    assert len(said) <= 400
