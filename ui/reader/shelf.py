"""The shelf: the documents of the current version, each with its text, its passages and what it is about."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass

from cachetools import LRUCache

from corpus.catalogue import Catalogue
from corpus.errors import IndexMissing
from corpus.home import Home
from corpus.ledger import Ledger, catalogue_of
from corpus.records import DocumentRow, Filed
from ui.errors import DocumentGone

_OPEN = 16  # documents whose texts are held
_LONGEST_ID = 80


@dataclass(frozen=True, slots=True)
class Volume:
    """A document of one version; `text` is empty when none was kept."""

    row: DocumentRow
    text: str
    passages: tuple[Filed, ...]
    catalogue: Catalogue
    version: int


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    rows: dict[str, DocumentRow]
    catalogue: Catalogue


class Shelf:
    """Reads the ledger of a home, opened at the first look; `told` hears the hashes of each new version.

    Which version is current is asked every time, so that what was forgotten is gone at once.
    """

    def __init__(self, home: Callable[[], Home], *, told: Callable[[Collection[str]], None]) -> None:
        self._home = home
        self._told = told
        self._lock = threading.Lock()
        self._ledger: Ledger | None = None
        self._version: _Version | None = None
        self._volumes: LRUCache[str, Volume] = LRUCache(_OPEN)

    def row(self, document_id: str) -> DocumentRow:
        """Return what is known of a document. Raises DocumentGone, and IndexUnusable by its subclasses."""
        with self._lock:
            return self._row(document_id)

    def volume(self, document_id: str) -> Volume:
        """Return a document whole. Raises as `row` does."""
        with self._lock:
            row = self._row(document_id)
            version, ledger = self._current()
            if row.id not in self._volumes:
                text = ledger.text(row)
                self._volumes[row.id] = Volume(
                    row,
                    text.cleaned if text else "",
                    tuple(ledger.passages(version.number, row.id)),
                    version.catalogue,
                    version.number,
                )
            return self._volumes[row.id]

    def close(self) -> None:
        """Release the ledger."""
        with self._lock:
            if self._ledger is not None:
                self._ledger.close()
                self._ledger = None

    def _row(self, document_id: str) -> DocumentRow:
        row = self._current()[0].rows.get(document_id)
        if row is None:
            raise DocumentGone(id=document_id[:_LONGEST_ID])
        return row

    def _current(self) -> tuple[_Version, Ledger]:
        home = self._home()
        if self._ledger is None:
            self._ledger = Ledger(home.ledger)
        number = self._ledger.current()
        if number is None:
            raise IndexMissing(home=home.folder)
        if self._version is None or self._version.number != number:
            version = self._ledger.live()
            if version is None:
                raise IndexMissing(home=home.folder)
            rows = {row.id: row for row in version.documents}
            self._version = _Version(version.number, rows, catalogue_of(version.documents))
            self._volumes.clear()
            self._told({row.sha256 for row in version.documents})
        return self._version, self._ledger
