"""Filters: which initiatives somebody wants to see, as the address of a page has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.words import fold
from ui.explore.entries import Entry
from ui.explore.finding import LONGEST, Finder, Found

NOWHERE = "aucun"
"""The department of those that are in none we know."""
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; "" and 0 ask for nothing. Field by field the parameters of an address."""

    q: str = ""
    theme: str = ""
    departement: str = ""
    forme: str = ""
    initiative: str = ""
    depuis: int = 0
    jusque: int = 0
    page: int = 1

    @classmethod
    def read(cls, asked: Mapping[str, str], *, offered: Sequence[str]) -> Filters:
        """Return the filters of an address that a page offers, and its number.

        What is no number where one belongs asks for nothing.
        """
        given = {name: asked.get(name, "")[:LONGEST] for name in offered}
        return cls(
            q=" ".join(given.get("q", "").split()),
            theme=given.get("theme", ""),
            departement=given.get("departement", ""),
            forme=given.get("forme", ""),
            initiative=given.get("initiative", ""),
            depuis=_number(given.get("depuis", "")),
            jusque=_number(given.get("jusque", "")),
            page=max(1, _number(asked.get("page", ""))),
        )

    @property
    def asked(self) -> dict[str, str]:
        """The parameters that ask for something, the page among them when it is not the first."""
        given = {one.name: getattr(self, one.name) for one in fields(self)}
        given["page"] = self.page if self.page > 1 else 0
        return {name: str(value) for name, value in given.items() if value}

    @property
    def narrows(self) -> bool:
        """Whether anything but a page is asked for."""
        return bool(replace(self, page=1).asked)

    def without(self, name: str) -> Filters:
        """Return the same filters but one, from the first page."""
        return replace(self, page=1, **{name: type(getattr(self, name))()})

    def on(self, page: int) -> Filters:
        """Return the same filters on another page."""
        return replace(self, page=page)

    def address(self, path: str = "/explorer") -> str:
        """Return the address of a page with these filters."""
        return f"{path}?{urlencode(self.asked)}" if self.asked else path


@dataclass(frozen=True, slots=True)
class Option:
    """What can be chosen: its value in an address, its name, and of how many initiatives it is."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Options:
    """What the fields of the form offer: what the catalogue documents, no more."""

    themes: Sequence[Option]
    departments: Sequence[Option]
    forms: Sequence[Option]
    years: tuple[int, int] | None


def choose(entries: Iterable[Entry], filters: Filters, finder: Finder) -> tuple[list[Entry], Found | None]:
    """Return the entries that all filters let pass, and what the free text found."""
    found = finder.find(filters.q) if filters.q else None
    return [one for one in entries if _passes(one, filters, found)], found


def options(entries: Sequence[Entry], catalogue: Catalogue, language: Language) -> Options:
    """Return what there is to choose from."""
    themes = Counter(theme for entry in entries for theme in entry.initiative.themes)
    departments = Counter(one for entry in entries for one in entry.departments)
    forms: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for form in (one for entry in entries for one in entry.forms):
        forms.setdefault(fold(form), form)
        counted[fold(form)] += 1
    years = [entry.initiative.year for entry in entries if entry.initiative.year]
    return Options(
        themes=[Option(one.id, one.called(language), themes[one.id]) for one in catalogue.themes],
        departments=[
            Option(one.code, f"{one.name} ({one.code})", departments[one])
            for one in sorted(departments, key=lambda each: fold(each.name))
        ],
        forms=[Option(forms[one], forms[one], counted[one]) for one in sorted(forms)],
        years=(min(years), max(years)) if years else None,
    )


def _passes(entry: Entry, filters: Filters, found: Found | None) -> bool:
    one = entry.initiative
    year = one.year or 0
    return (
        (found is None or one.id in found.ids)
        and (not filters.theme or filters.theme in one.themes)
        and (not filters.departement or filters.departement in (entry.placement.departments or (NOWHERE,)))
        and (not filters.forme or fold(filters.forme) in map(fold, entry.forms))
        and (not filters.depuis or year >= filters.depuis)
        and (not filters.jusque or 0 < year <= filters.jusque)
    )


def _number(said: str) -> int:
    plain = said.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= _DIGITS else 0
