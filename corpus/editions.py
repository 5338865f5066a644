"""Editions: which texts of a document the ledger still has. They outlive the versions that held them."""

from __future__ import annotations

from sqlalchemy import select

from corpus.ledger import Ledger
from corpus.tables import TEXTS


def editions_of(ledger: Ledger, document: str) -> list[str]:
    """Return the SHA-256 of each edition of a document, in no order. Raises as the ledger does."""
    with ledger.connection() as connection:
        return list(connection.execute(select(TEXTS.c.sha256).where(TEXTS.c.document == document)).scalars())
