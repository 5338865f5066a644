"""The desk: the ledger and the live version, while one process owns the home to change its index."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from corpus.errors import DoubtUnknown, FicheNeeded, StoreCorrupt
from corpus.home import Home
from corpus.ledger import Ledger
from corpus.records import DocumentRow, Version
from corpus.soundness import check


@dataclass(frozen=True, slots=True)
class Desk:
    """What one change works on, while it holds the home. `current` is None before the first version."""

    ledger: Ledger
    current: Version | None

    @property
    def rows(self) -> tuple[DocumentRow, ...]:
        """The documents of the live version."""
        return self.current.documents if self.current else ()

    def decide(self, accepted: Mapping[int, bool]) -> set[str]:
        """Write down what somebody says to doubts, and return the ids of the documents to be tagged anew.

        Raises DoubtUnknown and FicheNeeded before anything is written.
        """
        documents = {row.id for row in self.rows}
        doubts = {one.id: one for one in self.ledger.doubts() if one.document in documents}
        for id, yes in accepted.items():
            if id not in doubts:
                raise DoubtUnknown(id=id)
            if yes and doubts[id].kind == "new initiative":
                raise FicheNeeded(id=id, name=doubts[id].target)
        for id, yes in accepted.items():
            self.ledger.decide(id, accepted=yes)
        return {doubts[id].document for id, yes in accepted.items() if yes or doubts[id].state == "accepted"}


@contextmanager
def opened_desk(home: Home, *, anew: bool = False) -> Iterator[Desk]:
    """Hold the home and open its ledger.

    Raises HomeBusy while another process changes the index, and StoreCorrupt when the store is damaged,
    unless all of it is made `anew`: then the damaged one is set aside.
    """
    with home.owned_for("ingest"):
        ledger = Ledger(home.ledger)
        try:
            current = ledger.live()
            _check_store(home, current, anew=anew)
            yield Desk(ledger, current)
        finally:
            ledger.close()


def _check_store(home: Home, current: Version | None, *, anew: bool) -> None:
    """Raise StoreCorrupt, or set a damaged store aside when nothing of it is needed."""
    if not home.store.exists():
        return
    try:
        check(home, current, again=anew)
    except StoreCorrupt:
        if current and not anew:
            raise
        aside = home.store.with_name("chroma.damaged")
        shutil.rmtree(aside, ignore_errors=True)
        home.store.rename(aside)
