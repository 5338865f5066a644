from __future__ import annotations

import pytest

from corpus.catalogue import Fiche, Initiative, Theme, fiche_to_json, read_fiche
from ingest.deck import Example, Slide
from ingest.entries import entries
from ingest.traced import Traced

THEME = "Vergers partagés"


def theme_of(title: str = THEME, text: str = "", *, place: int = 0) -> Slide:
    return Slide(title=title, theme=place, paragraphs=[Traced.of(text)], page=1)


def example_of(name: str, text: str = "", *, link: str = "", theme: int = 0, number: int | None = 1) -> Slide:
    return Slide(example=Example(0, number, name, link), theme=theme, paragraphs=[Traced.of(text)], page=2)


def fiches(*slides: Slide, said: str = "") -> list[Fiche]:
    found = [fiche for _, fiche in entries(slides, document="carnet", said=said)]
    assert [read_fiche(fiche_to_json(one), file="") for one in found] == found
    return found


def initiative(
    name: str, text: str = "", *, link: str = "", title: str = THEME, said: str = ""
) -> Initiative:
    [_, found] = fiches(theme_of(title), example_of(name, text, link=link), said=said)
    assert isinstance(found, Initiative)
    return found


def test_themes_come_first_and_each_fiche_says_where_it_was_read() -> None:
    slides = [example_of("Le Rameau"), theme_of()]
    theme, rameau = fiches(*slides)
    assert (theme.id, theme.name, rameau.id, rameau.name) == (
        "vergers-partages",
        THEME,
        "rameau",
        "Le Rameau",
    )
    assert [(one.sources[0].document, one.sources[0].slide) for one in (theme, rameau)] == [
        ("carnet", 1),
        ("carnet", 2),
    ]
    found = entries(slides, document="carnet", said="")
    assert [slide for slide, _ in found] == [slides[1], slides[0]]


def test_the_fields_are_what_the_slide_says() -> None:
    text = (
        "Le Rameau est une SCIC installée à Meymac, créée en 2009, avec 35 vergers.\n\nObjectif : greffer\n\n"
        "Force de cette initiative : la patience"
    )
    found = initiative("Le Rameau", text, link="https://rameau.example/")
    assert (found.form, found.territory, found.year, found.site) == (
        "SCIC",
        "Meymac",
        2009,
        "https://rameau.example/",
    )
    assert (found.objectives, found.strength) == (("greffer",), "la patience")
    assert [(one.value, one.counts) for one in found.figures] == [("35", "vergers")]


def test_what_a_slide_does_not_say_is_left_open() -> None:
    found = initiative("Le Rameau", "Exemple 1 : Le Rameau")
    assert (found.form, found.territory, found.year, found.site, found.strength) == (None,) * 5
    assert (found.objectives, found.figures) == ((), ())


def test_a_slide_of_neither_and_an_initiative_without_a_theme_make_no_entry() -> None:
    assert fiches(Slide(paragraphs=[Traced.of("Le calendrier des greffes.")])) == []
    assert [one.id for one in fiches(theme_of(), example_of("Le Rameau", theme=1))] == ["vergers-partages"]


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://rameau.example/a?b=c", "https://rameau.example/a?b=c"),
        ("www.rameau.example", "http://www.rameau.example"),
        ("rameau.coop/nous", "http://rameau.coop/nous"),
        ("", None),
        ("https://", None),
        ("https://rameau", None),
        ("https://rameau.example/" + "a" * 400, None),
    ],
)
def test_a_site_is_a_link_that_can_be_opened(link: str, site: str | None) -> None:
    assert initiative("Le Rameau", link=link).site == site


def test_an_acronym_is_one_only_where_the_text_has_it_in_capitals() -> None:
    name = "Greffeurs et Rameaux d'Ussel"
    assert initiative(name, said="Le GRU greffe.").acronyms == ("GRU",)
    assert initiative(name, said="Le GRU greffe.").id == "gru"
    assert initiative(name, said="une grue, des gru").acronyms == ()
    assert initiative("Rameau Vert", said="Le RV greffe.").acronyms == ()


def test_a_name_before_its_area_is_an_alias_but_an_article_and_a_word_are_not() -> None:
    assert initiative("Atelier Greffe du Pays de Brive").aliases == ("Atelier Greffe",)
    assert initiative("La Ruche Verte de la vallée de la Maulde").aliases == ("La Ruche Verte",)
    assert initiative("Les Semis de la vallée de la Maulde").aliases == ()
    assert initiative("L'Atelier du Pays de Brive").aliases == ()


def test_the_kind_that_its_theme_names_is_no_part_of_a_name() -> None:
    found = initiative("Le VPS Rameau", title="Vergers partagés solidaires", said="Les VPS : des vergers.")
    assert (found.name, found.aliases) == ("Rameau", ("Le VPS Rameau",))


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("Le Rameau greffe.", ("vergers-partages",)),
        ("Le Rameau touche aux économies locales.", ("vergers-partages", "economies-locales")),
        ("Le Rameau touche aux ÉCONOMIES  LOCALES !", ("vergers-partages", "economies-locales")),
        ("Le Rameau étudie les macroéconomies locales.", ("vergers-partages",)),
    ],
)
def test_a_further_theme_is_one_that_the_slide_names_in_whole_words(
    text: str, themes: tuple[str, ...]
) -> None:
    slides = [theme_of(), example_of("Le Rameau", text), theme_of("Économies locales", place=1)]
    assert [one.themes for one in fiches(*slides) if isinstance(one, Initiative)] == [themes]


@pytest.mark.parametrize("name", ["Le Rameau", "Fédération " + "des vergers " * 12])
def test_what_has_the_name_of_another_gets_an_id_of_its_own(name: str) -> None:
    found = fiches(theme_of(), *[example_of(name) for _ in range(3)])
    assert len({one.id for one in found}) == 4


def test_a_theme_is_called_by_what_the_text_calls_it() -> None:
    said = "Les vergers partagés nourrissent. Un bourg sans vergers partagés a faim."
    theme = fiches(theme_of("Vergers partagés et haies vives"), said=said)[0]
    assert isinstance(theme, Theme)
    assert theme.aliases == ("Vergers partagés",)
    assert fiches(theme_of("Vergers partagés et haies vives"))[0].aliases == ()
    [both] = fiches(theme_of("Haies & vergers vivants"))
    assert both.aliases == ("Haies et vergers vivants", "Haies & vergers", "Haies et vergers")
