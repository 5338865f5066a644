"""The index as a reader sees it: one published version, whole and unchanging."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from corpus.documents import Hit, Passage
from corpus.errors import IndexMissing, StoreCorrupt
from corpus.home import Home
from corpus.ledger import Ledger, catalogue_of, check_model
from corpus.records import DocumentRow, Version
from corpus.store import Store


class Index:
    """One version: its catalogue, its passages in reading order, and a search among their vectors.

    Raises StoreCorrupt when the store holds more or fewer passages than were written down.
    """

    def __init__(self, version: Version, store: Store) -> None:
        self.number = version.number
        self.embedding_model = version.embedding_model
        self.documents: tuple[DocumentRow, ...] = version.documents
        self.catalogue = catalogue_of(version.documents)
        self.passages: tuple[Passage, ...] = tuple(store.passages(version.number))
        self._store = store
        if len(self.passages) != version.passages:
            reason = f"{len(self.passages)} passages instead of {version.passages}"
            raise StoreCorrupt(where=store.folder, reason=reason)

    def nearest(self, vector: np.ndarray, *, k: int, documents: Sequence[str] | None = None) -> list[Hit]:
        """Return at most `k` passages by cosine similarity to a (dimension,) vector, best first."""
        return self._store.nearest(self.number, vector, k=k, documents=documents)

    @cached_property
    def by_initiative(self) -> dict[str, list[Passage]]:
        """The passages tagged with each initiative."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            if passage.initiative:
                found[passage.initiative].append(passage)
        return found

    @cached_property
    def by_fiche(self) -> dict[str, list[Passage]]:
        """The passages of each fiche, in reading order: those that it is made of, in whatever document."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            fiche = self.catalogue.resolve(passage.entry)
            if fiche:
                found[fiche.id].append(passage)
        for one, some in found.items():
            # The fiche that somebody wrote comes first.
            some.sort(key=lambda passage, own=self.catalogue.documents[one]: passage.document_id != own)  # type: ignore[misc]
        return found

    def about(self, fiche_ids: Sequence[str]) -> list[Passage]:
        """Return the passages tagged with an initiative, or lying in a fiche."""
        found: dict[str, Passage] = {}
        for one in fiche_ids:
            for passage in [*self.by_fiche.get(one, ()), *self.by_initiative.get(one, ())]:
                found[passage.id] = passage
        return list(found.values())

    @cached_property
    def by_document(self) -> dict[str, list[Passage]]:
        """The passages of each document, in reading order."""
        found: dict[str, list[Passage]] = defaultdict(list)
        for passage in self.passages:
            found[passage.document_id].append(passage)
        return found


class Indexes(Protocol):
    """Where an index is had from."""

    def number(self) -> int:
        """Return the number of the version to answer from now."""

    def get(self) -> Index:
        """Return that version."""


class PinnedIndex:
    """One version, published or not, whatever is current. Raises StoreCorrupt as `Index` does."""

    def __init__(self, version: Version, store: Store) -> None:
        self._index = Index(version, store)

    def number(self) -> int:
        """Return its number."""
        return self._index.number

    def get(self) -> Index:
        """Return it."""
        return self._index


class CurrentIndex:
    """The published version, followed from one to the next without a restart."""

    def __init__(self, home: Home, *, embedding_model: str) -> None:
        self._home = home
        self._wanted = embedding_model
        self._ledger = Ledger(home.ledger)
        self._store: Store | None = Store(home.store)
        self._open: Index | None = None
        self._lock = threading.Lock()

    def number(self) -> int:
        """Return the number of the version that is current now. Raises IndexMissing before the first."""
        number = self._ledger.current()
        if number is None:
            raise IndexMissing(home=self._home.folder)
        return number

    def get(self) -> Index:
        """Return the version that is current now; an answer keeps the one it began with.

        Raises IndexMissing before the first ingest, IndexStale when other embeddings are asked for,
        StoreCorrupt when the files are damaged.
        """
        number = self.number()
        with self._lock:
            if self._open is None or self._open.number != number:
                version = self._ledger.live()
                if version is None:
                    raise IndexMissing(home=self._home.folder)
                check_model(version, wanted=self._wanted)
                self._open = self._opened(version)
            return self._open

    def close(self) -> None:
        """Release the files."""
        if self._store:
            self._store.close()
        self._ledger.close()

    def _opened(self, version: Version) -> Index:
        """Open a version, the store afresh if need be: a rebuild may have set aside the files it has open."""
        if self._store:
            try:
                return Index(version, self._store)
            except StoreCorrupt:
                self._store.close()
                self._store = None
        self._store = Store(self._home.store)
        return Index(version, self._store)
