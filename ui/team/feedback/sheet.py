"""Sheets: rows as CSV that a spreadsheet opens as it should, without running anything that stands in it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

from fastapi.responses import StreamingResponse

# French Excel takes the semicolon for what parts the cells, and UTF-8 only after this mark.
_MARK, _BETWEEN = "\ufeff", ";"
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")

Cell = str | int


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """Yield a sheet line by line, each with its end; a row may hold several lines of text."""
    yield _MARK + _line(header)
    for row in rows:
        yield _line(row)


def harmless(cell: Cell) -> Cell:
    """Return a cell that is shown as it is: an apostrophe stands before what would be taken for a formula.

    A number stays one.
    """
    if isinstance(cell, str) and (cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)):
        return f"'{cell}"
    return cell


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingResponse:
    """Return a sheet as a file to save, sent as it is read."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(csv_lines(header, rows), media_type="text/csv; charset=utf-8", headers=headers)


def _line(cells: Sequence[Cell]) -> str:
    out = StringIO()
    csv.writer(out, delimiter=_BETWEEN, lineterminator="\r\n").writerow([harmless(one) for one in cells])
    return out.getvalue()
