"""The fiches as they are: those of the live version, and over them those that wait in the inbox."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.catalogue import Catalogue, Fiche, fiche_to_json, read_fiche
from corpus.errors import CatalogueWrong
from corpus.ledger import Ledger, catalogue_of
from corpus.records import DocumentRow
from ui.opening import Opening
from ui.team.catalogue.writing import file_name, file_text, parts
from ui.team.documents.shelf import read_shelf
from ui.team.documents.staging import inbox_of
from ui.team.documents.waiting import Decision

_LARGEST = 1_000_000  # bytes of a file that may be a fiche
_SUFFIXES = (".md", ".markdown")


@dataclass(frozen=True, slots=True)
class Pending:
    """A fiche that was written but is not published yet; `is_held` when the version that waits has it so."""

    row: DocumentRow
    text: str
    is_held: bool = False


@dataclass(frozen=True)
class Holdings:
    """The documents of the live version, the catalogue that they make, and the pending fiches by id.

    `waiting` is the number of the version that somebody has to decide about.
    """

    rows: Sequence[DocumentRow]
    catalogue: Catalogue
    pending: dict[str, Pending]
    waiting: int | None = None
    live: int | None = None

    def written(self, id: str) -> DocumentRow | None:
        """Return the document of a fiche that somebody wrote, None when there is none."""
        if id in self.pending:
            return self.pending[id].row
        return next((row for row in self.rows if row.id == id and row.written), None)

    def catalogue_with(self, row: DocumentRow) -> Catalogue:
        """Return what the catalogue becomes with a fiche. Raises CatalogueWrong, naming file and field."""
        others = {id: one.row for id, one in self.pending.items() if id != row.id}
        kept = [one for one in self.rows if one.id != row.id and one.id not in others]
        return catalogue_of([*kept, *others.values(), row])

    def themes(self) -> list[Fiche]:
        """Return the themes that an initiative may have, pending ones too."""
        found: dict[str, Fiche] = {one.id: one for one in self.catalogue.themes}
        for one in self.pending.values():
            fiche = read_fiche(one.row.written or {}, file=one.row.file)
            if fiche.kind == "theme":
                found[fiche.id] = fiche
        return list(found.values())

    def place_of(self, fiche: Fiche) -> str:
        """Return the file that a fiche is written to: its own if it has one."""
        row = self.written(fiche.id)
        own = row.file if row else ""
        plain = own.lower().endswith(_SUFFIXES) and not any(
            part in ("", ".", "..") or part.startswith(".") or "\\" in part for part in own.split("/")
        )
        return own if plain else file_name(fiche)


def read_holdings(opening: Opening) -> Holdings:
    """Return the fiches of a home. Raises StoreCorrupt, CatalogueWrong."""
    staged = Decision(opening.home.folder).get()
    shelf = read_shelf(opening, staged)
    rows = shelf.live.documents if shelf.live else ()
    held = staged.files if staged and shelf.waiting else {}
    pending = {}
    for one in inbox_of(opening).files():
        if one.name.lower().endswith(_SUFFIXES) and one.size <= _LARGEST:
            found = _pending(opening.home.inbox / one.name, one.name)
            if found:
                is_held = held.get(one.name) == found.row.sha256
                pending[found.row.id] = replace(found, is_held=is_held)
    return Holdings(
        rows,
        catalogue_of(rows),
        pending,
        waiting=shelf.waiting.version.number if shelf.waiting else None,
        live=shelf.live.number if shelf.live else None,
    )


def text_of(opening: Opening, holdings: Holdings, row: DocumentRow) -> str:
    """Return the file of a fiche as it is now, pending or live."""
    if row.id in holdings.pending:
        return holdings.pending[row.id].text
    return edition_text(opening, row)


def edition_text(opening: Opening, row: DocumentRow) -> str:
    """Return the file of an edition of a fiche, from its original or else from what the ledger has."""
    try:
        return opening.home.original(row.sha256, row.file).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        with closing(Ledger(opening.home.ledger)) as ledger:
            kept = ledger.text(row)
        body = kept.original if kept else ""
        return file_text(read_fiche(row.written, file=row.file), body) if row.written else body


def row_of(fiche: Fiche, *, file: str, text: str) -> DocumentRow:
    """Return what the ledger will keep of a fiche."""
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return DocumentRow(fiche.id, fiche.name, file, sha256, 0, fiche_to_json(fiche))


def _pending(path: Path, name: str) -> Pending | None:
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        fiche = read_fiche(parts(text, file=name)[0], file=name)
    except (OSError, UnicodeDecodeError, CatalogueWrong):
        return None  # no fiche, or one that the preparation refuses by name
    row = row_of(fiche, file=name, text=text)
    return Pending(replace(row, sha256=hashlib.sha256(content).hexdigest()), text)
