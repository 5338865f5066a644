"""Filters are an address, and an address is filters."""

from __future__ import annotations

import pytest

from tests.ui.explore.fakes import CATALOGUE
from ui.explore.entries import Shelf
from ui.explore.filters import NOWHERE, Filters, choose, options

SHELF = Shelf(CATALOGUE, ())
OFFERED = ("q", "theme", "departement", "forme", "depuis", "jusque")


def chosen(**fields: object) -> list[str]:
    found, _ = choose(SHELF.entries, Filters(**fields), SHELF.finder)  # type: ignore[arg-type]
    return [one.initiative.id for one in found]


@pytest.mark.parametrize(
    ("fields", "ids"),
    [
        ({}, ["houlocoop", "criee", "phare"]),
        ({"theme": "houle"}, ["houlocoop"]),
        ({"theme": "ports"}, ["houlocoop", "criee", "phare"]),
        ({"departement": "29"}, ["houlocoop"]),
        ({"departement": NOWHERE}, ["criee", "phare"]),
        ({"departement": "75"}, []),
        ({"forme": "ptce"}, ["houlocoop"]),
        ({"forme": "COOPERATIVE"}, ["houlocoop"]),
        ({"depuis": 2004}, ["houlocoop"]),
        ({"jusque": 2010}, ["criee"]),
        ({"q": "criee", "jusque": 2010}, ["criee"]),
        ({"q": "criee", "theme": "houle"}, []),
        ({"theme": "no such theme"}, []),
    ],
)
def test_all_filters_must_let_pass(fields: dict[str, object], ids: list[str]) -> None:
    assert chosen(**fields) == ids


def test_an_address_is_read_back() -> None:
    filters = Filters(q="île & côte", theme="ports", departement="2A", forme="a, b", depuis=1990, page=3)
    query = dict(pair.split("=") for pair in filters.address().partition("?")[2].split("&"))
    assert set(query) == {"q", "theme", "departement", "forme", "depuis", "page"}
    assert Filters.read(filters.asked, offered=OFFERED) == filters


@pytest.mark.parametrize("said", ["", " ", "abc", "-3", "1e9", "99999999999", "²", "٣", "0"])
def test_what_is_no_number_asks_for_nothing(said: str) -> None:
    filters = Filters.read({"depuis": said, "page": said}, offered=OFFERED)
    assert (filters.depuis, filters.page) == (0, 1)
    assert not filters.narrows


def test_a_filter_that_a_page_does_not_offer_is_left_out() -> None:
    assert Filters.read({"q": "x", "theme": "t"}, offered=("theme",)).asked == {"theme": "t"}


def test_a_filter_is_taken_away_from_the_first_page_on() -> None:
    assert Filters(q="x", theme="t", depuis=3, page=4).without("depuis").asked == {"q": "x", "theme": "t"}


def test_the_form_offers_what_the_catalogue_documents() -> None:
    offered = options(SHELF.entries, CATALOGUE, "en")
    assert [(one.name, one.count) for one in offered.themes] == [("Wave energy", 1), ("Ports partagés", 3)]
    assert [(one.value, one.count) for one in offered.departments] == [("29", 1)]
    assert [one.name for one in offered.forms] == ["coopérative", "PTCE"]
    assert offered.years == (2003, 2011)
