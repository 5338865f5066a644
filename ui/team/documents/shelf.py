"""What the pages of Documents show of the ledger: versions, documents and their themes, doubts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import DocumentUnknown, VersionUnknown
from corpus.ledger import Ledger, catalogue_of
from corpus.records import Check, DocumentRow, Version
from ui.opening import Opening
from ui.team.documents.waiting import Staged

State = Literal["live", "waiting", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept version, what the golden cases said of it, and where it stands: `later` is none that waits."""

    version: Version
    check: Check | None
    state: State


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the live version with the names of its themes, that of most passages first."""

    row: DocumentRow
    themes: tuple[str, ...]


class Shelf:
    """The versions of one home, read at one moment, latest first. `live` is None before the first."""

    def __init__(
        self,
        versions: Sequence[Version],
        live: int | None,
        *,
        checks: Mapping[int, Check],
        staged: Staged | None,
    ) -> None:
        self.live = next((one for one in versions if one.number == live), None)
        self._staged = staged
        self.kept = [Kept(one, checks.get(one.number), self._state(one)) for one in reversed(versions)]

    @property
    def waiting(self) -> Kept | None:
        """The version that somebody has to decide about."""
        return next((one for one in self.kept if one.state == "waiting"), None)

    def get(self, number: int) -> Kept:
        """Return a kept version. Raises VersionUnknown."""
        found = next((one for one in self.kept if one.version.number == number), None)
        if found is None:
            known = ", ".join(str(one.version.number) for one in reversed(self.kept)) or "–"
            raise VersionUnknown(number=number, known=known)
        return found

    def document(self, id: str) -> DocumentRow:
        """Return a document of the live version. Raises DocumentUnknown."""
        rows = self.live.documents if self.live else ()
        found = next((row for row in rows if row.id == id), None)
        if found is None:
            raise DocumentUnknown(id=id)
        return found

    def _state(self, version: Version) -> State:
        if self.live and version.number == self.live.number:
            return "live"
        if self._staged and self._staged.is_of(version):
            return "waiting"
        return "earlier" if self.live and version.number < self.live.number else "later"


def read_shelf(opening: Opening, staged: Staged | None) -> Shelf:
    """Return the versions of a home. Raises StoreCorrupt."""
    with _ledger(opening) as ledger:
        live = ledger.current()  # before the versions: one that is published meanwhile is not among them
        versions = ledger.versions()
        checks = {one.number: check for one in versions if (check := ledger.checked(one.number))}
        return Shelf(versions, live, checks=checks, staged=staged)


def read_documents(opening: Opening, version: Version, language: Language) -> list[Listed]:
    """Return the documents of a version by title, with their themes in a language."""
    with _ledger(opening) as ledger:
        themes = ledger.themes(version.number)
    catalogue = catalogue_of(version.documents)
    listed = [Listed(row, _themes(catalogue, themes.get(row.id, ()), language)) for row in version.documents]
    return sorted(listed, key=lambda one: (_folded(one.row.title), one.row.id))


def read_doubts(opening: Opening, documents: Sequence[str]) -> int:
    """Return how many tags of some documents wait for review."""
    some = set(documents)
    with _ledger(opening) as ledger:
        return sum(one.state == "open" and one.document in some for one in ledger.doubts())


def search(listed: Sequence[Listed], wanted: str) -> list[Listed]:
    """Return the documents that have every word wanted in title, file, id or theme; accents do not count."""
    words = _folded(wanted).split()
    return [one for one in listed if all(word in _said(one) for word in words)]


def _said(one: Listed) -> str:
    return _folded(" ".join([one.row.title, one.row.file, one.row.id, *one.themes]))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(char for char in plain if not unicodedata.combining(char)).casefold()


def _themes(catalogue: Catalogue, ids: Sequence[str], language: Language) -> tuple[str, ...]:
    return tuple(theme.called(language) if (theme := catalogue.theme(id)) else id for id in ids)


@contextmanager
def _ledger(opening: Opening) -> Iterator[Ledger]:
    ledger = Ledger(opening.home.ledger)
    try:
        yield ledger
    finally:
        ledger.close()
