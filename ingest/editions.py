"""Editions: what the team changed on the site is not undone by a folder that still has it as it was."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from corpus.editions import editions_of
from corpus.errors import DocumentNote, EditionKept, EditionReplaced
from ingest.desk import Desk
from ingest.reading import Loaded


def beside_the_inbox(
    desk: Desk, loaded: Sequence[Loaded], *, inbox: str, named: Collection[str]
) -> tuple[list[Loaded], list[DocumentNote]]:
    """Return the documents that take the place of what came through the inbox, and notes on both kinds.

    `inbox` is the folder that the team's files come through, as the ledger has it. A file that was an edition
    of a document before somebody changed it there says nothing new; one that was never seen does, and so does
    one that somebody `named`.
    """
    places = desk.ledger.places()
    changed = {row.id for row in desk.rows if (place := places.get(row.file)) and place.folder == inbox}
    newer: list[Loaded] = []
    notes: list[DocumentNote] = []
    for one in loaded:
        document = one.document
        if document.id not in changed or document.file in named:
            newer.append(one)
        elif document.sha256 in editions_of(desk.ledger, document.id):
            notes.append(EditionKept(file=document.file))
        else:
            newer.append(one)
            notes.append(EditionReplaced(file=document.file))
    return newer, notes
