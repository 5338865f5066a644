"""Rows: a table becomes one passage a row, each value under the name of its column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.extract import Draft

SEPARATOR = " · "
_LONGEST_NAME = 100
_YEAR = re.compile(r"(?:19|20)\d\d")
# A figure with or without a short unit, a date, an address: what a first row holds when it is no header.
_VALUE = re.compile(r"[-+~]?[€$£]?\s?\d[\d\s.,:/%€$£-]*\S{0,4}|\S+@\S+|https?://\S+|www\.\S+", re.IGNORECASE)


def write_rows(draft: Draft, rows: Iterable[Sequence[str]], *, header: bool | None = None) -> None:
    """Put a table down, row by row, as "Header: value · Header: value" with empty cells left out.

    `header` says whether the first row names the columns; None leaves it to be told by its looks. Rows above
    it that fill one cell only are the table's caption. Values without a name are only joined.
    """
    names: Sequence[str] = ()
    seeking = header is not False
    alone = False
    for row in rows:
        cells = [" ".join(cell.split()) for cell in row]
        filled = sum(map(bool, cells))
        if not filled:
            continue
        if seeking and filled == 1 and (len(cells) > 1 or not header):
            draft.row(_line(cells, ()))
            continue
        if seeking and (header or is_header(cells)):
            names, seeking, alone = cells, False, True
            continue
        seeking = alone = False
        draft.row(_line(cells, names))
    if alone:
        draft.row(_line(names, ()))


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a row looks like the names of columns: two or more, short, distinct, no figures.

    Years may be among them when there are several, as in a table of figures over time.
    """
    named = [cell for cell in cells if cell]
    years = [cell for cell in named if _YEAR.fullmatch(cell)]
    words = [cell for cell in named if not _VALUE.fullmatch(cell)]
    return (
        len(named) >= 2
        and len({cell.casefold() for cell in named}) == len(named)
        and all(len(cell) <= _LONGEST_NAME for cell in named)
        and len(words) + len(years) == len(named)
        and len(years) != 1
        and bool(words)
    )


def _line(cells: Sequence[str], names: Sequence[str]) -> str:
    return SEPARATOR.join(
        f"{names[place]}: {cell}" if place < len(names) and names[place] else cell
        for place, cell in enumerate(cells)
        if cell
    )
