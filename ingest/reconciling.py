"""Reconciling: new documents take their places beside those that the index holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count

from corpus.catalogue import Catalogue, fiche_to_json
from corpus.errors import CatalogueWrong, DocumentNote, FicheJoined
from corpus.ledger import catalogue_of
from corpus.records import DocumentRow
from ingest.finding import Refusal
from ingest.reading import Loaded


def with_own_ids(loaded: Sequence[Loaded], *, rows: Sequence[DocumentRow]) -> list[Loaded]:
    """Return the documents with ids that no other file has; a file keeps the id it was ingested under.

    A fiche says its own id, so the others make way for it.
    """
    owners = {row.id: row.file for row in rows}
    owners |= {one.document.id: one.document.file for one in loaded if one.fiche}
    kept = {row.file: row.id for row in rows if owners[row.id] == row.file}
    own: list[Loaded] = []
    for one in loaded:
        document = one.document
        if not one.fiche and owners.get(document.id, document.file) != document.file:
            free = (f"{document.id}-{number}" for number in count(2))
            chosen = kept.get(document.file) or next(name for name in free if name not in owners)
            document = replace(document, id=chosen)
        owners[document.id] = document.file
        own.append(replace(one, document=document))
    return own


def without(rows: Sequence[DocumentRow], new: Sequence[Loaded]) -> list[DocumentRow]:
    """Return the rows that the new documents do not replace: those of other ids, and of other files.

    Two fiches may come from files of one name; what was no fiche and is one now, or the reverse, may not.
    """
    ids = {one.document.id for one in new}
    files = {one.document.file for one in new}
    plain = {one.document.file for one in new if not one.fiche}
    return [row for row in rows if row.id not in ids and row.file not in (plain if row.written else files)]


def sound(new: Sequence[Loaded], rows: Sequence[DocumentRow]) -> tuple[list[Loaded], list[Refusal]]:
    """Return the new documents whose fiches make a sound catalogue with the rest, and refuse the others."""
    kept, refused = _beside(new, rows)
    while True:
        try:
            catalogue_with(without(rows, kept), kept)
        except CatalogueWrong as reason:
            culprit = next((one for one in kept if one.document.file == reason.fields["file"]), None)
            if culprit is None:
                raise
            kept.remove(culprit)
            refused.append(Refusal(culprit.document.file, reason))
        else:
            return kept, refused


def catalogue_with(rows: Sequence[DocumentRow], new: Sequence[Loaded]) -> Catalogue:
    """Return the catalogue of rows and new documents together. Raises CatalogueWrong."""
    return catalogue_of([*rows, *(row_of(one, passages=0) for one in new)])


def joined_notes(new: Sequence[Loaded], rows: Sequence[DocumentRow]) -> list[DocumentNote]:
    """Return which new fiches describe what another one does: what they say is one entry of the catalogue."""
    if not any(one.fiche for one in new):
        return []
    catalogue = catalogue_with(rows, new)
    return [
        FicheJoined(file=one.document.file, name=one.fiche.name, other=catalogue.merged[one.fiche.id])
        for one in new
        if one.fiche and one.fiche.id in catalogue.merged
    ]


def row_of(loaded: Loaded, *, passages: int) -> DocumentRow:
    """Return what the ledger keeps of a document."""
    document = loaded.document
    fiche: dict[str, object] | list[dict[str, object]] | None = None
    if loaded.fiche:
        fiche = fiche_to_json(loaded.fiche)
    elif loaded.derived:
        fiche = [fiche_to_json(one) for one in loaded.derived]
    return DocumentRow(document.id, document.title, document.file, document.sha256, passages, fiche)


def _beside(new: Sequence[Loaded], rows: Sequence[DocumentRow]) -> tuple[list[Loaded], list[Refusal]]:
    """Return the new documents, and refuse a fiche whose id would oust the document of another file."""
    again = {one.document.file for one in new}
    owners = {row.id: row.file for row in rows if not row.written and row.file not in again}
    kept, refused = [], []
    for one in new:
        file, own = one.document.file, one.document.id
        if one.fiche and owners.get(own, file) != file:
            reason = f"{own!r} is already the id of {owners[own]}"
            refused.append(Refusal(file, CatalogueWrong(file=file, field="id", reason=reason)))
        else:
            kept.append(one)
    return kept, refused
