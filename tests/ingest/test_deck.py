"""Slides in the think tank's form and out of it: what must hold is said by the helper `read`.

No word of a slide is lost, but for titles and repeated headers; each initiative has slides of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from corpus.words import words
from ingest.cleaning import blocks
from ingest.deck import Placed, Slide, read_deck
from ingest.entries import entries
from ingest.traced import Traced

TITLE = "JARDINS NOURRICIERS"
INTRO = f"{TITLE}\n\nUne terre à cultiver ensemble rend aux habitants des villes le goût des saisons."
BROUETTE = """\
Exemple 1 : La Brouette https://www.brouette.example

Elle prête ses 35 parcelles.

Force de cette initiative : la récolte est partagée."""
SEMIS = """\
Exemple 2 : Les Semis https://semis.example

Ils troquent des graines.

Force de cette initiative : les graines circulent sans argent."""
OTHER = "ATELIERS DE QUARTIER\n\nQui veut réparer plutôt que jeter y trouve des outils et des conseils."
ETABLI = (
    SEMIS.replace("2 : Les Semis", "1 : L'Établi").replace("semis", "etabli").replace("graines", "outils")
)
ETAU = ETABLI.replace("1 : L'Établi", "2 : Le Grand Étau").replace("etabli", "etau")


@dataclass(frozen=True)
class Deck:
    """What was read: initiatives by name with theme and strength, links by name, titles in order."""

    slides: list[Slide]
    themes: dict[str, tuple[str, str | None]]
    links: dict[str, str | None]
    titles: list[str]

    def text(self, name: str) -> str:
        """Return what the slide of an initiative or a theme says."""
        return next(one.text for one in self.slides if name in (one.title, one.example and one.example.name))


def placed(pages: tuple[str, ...]) -> Iterator[Placed]:
    for number, page in enumerate(pages, 1):
        for place, block in enumerate(blocks(Traced.of(page))):
            yield Placed(block, number, place == 0)


def read(*pages: str) -> Deck:
    """Read a deck. Nothing is lost but titles, nothing is said twice."""
    slides = read_deck(list(placed(pages)))
    assert slides is not None
    said = Counter(words(" ".join(slide.text for slide in slides)))
    written = Counter(words(" ".join(pages)))
    assert set(written - said) <= {"les", *words(" ".join(slide.title for slide in slides))}
    assert not said - written
    found = [fiche for _, fiche in entries(slides, document="d", said="\n".join(pages))]
    names = {one.id: one.name for one in found}
    own = [one for one in found if one.kind == "initiative"]
    themes = {one.name: (names[one.themes[0]], one.strength) for one in own}
    assert len(themes) == len(own)
    return Deck(
        slides, themes, {one.name: one.site for one in own}, [one.name for one in found if one not in own]
    )


GARDENS = {
    "La Brouette": ("Jardins nourriciers", "la récolte est partagée"),
    "Les Semis": ("Jardins nourriciers", "les graines circulent sans argent"),
}
WORKSHOPS = {
    "L'Établi": ("Ateliers de quartier", "les outils circulent sans argent"),
    "Le Grand Étau": ("Ateliers de quartier", "les outils circulent sans argent"),
}
SITES = {"La Brouette": "https://www.brouette.example", "Les Semis": "https://semis.example"}


def test_a_deck_in_the_form_is_its_themes_and_their_initiatives() -> None:
    deck = read(INTRO, BROUETTE, SEMIS, OTHER, ETABLI, ETAU)
    assert deck.titles == ["Jardins nourriciers", "Ateliers de quartier"]
    assert deck.themes == GARDENS | WORKSHOPS
    assert [slide.page for slide in deck.slides] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Exemple ", "EXEMPLE N°"),
        ("Exemple ", "Exemple n° "),
        ("Exemple ", "Example "),
        (" : La", " - La"),
        (" : L", ") L"),
        (" : L", ". L"),
        ("Exemple 2 ", "Exemple "),
        ("Exemple ", "• Exemple "),
        (" https", "\nhttps"),
        (" https", "\n\nhttps"),
        (" https", "\n\nSite internet : https"),
        (" https", " (https"),
        (" https", " <https"),
        ("Exemple 1 : ", "Exemple 1 :\n"),
        (": la récolte", ":\nla récolte"),
        (": la récolte", ":\n\nla récolte"),
        ("la récolte est", "la récolte\nest"),
        ("cette initiative :", "l'initiative :"),
        ("cette initiative :", "l’initiative –"),
        ("Force de", "La force de"),
        ("Force de cette initiative", "Strength of this initiative"),
        ("\n\n", "\n"),
        ("\n\nForce", "\n\nObjectifs : nourrir le bourg\n\nForce"),
    ],
)
def test_a_variant_of_the_form_says_the_same(old: str, new: str) -> None:
    deck = read(INTRO, *(slide.replace(old, new) for slide in (BROUETTE, SEMIS)))
    assert (deck.titles, deck.themes, deck.links) == (["Jardins nourriciers"], GARDENS, SITES)


def test_a_strength_set_apart_and_a_slide_that_goes_on_are_the_initiatives_own() -> None:
    apart = BROUETTE.replace(": la récolte", ":\n\nLa récolte")
    more = "Exemple 1 : La Brouette https://www.brouette.example\n\nOn y compte 12 voisins."
    deck = read(INTRO, apart, more, SEMIS)
    assert deck.themes["La Brouette"] == ("Jardins nourriciers", "La récolte est partagée")
    assert "12 voisins" in deck.text("La Brouette")


def test_names_in_capitals_are_no_theme() -> None:
    shout = (BROUETTE.replace("La Brouette", "LA GRANDE BROUETTE"), SEMIS.replace("Exemple", "EXEMPLE"))
    assert read(INTRO, *shout).titles == ["Jardins nourriciers"]
    headed = "LES SEMIS VAGABONDS\n\n" + SEMIS.replace("Les Semis", "Les Semis vagabonds")
    assert read(INTRO, BROUETTE, headed).titles == ["Jardins nourriciers"]
    same = SEMIS.replace("Les Semis", "Jardins nourriciers 19")
    assert read(INTRO, BROUETTE, same).titles == ["Jardins nourriciers"]
    no_title = INTRO.replace(TITLE, "Jardins nourriciers")
    assert read_deck(list(placed((no_title, *shout)))) is None


@pytest.mark.parametrize(
    ("link", "site"),
    [
        ("https://la-\nbrouette.example/un-\ndeux", "https://la-brouette.example/un-deux"),
        ("www.brouette.example", "http://www.brouette.example"),
        ("la-brouette.coop/nous", "http://la-brouette.coop/nous"),
        ("(brouette.org)", "http://brouette.org"),
        ("", None),
    ],
)
def test_a_link_may_be_cut_short_or_missing(link: str, site: str | None) -> None:
    deck = read(INTRO, BROUETTE.replace("https://www.brouette.example", link), SEMIS)
    assert deck.themes == GARDENS
    assert deck.links["La Brouette"] == site


@pytest.mark.parametrize(
    "pages",
    [
        (INTRO, f"{BROUETTE}\n\n{SEMIS}"),
        (INTRO, f"{BROUETTE}\n{SEMIS}"),
        (f"{INTRO}\n\n{BROUETTE}\n\n{SEMIS}",),
        (f"{TITLE}\n{BROUETTE}", f"{TITLE}\n{SEMIS}"),
        (f"{TITLE}\n\n{BROUETTE}\n\n{SEMIS}",),
        (
            INTRO,
            BROUETTE,
            "Exemple 1 : La Brouette https://www.brouette.example\n\nElle a 12 voisins.",
            SEMIS,
        ),
        ("SOMMAIRE\n\nExemple 1 : La Brouette\nExemple 2 : Les Semis", INTRO, BROUETTE, SEMIS),
    ],
)
def test_slides_may_be_shared_repeated_or_announced(pages: tuple[str, ...]) -> None:
    deck = read(*pages)
    assert (deck.titles, deck.themes, deck.links) == (["Jardins nourriciers"], GARDENS, SITES)


@pytest.mark.parametrize(
    "ordinary",
    [
        "Exemple : une friche devient un verger.",
        "Exemple 3 - de ce que font les voisins, on y sème des fèves.",
        "Exemple 3 : Les voisins y sèment des fèves et des pois.",
        "Exemple 12 voisins y sèment des fèves.",
        "Par exemple 3 : des voisins y sèment.",
        "Exemple : Une friche devenue verger",
        "Exemple 3 : " + "Semer encore et encore " * 4,
        "Exemple 3 : " + "Semer-encore-et-encore-" * 10,
    ],
)
def test_an_example_in_the_ordinary_sense_is_no_initiative(ordinary: str) -> None:
    deck = read(INTRO, BROUETTE.replace("\n\nForce", f"\n\n{ordinary}\n\nForce"), SEMIS)
    assert deck.themes == GARDENS
    assert ordinary.split()[-1] in deck.text("La Brouette")


@pytest.mark.parametrize("name", ["l'atelier vélo", "le Râteau", "brouettes.coop", "SEMER", "La 2e Bêche."])
def test_a_name_may_be_written_in_any_way(name: str) -> None:
    deck = read(INTRO, BROUETTE, SEMIS.replace("Les Semis https://semis.example", name))
    assert deck.themes.keys() == {"La Brouette", name.strip(".")}


@pytest.mark.parametrize(
    "end", ["Force de cette initiative :", "", "Force de cette initiative :\n\nhttps://semis.example"]
)
def test_where_the_strength_is_missing_the_next_theme_is_still_found(end: str) -> None:
    semis = f"{SEMIS.split('Force')[0]}{end}"
    deck = read(INTRO, BROUETTE, semis, OTHER, ETABLI, ETAU)
    assert deck.themes == GARDENS | WORKSHOPS | {"Les Semis": ("Jardins nourriciers", None)}
    assert "réparer" in deck.text("Ateliers de quartier")


def test_a_title_behind_an_empty_strength_on_the_same_page_is_not_that_strength() -> None:
    semis = SEMIS.split(" les graines")[0]
    deck = read(INTRO, BROUETTE, f"{semis}\n\n{OTHER}", ETABLI, ETAU)
    assert deck.themes == GARDENS | WORKSHOPS | {"Les Semis": ("Jardins nourriciers", None)}


def test_without_numbers_the_page_of_a_new_title_begins_its_theme() -> None:
    bare = [slide.replace(" 1 :", " :").replace(" 2 :", " :") for slide in (BROUETTE, SEMIS, ETABLI, ETAU)]
    assert read(INTRO, *bare[:2], OTHER, *bare[2:]).themes == GARDENS | WORKSHOPS


@pytest.mark.parametrize(
    "between", ["Le calendrier\n\nLes voisins se retrouvent au printemps.", "RESTAM\n\nLe RESTAM se réunit."]
)
def test_a_slide_in_between_is_neither_an_initiative_nor_a_theme(between: str) -> None:
    for pages in (
        (INTRO, BROUETTE, between, SEMIS, OTHER, ETABLI, ETAU),
        (INTRO, BROUETTE, SEMIS, between, OTHER, ETABLI),
    ):
        deck = read(*pages)
        assert deck.titles == ["Jardins nourriciers", "Ateliers de quartier"]
        assert {*deck.themes.items()} <= {*(GARDENS | WORKSHOPS).items()}


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("JARDINS\nNOURRICIERS", "Jardins nourriciers"),
        ("LES JARDINS NOURRICIERS", "Jardins nourriciers"),
        ("JARDINS ET\nVERGERS VOISINS", "Jardins et vergers voisins"),
        ("DU JARDIN À\nLA TABLE", "Du jardin à la table"),
        ("JARDINS &\n\nVERGERS", "Jardins & vergers"),
    ],
)
def test_a_title_may_be_broken_over_lines(heading: str, title: str) -> None:
    deck = read(INTRO.replace(TITLE, heading), BROUETTE, SEMIS)
    assert deck.titles == [title]


def test_a_theme_that_comes_back_is_told_twice_and_takes_its_own_initiatives() -> None:
    again = (INTRO, ETABLI, ETAU)
    deck = read(INTRO, BROUETTE, SEMIS, OTHER, BROUETTE.replace("La Brouette", "Le Râteau"), *again)
    assert deck.titles == ["Jardins nourriciers", "Ateliers de quartier", "Jardins nourriciers"]
    assert deck.themes["L'Établi"][0] == "Jardins nourriciers"


@pytest.mark.parametrize("title", ["RESTAM", "AMAP", "Jardins nourriciers", ""])
def test_no_theme_is_made_of_an_acronym_or_of_nothing(title: str) -> None:
    assert read_deck(list(placed((INTRO.replace(TITLE, title), BROUETTE, SEMIS)))) is None


def test_a_text_with_one_example_or_no_strength_is_no_deck() -> None:
    assert read_deck(list(placed((INTRO, BROUETTE)))) is None
    assert read_deck(list(placed((INTRO, *(one.split("Force")[0] for one in (BROUETTE, SEMIS)))))) is None
    assert read_deck([]) is None


def test_what_precedes_the_first_theme_is_nobodys() -> None:
    deck = read("Qui sommes-nous ? Un réseau de voisins.", INTRO, BROUETTE, SEMIS)
    assert deck.text("") == "Qui sommes-nous ? Un réseau de voisins."
    assert deck.themes == GARDENS
