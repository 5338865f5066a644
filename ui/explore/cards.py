"""Cards: an initiative or a theme as a page shows it, every link made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from corpus.catalogue import Catalogue, Fiche, Initiative, Source, Theme
from corpus.documents import Language
from ui.explore.asking import ask_address, questions
from ui.explore.entries import Entry, Shelf
from ui.explore.filters import Filters
from ui.explore.placing import Why
from ui.reader.address import reader_address

INITIATIVES = "/explorer/initiatives"
THEMES = "/explorer/themes"


@dataclass(frozen=True, slots=True)
class Link:
    """What is shown, and where it leads; "" for nowhere."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """Where the think tank said it: a document, and the number on its slide."""

    document: Link
    slide: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """An initiative, its names in the language of the page. Empty fields are not documented."""

    fiche: Initiative
    name: str
    address: str
    themes: Sequence[Link]
    departments: Sequence[Link]
    why: Why
    forms: Sequence[Link]
    site: Link | None
    document: Link | None
    sources: Sequence[SourceLine]
    ask: str
    """The address that asks about it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of one fiche shows besides its card."""

    names: Sequence[str]
    questions: Sequence[Link]
    speaking: Sequence[Link]
    """Other documents that speak of it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The cards of one theme."""

    theme: Link
    cards: Sequence[Card]


def card(entry: Entry, shelf: Shelf, language: Language) -> Card:
    """Return an initiative as a page shows it."""
    one = entry.initiative
    return Card(
        fiche=one,
        name=one.called(language),
        address=fiche_address(one),
        themes=[
            Link(theme.called(language), fiche_address(theme))
            for theme in map(shelf.catalogue.theme, one.themes)
            if theme
        ],
        departments=[
            Link(f"{each.name} ({each.code})", Filters(departement=each.code).address())
            for each in entry.departments
        ],
        why=entry.placement.why,
        forms=[Link(form, Filters(forme=form).address()) for form in entry.forms],
        site=Link(_host(one.site), one.site) if one.site else None,
        document=document_of(one, shelf),
        sources=source_lines(one.sources, shelf),
        ask=ask_address(questions(one, shelf.catalogue, language)[0]),
    )


def sheet(fiche: Fiche, shelf: Shelf, language: Language) -> Sheet:
    """Return what else there is to show of a fiche."""
    called = fiche.called(language)
    return Sheet(
        names=[name for name in fiche.names if name != called],
        questions=[
            Link(question, ask_address(question)) for question in questions(fiche, shelf.catalogue, language)
        ],
        speaking=[
            Link(shelf.titles[document], reader_address(document, None, ""))
            for document in shelf.speaking.get(fiche.id, ())
        ],
    )


def grouped(
    entries: Iterable[Entry], shelf: Shelf, language: Language, *, under: Theme | None = None
) -> list[Group]:
    """Return cards by theme in the order of the catalogue, each under its first theme, or all under one."""
    by_theme: dict[str, list[Card]] = {one.id: [] for one in shelf.catalogue.themes}
    for entry in entries:
        by_theme[under.id if under else entry.initiative.themes[0]].append(card(entry, shelf, language))
    return [
        Group(Link(theme.called(language), fiche_address(theme)), cards)
        for theme in shelf.catalogue.themes
        if (cards := by_theme[theme.id])
    ]


def in_theme_order(entries: Iterable[Entry], catalogue: Catalogue) -> list[Entry]:
    """Return entries as `grouped` shows them, so that they can be cut into pages."""
    order = {theme.id: place for place, theme in enumerate(catalogue.themes)}
    return sorted(entries, key=lambda entry: order[entry.initiative.themes[0]])


def document_of(fiche: Fiche, shelf: Shelf) -> Link | None:
    """Return the document that carries a fiche."""
    document = shelf.catalogue.documents.get(fiche.id)
    if document not in shelf.titles:
        return None
    return Link(shelf.titles[document], reader_address(document, None, ""))


def source_lines(sources: Sequence[Source], shelf: Shelf) -> list[SourceLine]:
    """Return the sources of a fiche, linked where the document is in the index."""
    found = []
    for source in sources:
        known = source.document in shelf.titles
        address = reader_address(source.document, None, "") if known else ""
        found.append(
            SourceLine(Link(shelf.titles.get(source.document, source.document), address), source.slide)
        )
    return found


def fiche_address(fiche: Fiche) -> str:
    """Return the address of the page of an initiative or a theme."""
    return f"{THEMES if isinstance(fiche, Theme) else INITIATIVES}/{quote(fiche.id, safe='')}"


def _host(site: str) -> str:
    """Return the name of a site's machine, the whole address where that cannot be told."""
    try:
        return urlsplit(site).hostname or site
    except ValueError:  # "http://[": a bracket that is not closed
        return site
