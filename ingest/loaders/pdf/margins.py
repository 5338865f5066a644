"""Margins: the running headers, footers and page numbers of a document, found by where they stand.

Own code: the cleaner sees only text, and cannot tell a running header from a sentence that is said often.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from ingest.loaders.pdf.lines import Line, share_a_row
from ingest.numbering import figures_of, is_numbering

_MARGIN = 0.12  # of the page's height
_FEWEST_PAGES = 3
_HEADING = 1.15  # of the body's size
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—|]?(?:\s*(?:/|sur|of|de)\s*\d{1,4})?",
    re.IGNORECASE,
)


def without_margins(
    pages: Sequence[Sequence[Line]], *, heights: Sequence[tuple[float, float]], body: float
) -> list[list[Line]]:
    """Return the lines of each page without what its margins repeat and without bare page numbers.

    `heights` are the top and bottom of each page. A line repeats when it stands in a margin of three pages
    and of half of them, at least. Its digits may count the pages, but not where it may be a title ("Fiche
    1"): such a line stays where it is said first, because it heads the slides of a theme.
    """
    held: dict[tuple[bool, str], dict[int, tuple[int, ...]]] = defaultdict(dict)
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        for line in lines:
            if _in_margin(line, height):
                said = _said(line, body)
                held[said][number] = () if said[0] else figures_of(line.text)
    fewest = max(_FEWEST_PAGES, len(pages) / 2)
    repeated = {
        said: min(where)
        for said, where in held.items()
        if len(where) >= fewest and is_numbering(list(where.items()))
    }
    kept = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True)):
        left = [
            line
            for line in lines
            if not _in_margin(line, height)
            or (said := _said(line, body)) not in repeated
            or (said[0] and number == repeated[said])
        ]
        kept.append([line for line in left if not _is_page_number(line, left, height)])
    return kept


def _is_page_number(line: Line, lines: Sequence[Line], height: tuple[float, float]) -> bool:
    """Say whether a line is a number at the edge of a page, with nothing beside it or further out."""
    if not _in_margin(line, height) or not _PAGE_NUMBER.fullmatch(line.text.strip()):
        return False
    above = line.bottom < sum(height) / 2
    return not any(
        other is not line
        and (share_a_row(line, other) or (other.top < line.top if above else other.bottom > line.bottom))
        for other in lines
    )


def _in_margin(line: Line, height: tuple[float, float]) -> bool:
    top, bottom = height
    middle, margin = (line.top + line.bottom) / 2, _MARGIN * (bottom - top)
    return not line.rows and not (top + margin < middle < bottom - margin)


def _said(line: Line, body: float) -> tuple[bool, str]:
    """Return whether a line may be a title, large or in capitals, and what pages must share of it.

    A title stays where running headers say it again in small.
    """
    text = " ".join(line.text.split())
    title = line.size >= _HEADING * body or text.isupper()
    return title, text.casefold() if title else re.sub(r"\d+", "", text.casefold())
