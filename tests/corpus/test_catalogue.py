from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.catalogue import (
    Catalogue,
    Fiche,
    Figure,
    Initiative,
    Source,
    Theme,
    ThinkTank,
    build_catalogue,
    fiche_to_json,
    read_fiche,
)
from corpus.errors import CatalogueWrong

THEME: dict[str, Any] = {"id": "ports", "kind": "theme", "name": "Ports partagés"}
INITIATIVE: dict[str, Any] = {
    "id": "houlocoop",
    "kind": "initiative",
    "name": "Houlocoop",
    "themes": ["ports"],
    "year": 2011,
    "site": "https://houlocoop.example/",
    "figures": [{"value": "350", "counts": "sociétaires"}],
    "sources": [{"document": "carnet", "slide": 3}],
}


def fiche(**fields: Any) -> Fiche:
    base = INITIATIVE if fields.get("kind", "initiative") == "initiative" else THEME
    return read_fiche({**base, **fields}, file="f.md")


def catalogue(*fiches: Fiche) -> Catalogue:
    return build_catalogue((f"{one.id}.md", f"doc-{one.id}", one) for one in fiches)


def test_front_matter_becomes_a_fiche() -> None:
    read = read_fiche(INITIATIVE, file="f.md")
    assert isinstance(read, Initiative)
    assert (read.id, read.name, read.themes, read.year) == ("houlocoop", "Houlocoop", ("ports",), 2011)
    assert read.figures == (Figure(value="350", counts="sociétaires"),)
    assert read.sources == (Source(document="carnet", slide=3),)
    assert (read.form, read.territory, read.strength) == (None, None, None)


@pytest.mark.parametrize(
    ("kind", "type_of_fiche"), [("theme", Theme), ("think-tank", ThinkTank), ("initiative", Initiative)]
)
def test_the_kind_says_which_fields_there_are(kind: str, type_of_fiche: type[Fiche]) -> None:
    assert isinstance(fiche(kind=kind), type_of_fiche)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"kind": "sirène"}, "kind"),
        ({"kind": None}, "kind"),
        ({"id": "Houlo Coop"}, "id"),
        ({"id": "-houlocoop"}, "id"),
        ({"id": "x" * 81}, "id"),
        ({"id": 12}, "id"),
        ({"name": ""}, "name"),
        ({"name": "  "}, "name"),
        ({"name": True}, "name"),
        ({"name": "x" * 401}, "name"),
        ({"name_en": ""}, "name_en"),
        ({"aliases": "Houlo"}, "aliases"),
        ({"aliases": ["Houlo", ""]}, "aliases.1"),
        ({"acronyms": [3]}, "acronyms.0"),
        ({"themes": []}, "themes"),
        ({"themes": ["ports", "Pas Bon"]}, "themes.1"),
        ({"site": "houlocoop.example"}, "site"),
        ({"site": "javascript:alert(1)"}, "site"),
        ({"site": 'https://a.example/"onclick='}, "site"),
        ({"year": 999}, "year"),
        ({"year": 2101}, "year"),
        ({"year": "bientôt"}, "year"),
        ({"form": []}, "form"),
        ({"territory": ""}, "territory"),
        ({"strength": 1}, "strength"),
        ({"figures": [{"value": "350"}]}, "figures.0.counts"),
        ({"figures": [{"value": 350, "counts": "sociétaires"}]}, "figures.0.value"),
        ({"figures": [{"value": "350", "counts": "x", "unit": "m"}]}, "figures.0.unit"),
        ({"sources": [{"document": "carnet", "slide": 0}]}, "sources.0.slide"),
        ({"sources": [{"slide": 1}]}, "sources.0.document"),
        ({"budget": "12"}, "budget"),
        ({1: "un"}, "1"),
    ],
)
def test_a_wrong_field_is_named_with_its_file(changed: dict[Any, Any], field: str) -> None:
    with pytest.raises(CatalogueWrong) as wrong:
        read_fiche({**INITIATIVE, **changed}, file="initiatives/houlocoop.md")
    assert wrong.value.fields["file"] == "initiatives/houlocoop.md"
    assert wrong.value.fields["field"] == field
    assert str(wrong.value).startswith(f"initiatives/houlocoop.md: {field}: ")
    assert "pydantic" not in str(wrong.value)


@pytest.mark.parametrize("missing", ["id", "name", "themes"])
def test_a_missing_field_is_named(missing: str) -> None:
    with pytest.raises(CatalogueWrong, match=rf"^f\.md: {missing}: Field required$"):
        read_fiche({name: value for name, value in INITIATIVE.items() if name != missing}, file="f.md")


def test_a_missing_kind_is_named() -> None:
    with pytest.raises(CatalogueWrong, match=r"^f\.md: kind: "):
        read_fiche({"id": "a", "name": "A"}, file="f.md")


def test_a_theme_has_no_field_of_an_initiative() -> None:
    with pytest.raises(CatalogueWrong, match=r"^f\.md: year: Extra inputs are not permitted"):
        fiche(kind="theme", year=2011)


def test_the_names_of_a_fiche_begin_with_its_own() -> None:
    named = fiche(name_en="Swell co-op", aliases=["Houlo Coop"], acronyms=["HC"])
    assert named.names == ("Houlocoop", "Swell co-op", "Houlo Coop", "HC")
    assert (named.called("fr"), named.called("en")) == ("Houlocoop", "Swell co-op")
    assert fiche().called("en") == "Houlocoop"


LINES = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
FICHES = st.builds(
    Initiative,
    id=st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True).filter(lambda one: len(one) <= 80),
    kind=st.just("initiative"),
    name=LINES,
    name_en=st.none() | LINES,
    aliases=st.lists(LINES, max_size=3).map(tuple),
    themes=st.just(("ports",)),
    year=st.none() | st.integers(1000, 2100),
    strength=st.none() | LINES,
    figures=st.lists(st.builds(Figure, value=LINES, counts=LINES), max_size=2).map(tuple),
    sources=st.lists(st.builds(Source, document=LINES, slide=st.none() | st.integers(1, 99)), max_size=2).map(
        tuple
    ),
)


@given(FICHES)
def test_a_fiche_written_down_is_read_back_the_same(one: Initiative) -> None:
    assert read_fiche(fiche_to_json(one), file="f.md") == one


def test_a_catalogue_finds_fiches_by_id_and_kind() -> None:
    ports, houle = fiche(kind="theme"), fiche(kind="theme", id="houle", name="Houle")
    own = fiche(themes=["ports", "houle"])
    known = catalogue(ports, houle, own)
    assert list(known) == [ports, houle, own]
    assert known.get("ports") == known.theme("ports") == ports
    assert known.initiative("houlocoop") == own
    assert known.initiative("ports") is None
    assert known.theme("houlocoop") is None
    assert known.get("absent") is None
    assert known.get(None) is None
    assert known.initiatives_of("ports") == known.initiatives_of("houle") == (own,)
    assert known.documents == {"ports": "doc-ports", "houle": "doc-houle", "houlocoop": "doc-houlocoop"}


def test_an_id_given_twice_names_both_files() -> None:
    twice = [("a.md", "a", fiche(kind="theme")), ("b.md", "b", fiche(kind="theme", name="Autres ports"))]
    with pytest.raises(CatalogueWrong, match=r"^b\.md: id: 'ports' is already the id of a\.md$"):
        build_catalogue(twice)


def test_a_theme_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(CatalogueWrong) as wrong:
        catalogue(fiche(kind="theme"), fiche(themes=["ports", "houle"]))
    assert str(wrong.value) == "houlocoop.md: themes.1: there is no theme 'houle'; known themes: ports"
    with pytest.raises(CatalogueWrong, match="known themes: none"):
        catalogue(fiche())


def test_an_initiative_is_no_theme() -> None:
    with pytest.raises(CatalogueWrong, match=r"other\.md: themes\.0: there is no theme 'houlocoop'"):
        catalogue(fiche(kind="theme"), fiche(), fiche(id="other", name="Other", themes=["houlocoop"]))


@pytest.mark.parametrize(
    "field",
    [
        {"name": "HOULOCOOP"},
        {"name": "Houlo-coop"},
        {"name": "Coop B", "name_en": "houlocoop"},
        {"name": "Coop B", "aliases": ["Houlo Coop"]},
        {"name": "Coop B", "acronyms": ["H.C."]},
    ],
)
def test_a_name_that_two_fiches_claim_names_the_owner(field: dict[str, Any]) -> None:
    first = fiche(acronyms=["HC"])
    with pytest.raises(CatalogueWrong, match=r"^b\.md: name: '.*' already names 'houlocoop'$"):
        catalogue(fiche(kind="theme"), first, fiche(id="b", **field))


def test_a_fiche_may_say_its_own_name_twice() -> None:
    assert catalogue(fiche(kind="theme"), fiche(aliases=["houlocoop", "Houlo-Coop"])).initiatives
