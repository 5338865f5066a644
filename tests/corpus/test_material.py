"""The shipped material says what the deck of Le Labo says: every number, date and link, and no other.

What the deck says is written down here, so that a fiche that was edited is held to it.
"""

from __future__ import annotations

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from corpus.catalogue import Catalogue, Fiche, Initiative, build_catalogue
from corpus.settings import PROJECT
from corpus.words import NUMBER_WORDS, stems, words
from ingest.reading import Loaded
from tests.fakes import open_index, open_pipeline, read_files

MATERIAL = PROJECT / "corpus" / "material"
with TemporaryDirectory() as _home:
    READ = {one.document.id: one for one in read_files([MATERIAL], Path(_home)).loaded}
THEMES = {
    "ptce": "Pôles territoriaux de coopération économique (PTCE)",
    "circuits-courts": "Circuits courts économiques et solidaires",
    "transition-energetique-citoyenne": "Transition énergétique citoyenne",
    "culture-ess": "Culture & ESS",
    "emploi-de-qualite": "Modèle d'un emploi de qualité",
    "agriculture-alimentation-durables": "Agriculture & alimentation durables",
    "ess-au-coeur-des-territoires": "L'ESS au cœur des territoires",
}
INITIATIVES = {
    "innovales": ("ptce", "https://www.innovales.fr/"),
    "pole-mobilite-havre": ("ptce", "https://pole-mobilite.org/"),
    "r-urban": ("circuits-courts", "http://r-urban.net/"),
    "boutique-sans-argent": ("circuits-courts", "http://laboutiquesansargent.org/"),
    "pole-alpen": ("transition-energetique-citoyenne", "http://polealpen.fr/"),
    "coopawatt": ("transition-energetique-citoyenne", "https://www.coopawatt.fr/"),
    "plus-petit-cirque-du-monde": ("culture-ess", "http://www.lepluspetitcirquedumonde.fr/"),
    "dsi": ("emploi-de-qualite", "http://www.dsi-ap.com/site_dsi/"),
    "coopaname": ("emploi-de-qualite", "http://www.coopaname.coop/"),
    "grande-synthe": (
        "agriculture-alimentation-durables",
        "http://www.ville-grande-synthe.fr/ville-durable/vers-la-transition/",
    ),
    "ecodomaine-de-bouquetot": ("agriculture-alimentation-durables", "http://ecopya.org/"),
}
NUMBERS = [
    ("ptce", "environ 160 PTCE en France"),
    ("ptce", "37 sont lauréats d'appels à projets interministériels"),
    ("pole-mobilite-havre", "4 axes : analyse, accompagnement, offre de services, animation et coordination"),
    (
        "transition-energetique-citoyenne",
        "trois piliers : la sobriété, l'efficacité et les énergies renouvel",
    ),
    ("transition-energetique-citoyenne", "deux publications clés"),
    ("coopawatt", "trois objectifs : dynamiser les économies locales"),
    ("culture-ess", "7 pistes d'actions pour créer des passerelles"),
    ("culture-ess", "En 2018, un « Collège d'experts »"),
    ("culture-ess", "réalisé par Bernard Latarjet"),
    ("plus-petit-cirque-du-monde", "3 axes : habiter un lieu et son territoire"),
    ("emploi-de-qualite", "quatre critères d'un emploi de qualité : le sens, le contrat, le collectif et la"),
    ("dsi", "créée en 1994"),
    ("dsi", "plus de 120 métiers"),
    ("dsi", "plus de 800 personnes"),
    ("dsi", "Airbus ou La Poste"),
    ("coopaname", "créée en 2004"),
    ("agriculture-alimentation-durables", "En 2017, le Labo de l'ESS a engagé une réflexion collective"),
    ("agriculture-alimentation-durables", "le 12 avril"),
    ("agriculture-alimentation-durables", "8 chapitres de propositions"),
    ("agriculture-alimentation-durables", "le 15 novembre 2018 au Carreau du Temple"),
]
LINK = re.compile(r"https?://[^\s»)]+")
by_id = pytest.mark.parametrize("fiche_id", sorted(READ))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return build_catalogue(
        (one.document.file, one.document.id, one.fiche) for one in READ.values() if one.fiche
    )


def fiche(fiche_id: str) -> Fiche:
    found = READ[fiche_id].fiche
    assert found
    return found


def counted(text: str) -> str:
    """Return the words of a text, number words as digits, each between blanks."""
    return f" {' '.join(NUMBER_WORDS.get(word, word) for word in words(text))} "


def test_there_are_one_think_tank_seven_themes_and_eleven_initiatives(catalogue: Catalogue) -> None:
    assert [one.name for one in catalogue.think_tanks] == ["Le Labo de l'ESS"]
    assert {one.id: one.name for one in catalogue.themes} == THEMES
    assert {one.id: (one.themes[0], one.site) for one in catalogue.initiatives} == INITIATIVES
    assert len(READ) == 1 + 7 + 11


def test_four_initiatives_are_ptce(catalogue: Catalogue) -> None:
    own = {"innovales", "pole-mobilite-havre", "pole-alpen", "ecodomaine-de-bouquetot"}
    assert {one.id for one in catalogue.initiatives_of("ptce")} == own
    assert {one.id for one in catalogue.initiatives if "PTCE" in (one.form or "")} == own
    assert all("PTCE" in READ[one].document.text for one in own)


@pytest.mark.parametrize(("fiche_id", "said"), NUMBERS)
def test_what_the_deck_counts_and_dates_is_in_its_fiche(fiche_id: str, said: str) -> None:
    assert said in READ[fiche_id].document.text


@pytest.mark.parametrize(("fiche_id", "link"), [(one, link) for one, (_, link) in INITIATIVES.items()])
def test_the_link_of_each_initiative_is_in_its_fiche_and_no_other(fiche_id: str, link: str) -> None:
    assert LINK.findall(READ[fiche_id].document.text) == [link]


@by_id
def test_no_fiche_gives_a_number_or_a_link_that_the_deck_does_not(fiche_id: str) -> None:
    text = READ[fiche_id].document.text
    said = {number for one, fact in NUMBERS if one == fiche_id for number in re.findall(r"\d+", fact)}
    assert set(re.findall(r"\d+", LINK.sub("", text))) == said
    assert set(LINK.findall(text)) <= {link for _, link in INITIATIVES.values()}


@by_id
def test_a_fiche_is_filed_under_its_id_and_opens_with_its_name(fiche_id: str) -> None:
    read: Loaded = READ[fiche_id]
    assert Path(read.document.file).stem == fiche_id
    assert read.document.text.startswith(f"# {fiche(fiche_id).name}\n")
    assert len(read.sections) >= 3


@by_id
def test_a_fiche_says_the_slide_it_comes_from(fiche_id: str) -> None:
    assert [one.document for one in fiche(fiche_id).sources] == ["labo-ess-deck"]
    assert all(one.slide and 6 <= one.slide <= 24 for one in fiche(fiche_id).sources)


def test_no_two_fiches_come_from_one_slide() -> None:
    slides = [one.slide for fiche_id in READ for one in fiche(fiche_id).sources]
    assert sorted(slides, key=str) == sorted(set(slides), key=str)


@by_id
def test_every_figure_of_the_front_matter_is_in_the_text(fiche_id: str) -> None:
    text = READ[fiche_id].document.text
    for figure in fiche(fiche_id).figures:
        assert counted(figure.value) in counted(text)
        assert stems(figure.counts)[0] in stems(text)


@pytest.mark.parametrize("fiche_id", sorted(INITIATIVES))
def test_an_initiative_documents_form_site_and_strength_as_its_text_does(fiche_id: str) -> None:
    one, text = fiche(fiche_id), READ[fiche_id].document.text
    assert isinstance(one, Initiative)
    assert one.site
    for field in (one.form, one.strength):
        assert field
        assert set(stems(field)) <= set(stems(text))
    assert one.territory is None or set(stems(one.territory)) <= set(stems(text))
    assert one.year is None or str(one.year) in text
    assert "## Force de l'initiative" in text


def test_founding_years_are_given_where_the_deck_gives_them(catalogue: Catalogue) -> None:
    assert {one.id: one.year for one in catalogue.initiatives if one.year} == {"dsi": 1994, "coopaname": 2004}


def test_the_think_tank_names_its_seven_themes() -> None:
    text = READ["labo-ess"].document.text
    assert [name for name in THEMES.values() if f"« {name} »" not in text] == []


@by_id
def test_no_mark_of_the_scanner_is_left(fiche_id: str) -> None:
    text = READ[fiche_id].document.text
    assert not re.search(r"I['’]|\b[Ee]conomigue|['’]{2}|•|\bP6le|AIpEN|-\n|\x0c|’", text)


def test_the_material_is_ingested_whole_and_every_initiative_has_passages(tmp_path: Path) -> None:
    report = open_pipeline(tmp_path / "home").ingest([MATERIAL])
    assert report.refused == []
    index = open_index(tmp_path / "home").get()
    assert set(index.by_initiative) == set(INITIATIVES)
    assert {row.id for row in index.documents} == set(READ)
