"""Entries: the initiatives of one index version, each with where it lies and what documents say of it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property

from corpus.catalogue import Catalogue, Initiative
from corpus.documents import Passage
from ui.explore.dates import Dated, dated_sentences
from ui.explore.finding import Finder
from ui.explore.gazetteer import Department, gazetteer
from ui.explore.placing import Placement, place
from ui.web.service import Service


@dataclass(frozen=True)
class Entry:
    """One initiative and its departments."""

    initiative: Initiative
    placement: Placement

    @cached_property
    def departments(self) -> tuple[Department, ...]:
        """The departments that its territory names."""
        known = gazetteer().departments
        return tuple(known[code] for code in self.placement.departments)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Its forms one by one: "association, PTCE" are two."""
        return tuple(part.strip() for part in (self.initiative.form or "").split(",") if part.strip())


@dataclass(frozen=True)
class Shelf:
    """Everything that the pages show of one index version."""

    catalogue: Catalogue
    passages: Sequence[Passage]
    entries: tuple[Entry, ...] = field(init=False)

    def __post_init__(self) -> None:
        placed = tuple(Entry(one, place(one.territory)) for one in self.catalogue.initiatives)
        object.__setattr__(self, "entries", placed)

    @cached_property
    def titles(self) -> dict[str, str]:
        """The titles of the documents by id."""
        return {one.document_id: one.title for one in self.passages}

    @cached_property
    def finder(self) -> Finder:
        """What finds initiatives by free text."""
        return Finder(self.catalogue, {entry.initiative.id: entry.departments for entry in self.entries})

    @cached_property
    def dated(self) -> tuple[Dated, ...]:
        """The sentences of the documents that hold a year."""
        return dated_sentences(self.passages, self.catalogue, now=datetime.now(UTC).year)

    @cached_property
    def speaking(self) -> dict[str, tuple[str, ...]]:
        """The ids of the documents that speak of a fiche, other than its own, by the id of the fiche."""
        found: dict[str, dict[str, None]] = {}
        for passage in self.passages:
            for fiche_id in (passage.initiative, *passage.themes):
                if fiche_id and self.catalogue.documents.get(fiche_id) != passage.document_id:
                    found.setdefault(fiche_id, {})[passage.document_id] = None
        return {fiche_id: tuple(documents) for fiche_id, documents in found.items()}


class Shelves:
    """Keeps what was made of the current index version until another is current."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._lock = threading.Lock()
        self._number = 0
        self._shelf: Shelf | None = None

    def current(self) -> Shelf:
        """Return what there is to show. Raises AssistantNotReady, or why the index cannot be used."""
        index = self._service.assistant.index
        with self._lock:
            if self._shelf is None or self._number != index.number:
                self._number, self._shelf = index.number, Shelf(index.catalogue, index.passages)
            return self._shelf
