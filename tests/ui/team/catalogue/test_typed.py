"""What a fiche says goes into its form and comes back the same."""

from __future__ import annotations

import pytest
from starlette.datastructures import FormData

from corpus.catalogue import fiche_to_json, read_fiche
from corpus.errors import CatalogueWrong
from tests.fakes import FICHES
from ui.team.catalogue.typed import (
    KINDS,
    SHAPES,
    Mistake,
    fields_of,
    front_matter,
    mistakes_of,
    typed_from,
    typed_of,
)
from ui.team.catalogue.writing import parts


@pytest.mark.parametrize("name", FICHES)
def test_a_fiche_comes_out_of_its_form_as_it_went_in(name: str) -> None:
    fields, body = parts(FICHES[name], file=name)
    typed = typed_of(fields, body)
    assert read_fiche(front_matter(typed), file=name) == read_fiche(fields, file=name)
    assert typed.body == body


def test_every_field_of_every_kind_has_its_place_in_the_form() -> None:
    for kind, model in KINDS.items():
        assert {*fields_of(kind), "id", "kind"} == set(model.model_fields)
    assert set(SHAPES) == {name for kind in KINDS for name in fields_of(kind)}


def test_what_is_posted_is_read_whatever_the_line_ends_and_spaces() -> None:
    posted = FormData(
        [
            ("kind", "initiative"), ("id", "sel"), ("name", "  Sel  et vent "),
            ("aliases", "Le Sel\r\n\r\n Selvent \r\n"),
            ("theme_first", "ports"), ("theme", "houle"), ("theme", "ports"), ("year", " 2011 "),
            ("figures.value", "350"), ("figures.counts", "sociétaires"),
            ("figures.value", ""), ("figures.counts", " "),
            ("sources.document", "carnet"), ("sources.slide", "4"), ("body", "# Sel\r\n\r\nUn texte."),
        ]
    )  # fmt: skip
    typed = typed_from(posted)
    assert front_matter(typed) == {
        "id": "sel",
        "kind": "initiative",
        "name": "Sel et vent",
        "themes": ("ports", "houle"),
        "aliases": ["Le Sel", "Selvent"],
        "year": 2011,
        "figures": [{"value": "350", "counts": "sociétaires"}],
        "sources": [{"document": "carnet", "slide": 4}],
    }
    assert typed.body == "# Sel\n\nUn texte."


def test_an_unknown_kind_and_a_file_in_place_of_a_text_do_no_harm() -> None:
    typed = typed_from(FormData([("kind", "robot"), ("name", "x")]))
    assert typed.kind == "initiative"
    assert typed_of({}).kind == "initiative"


def test_every_mistake_is_told_with_its_field_and_entry() -> None:
    fields: dict[str, object] = {
        "id": "Sel et vent", "kind": "initiative", "name": "Sel", "themes": ["houle"], "year": "hier",
        "site": "javascript:alert(1)", "aliases": ["ok", "x" * 500], "figures": [{"value": "3"}],
    }  # fmt: skip
    with pytest.raises(CatalogueWrong) as raised:
        read_fiche(fields, file="sel")
    found = mistakes_of(raised.value)
    assert {(one.field, one.at) for one in found} == {
        ("id", None),
        ("year", None),
        ("site", None),
        ("aliases", 2),
        ("figures", 1),
    }


def test_a_mistake_of_the_catalogue_is_told_at_its_field() -> None:
    error = CatalogueWrong(
        file="sel.md", field="themes.1", reason="there is no theme 'x'; known themes: none"
    )
    assert mistakes_of(error) == [Mistake("themes", "there is no theme 'x'; known themes: none", 2)]


def test_a_list_entry_that_runs_over_lines_stays_one_entry() -> None:
    fiche = read_fiche({"id": "a", "kind": "theme", "name": "A", "aliases": ["un\ndeux"]}, file="a")
    typed = typed_of(fiche_to_json(fiche))
    assert front_matter(typed)["aliases"] == ["un deux"]
