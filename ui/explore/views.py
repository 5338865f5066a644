"""Views: what each page of the explorer shows of a shelf, as its template takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from corpus.catalogue import Initiative, Theme
from corpus.documents import Language
from corpus.words import fold
from ui.errors import FicheUnknown
from ui.explore import atlas, graph, timeline
from ui.explore.cards import Link, card, fiche_address, grouped, in_theme_order, sheet, source_lines
from ui.explore.cards import document_of as carried_by
from ui.explore.dates import Dated
from ui.explore.entries import Entry, Shelf
from ui.explore.filters import NOWHERE, Filters, choose, options
from ui.explore.gazetteer import gazetteer
from ui.explore.graph import Node, Tie
from ui.explore.paging import cut, pager
from ui.reader.address import reader_address
from ui.text import say

EXPLORER, MAP, GRAPH, DATES = "/explorer", "/explorer/carte", "/explorer/liens", "/explorer/dates"
CARDS = 24
ROWS = 40


def explorer(shelf: Shelf, filters: Filters, language: Language) -> dict[str, Any]:
    """Return the initiatives that the filters let pass, by theme, a page of them."""
    chosen, found = choose(shelf.entries, filters, shelf.finder)
    theme = shelf.catalogue.theme(filters.theme)
    ordered = chosen if theme else in_theme_order(chosen, shelf.catalogue)
    pages = pager(len(ordered), size=CARDS, filters=filters, path=EXPLORER)
    return {
        "filters": filters,
        "options": options(shelf.entries, shelf.catalogue, language),
        "chips": _chips(shelf, filters, language),
        "groups": grouped(cut(ordered, pages, CARDS), shelf, language, under=theme),
        "count": len(chosen),
        "all": len(shelf.entries),
        "read_as": found.read_as if found else {},
        "pages": pages,
        "nowhere": NOWHERE,
    }


def chart(shelf: Shelf, filters: Filters, language: Language) -> dict[str, Any]:
    """Return the map of the initiatives of a theme, or of all."""
    chosen, _ = choose(shelf.entries, filters, shelf.finder)
    drawn = atlas.draw(chosen)

    def named(entries: Sequence[Entry]) -> list[Link]:
        return [_link(one.initiative, language) for one in entries]

    return {
        "filters": filters,
        "themes": options(shelf.entries, shelf.catalogue, language).themes,
        "atlas": drawn,
        "is_close_up": atlas.is_close_up,
        "rows": [(plot, named(plot.entries)) for plot in drawn.plots],
        "unplaced": [
            (why, [(_link(one.initiative, language), one.initiative.territory or "") for one in entries])
            for why, entries in drawn.unplaced.items()
            if entries
        ],
        "placed": sum(bool(one.placement.departments) for one in chosen),
        "all": len(chosen),
        "address_of": lambda plot: replace(filters, departement=plot.department.code).address(),
    }


def links(shelf: Shelf, filters: Filters, language: Language) -> dict[str, Any]:
    """Return the graph of themes and initiatives; of very many, the themes first and one theme at a time."""
    chosen, _ = choose(shelf.entries, filters, shelf.finder)
    theme = shelf.catalogue.theme(filters.theme)
    folded = not theme and len(chosen) > graph.MOST
    pages = pager(0 if folded else len(chosen), size=graph.MOST, filters=filters, path=GRAPH)
    shown = chosen if folded else cut(chosen, pages, graph.MOST)
    nodes, ties = _by_themes(shelf, language) if folded else _with_initiatives(shelf, shown, language)
    return {
        "filters": filters,
        "themes": options(shelf.entries, shelf.catalogue, language).themes,
        "drawing": graph.draw(tuple(nodes), tuple(ties)),
        "folded": folded,
        "most": graph.MOST,
        "rows": []
        if folded
        else [(_link(one.initiative, language), _themes(one, shelf, language)) for one in shown],
        "theme_rows": [(Link(one.name, one.address), one.count) for one in nodes if one.kind == "theme"],
        "count": len(chosen),
        "pages": pages,
    }


def dates(shelf: Shelf, filters: Filters, language: Language) -> dict[str, Any]:
    """Return the years of the catalogue and of the documents, a page of them."""
    entries = [
        one
        for one in shelf.entries
        if _in_span(one.initiative.year or 0, filters) and _is_asked(one, filters)
    ]
    dated = [one for one in shelf.dated if _in_span(one.year, filters) and _speaks(one, filters)]
    years = timeline.by_year(dated, entries)
    founded = sum(len(one.founded) for one in years)
    pages = pager(founded + len(dated), size=ROWS, filters=filters, path=DATES)
    drawn = timeline.draw(dated, entries)
    known = {fiche.id: fiche for fiche in shelf.catalogue.initiatives}
    return {
        "filters": filters,
        "themes": options(shelf.entries, shelf.catalogue, language).themes,
        "initiatives": sorted((Link(one.called(language), one.id) for one in known.values()), key=_sorting),
        "timeline": drawn,
        "bar_address": lambda bar: replace(filters, depuis=bar.first, jusque=bar.last, page=1).address(DATES),
        "years": timeline.cut(years, pages.first, ROWS),
        "link_of": lambda entry: _link(entry.initiative, language),
        "about": lambda one: _link(known[one.initiative], language) if one.initiative else None,
        "source_of": lambda one: reader_address(one.document_id, one.page, one.sentence, at=one.at),
        "founded": founded,
        "spoken": len(dated),
        "pages": pages,
    }


def initiative(shelf: Shelf, fiche_id: str, language: Language) -> dict[str, Any]:
    """Return everything that is documented of an initiative. Raises FicheUnknown."""
    entry = next((one for one in shelf.entries if one.initiative.id == fiche_id), None)
    if entry is None:
        raise FicheUnknown(id=fiche_id)
    return {"card": card(entry, shelf, language), "sheet": sheet(entry.initiative, shelf, language)}


def theme(shelf: Shelf, fiche_id: str, filters: Filters, language: Language) -> dict[str, Any]:
    """Return what is documented of a theme, and a page of its initiatives. Raises FicheUnknown."""
    one = shelf.catalogue.theme(fiche_id)
    if one is None:
        raise FicheUnknown(id=fiche_id)
    members = [entry for entry in shelf.entries if fiche_id in entry.initiative.themes]
    pages = pager(len(members), size=CARDS, filters=filters, path=fiche_address(one))
    return {
        "theme": one,
        "name": one.called(language),
        "sheet": sheet(one, shelf, language),
        "document": carried_by(one, shelf),
        "sources": source_lines(one.sources, shelf),
        "groups": grouped(cut(members, pages, CARDS), shelf, language, under=one),
        "count": len(members),
        "pages": pages,
    }


def _chips(shelf: Shelf, filters: Filters, language: Language) -> list[Link]:
    """Return each filter that is set, and the address without it."""
    theme = shelf.catalogue.theme(filters.theme)
    department = gazetteer().departments.get(filters.departement)
    place = department.name if department else filters.departement
    said = {
        "theme": theme.called(language) if theme else filters.theme,
        "departement": say("explore.nowhere", language) if filters.departement == NOWHERE else place,
    }
    return [
        Link(
            say(f"explore.chip.{name}", language, value=said.get(name, value)),
            filters.without(name).address(),
        )
        for name, value in replace(filters, page=1).asked.items()
    ]


def _link(fiche: Initiative | Theme, language: Language) -> Link:
    return Link(fiche.called(language), fiche_address(fiche))


def _sorting(link: Link) -> str:
    return fold(link.name)


def _themes(entry: Entry, shelf: Shelf, language: Language) -> list[Link]:
    return [_link(one, language) for one in map(shelf.catalogue.theme, entry.initiative.themes) if one]


def _with_initiatives(
    shelf: Shelf, shown: Sequence[Entry], language: Language
) -> tuple[list[Node], list[Tie]]:
    counts = {one.id: len(shelf.catalogue.initiatives_of(one.id)) for one in shelf.catalogue.themes}
    named = {theme for entry in shown for theme in entry.initiative.themes}
    nodes = [
        Node(f"theme {one.id}", "theme", one.called(language), fiche_address(one), counts[one.id])
        for one in shelf.catalogue.themes
        if one.id in named
    ]
    nodes += [Node(entry.initiative.id, "initiative", *_named(entry.initiative, language)) for entry in shown]
    ties = [
        Tie(entry.initiative.id, f"theme {theme}", first=place == 0)
        for entry in shown
        for place, theme in enumerate(dict.fromkeys(entry.initiative.themes))
    ]
    return nodes, ties


def _by_themes(shelf: Shelf, language: Language) -> tuple[list[Node], list[Tie]]:
    """Return the themes alone, tied where they share initiatives."""
    members = {
        one.id: {each.id for each in shelf.catalogue.initiatives_of(one.id)} for one in shelf.catalogue.themes
    }
    nodes = [
        Node(
            one.id, "theme", one.called(language), Filters(theme=one.id).address(GRAPH), len(members[one.id])
        )
        for one in shelf.catalogue.themes
    ]
    ids = list(members)
    ties = [
        Tie(a, b, weight=len(members[a] & members[b]))
        for place, a in enumerate(ids)
        for b in ids[place + 1 :]
        if members[a] & members[b]
    ]
    return nodes, ties


def _named(fiche: Initiative, language: Language) -> tuple[str, str]:
    return fiche.called(language), fiche_address(fiche)


def _in_span(year: int, filters: Filters) -> bool:
    return bool(year) and year >= filters.depuis and (not filters.jusque or year <= filters.jusque)


def _is_asked(entry: Entry, filters: Filters) -> bool:
    one = entry.initiative
    return (not filters.theme or filters.theme in one.themes) and filters.initiative in ("", one.id)


def _speaks(one: Dated, filters: Filters) -> bool:
    return (not filters.theme or filters.theme in one.themes) and filters.initiative in ("", one.initiative)
