"""Rows: the cells of a table as sentences of a kind, "Header: value · Header: value", one a row.

No library does this. Each row says its headers again, because it is retrieved and cited without the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_SEPARATOR = " · "
_MOST_HEADER_ROWS = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a place of a table; `spans` when it is a wider cell that begins further left."""

    text: str
    bold: bool
    spans: bool = False


def as_rows(grid: Sequence[Sequence[Cell]]) -> list[str]:
    """Return a text for each row below the header, or for every row when there is no header."""
    count = _header_rows(grid)
    headers = [_header([row[column] for row in grid[:count]]) for column in range(len(grid[0]))]
    texts = (_row(headers, row) for row in grid[count:])
    return [text for text in texts if text]


def _row(headers: Sequence[str], row: Sequence[Cell]) -> str:
    pairs = []
    for column, cell in enumerate(row):
        text = _flat(cell.text)
        wide = column + 1 < len(row) and row[column + 1].spans  # it belongs under no one header
        header = "" if wide else headers[column].rstrip(" :")
        if text and not cell.spans:
            pairs.append(f"{header}: {text}" if header else text)
    return _SEPARATOR.join(pairs)


def _header(cells: Sequence[Cell]) -> str:
    """Return the header of a column, that of its group first."""
    return " ".join(dict.fromkeys(text for cell in cells if (text := _flat(cell.text))))


def _header_rows(grid: Sequence[Sequence[Cell]]) -> int:
    """Return how many rows from the top are a header: bold ones, or one of another kind than the rest."""
    bold = 0
    while bold < min(len(grid) - 1, _MOST_HEADER_ROWS) and _is_bold(grid[bold]):
        bold += 1
    if bold and not all(map(_is_bold, grid[bold:])):
        return bold
    if len(grid) < 2:
        return 0
    first, rest = grid[0], grid[1:]
    names = [_flat(cell.text) for cell in first]
    if not all(names[1:]) or len(set(names)) < len(names) or any(map(_is_figure, names)):
        return 0
    figures = any(
        sum(_is_figure(row[column].text) for row in rest) > len(rest) / 2 for column in range(len(names))
    )
    return 1 if figures or len(names) >= 3 else 0


def _is_bold(row: Sequence[Cell]) -> bool:
    return any(cell.text for cell in row) and all(cell.bold for cell in row if cell.text)


def _is_figure(text: str) -> bool:
    """Say whether a cell holds a number or a date rather than words; a year may head a column."""
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    return digits > 0 and digits >= letters and not (len(text) == 4 and text[:2] in {"19", "20"})


def _flat(text: str) -> str:
    """Return a cell on one line; a word that was cut at a line's end is made whole."""
    lines = text.splitlines()
    joined = ""
    for line in lines:
        cut = joined.endswith("-") and joined[-2:-1].islower() and line[:1].islower()
        joined = joined[:-1] + line if cut else f"{joined} {line}"
    return " ".join(joined.split())
