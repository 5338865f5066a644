"""What the slides of a deck say of an initiative or a theme, for a fiche to begin with."""

from __future__ import annotations

from contextlib import closing

from corpus.catalogue import Fiche
from corpus.ledger import Ledger
from ui.opening import Opening
from ui.team.catalogue.holdings import Holdings


def said_of(opening: Opening, holdings: Holdings, fiche: Fiche) -> str:
    """Return the passages of the deck that a fiche was read from which are tagged with it."""
    document = holdings.catalogue.documents.get(fiche.id)
    row = next((one for one in holdings.rows if one.id == document), None)
    if row is None or holdings.live is None:
        return ""
    with closing(Ledger(opening.home.ledger)) as ledger:
        text = ledger.text(row)
        passages = ledger.passages(holdings.live, row.id)
    pages = {source.slide for source in fiche.sources if source.slide}
    if text is None:
        return ""
    said = [
        text.cleaned[one.start : one.end].strip()
        for one in passages
        if any(tag.target == fiche.id for tag in one.tags) and (not pages or one.page in pages)
    ]
    return "\n\n".join(filter(None, said))
