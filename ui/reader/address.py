"""The address of the reader: where a card leads to see its words on their page."""

from __future__ import annotations

from urllib.parse import quote as escaped
from urllib.parse import urlencode

PLACE = "/documents"
PASSAGE = "passage"
"""The id of the place on a page where the words begin."""
CUT = "…"
"""What ends a quote that the address does not hold whole; the reader finds where it really ends."""
_LONGEST = 200


def reader_address(document_id: str, page: int | None, quote: str, *, at: int | None = None) -> str:
    """Return the address that shows a document at a page, from 1, with some of its words highlighted.

    `at` is where the passage that holds the words begins in the document's text, which tells places that say
    the same apart.
    """
    asked: dict[str, str | int] = {}
    if page:
        asked["page"] = page
    words = " ".join(quote.encode("utf-8", "ignore").decode("utf-8").split())
    if words:
        asked["quote"] = words if len(words) <= _LONGEST else _cut(words)
    if at is not None:
        asked["at"] = at
    # A dot or two alone would be taken for a step up by whoever tidies the address.
    path = f"{PLACE}/{escaped(document_id, safe='').replace('.', '%2E')}"
    return f"{path}?{urlencode(asked)}{'#' + PASSAGE if words else ''}" if asked else path


def page_address(document_id: str, page: int) -> str:
    """Return the address of the picture of a page."""
    return f"{PLACE}/{escaped(document_id, safe='')}/pages/{page}.webp"


def _cut(words: str) -> str:
    """Return the beginning of a quote, whole words if it has any."""
    kept = words[:_LONGEST]
    whole = kept.rpartition(" ")[0]
    return (whole or kept) + CUT
