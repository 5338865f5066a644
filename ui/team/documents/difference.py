"""What publishing a version would change: documents, initiatives and themes against the live ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue, Initiative, Theme
from corpus.ledger import catalogue_of
from corpus.records import DocumentRow, Version


@dataclass(frozen=True, slots=True)
class Difference:
    """The documents that come, change and go, by title; initiatives and themes that come and go, by name.

    `passages` is how many more passages there are, negative for fewer.
    """

    added: tuple[DocumentRow, ...]
    changed: tuple[DocumentRow, ...]
    removed: tuple[DocumentRow, ...]
    new_initiatives: tuple[str, ...]
    lost_initiatives: tuple[str, ...]
    new_themes: tuple[str, ...]
    lost_themes: tuple[str, ...]
    passages: int

    @property
    def is_none(self) -> bool:
        """Whether both hold the same documents."""
        return not (self.added or self.changed or self.removed)


def difference(before: Version | None, after: Version) -> Difference:
    """Return what a version changes against another; against none, all of it is new.

    Raises CatalogueWrong when the fiches of either do not make a catalogue.
    """
    rows = before.documents if before else ()
    old = {row.id: row for row in rows}
    new = {row.id: row for row in after.documents}
    was, will = catalogue_of(rows), catalogue_of(after.documents)
    return Difference(
        added=_by_title([row for row in new.values() if row.id not in old]),
        changed=_by_title(
            [row for row in new.values() if row.id in old and row.sha256 != old[row.id].sha256]
        ),
        removed=_by_title([row for row in old.values() if row.id not in new]),
        new_initiatives=_names(was, will, Initiative),
        lost_initiatives=_names(will, was, Initiative),
        new_themes=_names(was, will, Theme),
        lost_themes=_names(will, was, Theme),
        passages=after.passages - (before.passages if before else 0),
    )


def _by_title(rows: Sequence[DocumentRow]) -> tuple[DocumentRow, ...]:
    return tuple(sorted(rows, key=lambda row: (row.title.casefold(), row.id)))


def _names(one: Catalogue, other: Catalogue, kind: type[Initiative] | type[Theme]) -> tuple[str, ...]:
    """Return the names of what only the other catalogue has."""
    known = {fiche.id for fiche in one}
    return tuple(fiche.name for fiche in other if isinstance(fiche, kind) and fiche.id not in known)
