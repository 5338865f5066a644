"""Tables: those that are ruled, and those whose cells only stand below one another.

Ruling lines become cells by pdfplumber's table finder (MIT), which was right on every table tried; it is
given the lines that pypdfium2 found, so that pdfminer need not read the page. Tables without lines are own
code: pdfplumber's own way for them takes running text for tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import cast

from pdfplumber import table as finder

from ingest.loaders.pdf.drawings import Box
from ingest.loaders.pdf.glyphs import Frame, Glyph, Style
from ingest.loaders.pdf.lines import Line, as_one, into_rows, read_lines
from ingest.loaders.pdf.rows import Cell, as_rows

_SNAP = 3.0  # points
_MOST_CROSSINGS = 2_500  # more take the finder minutes
_FEWEST_ROWS = 3
_LONGEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table: its place, as x0, top, x1, bottom in a frame, and its cells' places."""

    box: Box
    cells: tuple[Box, ...]


def find_ruled(edges: Sequence[Box], frame: Frame) -> list[Ruled]:
    """Return the tables that lines draw: at least two columns and two rows."""
    if frame.angle % 90 or len(edges) < 6:
        return []
    merged = finder.merge_edges(
        [_edge(frame.box(*edge)) for edge in edges],
        snap_x_tolerance=_SNAP,
        snap_y_tolerance=_SNAP,
        join_x_tolerance=_SNAP,
        join_y_tolerance=_SNAP,
    )
    crossings = finder.edges_to_intersections(merged, x_tolerance=_SNAP, y_tolerance=_SNAP)
    if len(crossings) > _MOST_CROSSINGS:
        return []
    found = []
    for cells in finder.cells_to_tables(finder.intersections_to_cells(crossings)):
        boxes = tuple((float(x0), float(top), float(x1), float(bottom)) for x0, top, x1, bottom in cells)
        if len({box[0] for box in boxes}) >= 2 and len({box[1] for box in boxes}) >= 2:
            x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
            found.append(Ruled((min(x0s), min(tops), max(x1s), max(bottoms)), boxes))
    return found


def read_ruled(table: Ruled, glyphs: Sequence[Glyph], styles: Sequence[Style]) -> Line | None:
    """Return a ruled table as a line with rows, or None when it is a frame around text, or a chart."""
    tops, lefts = sorted({cell[1] for cell in table.cells}), sorted({cell[0] for cell in table.cells})
    inside: dict[Box, list[Glyph]] = {cell: [] for cell in table.cells}
    for glyph in glyphs:
        cell = next((cell for cell in table.cells if _holds(cell, glyph)), None)
        if cell:
            inside[cell].append(glyph)
    texts = {cell: _cell(read_lines(within, styles)) for cell, within in inside.items()}
    grid = [[_at(texts, left + 1, top + 1, first=left) for left in lefts] for top in tops]
    filled = [row for row in grid if any(cell.text for cell in row)]
    if len(filled) < 2 or not any(sum(bool(cell.text) for cell in row) >= 2 for row in filled):
        return None
    rows = as_rows(filled)
    return Line("", *table.box, rows=tuple(rows)) if rows else None


def split_aligned(rows: Sequence[list[Line]]) -> list[list[list[Line]] | Line]:
    """Return a column's rows with each table without lines made a line with rows, the rest in between."""
    out: list[list[list[Line]] | Line] = []
    start = 0
    while start < len(rows):
        end = _end_of_table(rows, start)
        table = _aligned(rows[start:end]) if end - start >= _FEWEST_ROWS else None
        if table:
            out.append(table)
        else:
            end = max(end, start + 1)
            if not out or isinstance(out[-1], Line):
                out.append([])
            cast(list[list[Line]], out[-1]).extend(rows[start:end])
        start = end
    return out


def holds(box: Box, glyph: Glyph) -> bool:
    """Say whether the middle of a glyph is within a box."""
    return _holds(box, glyph)


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _edge(box: Box) -> dict[str, object]:
    x0, top, x1, bottom = box
    level = x1 - x0 >= bottom - top
    if level:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {
        "x0": x0,
        "x1": x1,
        "top": top,
        "bottom": bottom,
        "width": x1 - x0,
        "height": bottom - top,
        "orientation": "h" if level else "v",
    }


def _cell(lines: Sequence[Line]) -> Cell:
    rows = [as_one(row) for row in into_rows(lines)]
    return Cell("\n".join(row.text for row in rows), bool(rows) and all(row.bold for row in rows))


def _at(texts: dict[Box, Cell], x: float, y: float, *, first: float) -> Cell:
    """Return the cell at a point: one that spans rows stands in each of them, one that spans columns once."""
    for (x0, top, x1, bottom), cell in texts.items():
        if x0 <= x < x1 and top <= y < bottom:
            return Cell(cell.text, cell.bold, spans=x0 != first)
    return Cell("", False)


def _intervals(rows: Sequence[list[Line]]) -> list[tuple[float, float]]:
    """Return the columns of rows: the widths of their pieces, those that overlap made one."""
    merged: list[tuple[float, float]] = []
    for x0, x1 in sorted((line.x0, line.x1) for row in rows for line in row):
        if merged and x0 < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return merged


def _end_of_table(rows: Sequence[list[Line]], start: int) -> int:
    """Return the row after those from `start` whose pieces stand in the same columns, two or more."""
    end = start
    while end < len(rows):
        row = rows[end]
        if len(row) < 2 or any(line.rows or len(line.text) > _LONGEST_CELL for line in row):
            break
        columns = _intervals(rows[start : end + 1])
        fullest = max(len(row) for row in rows[start : end + 1])
        if len(columns) < fullest:
            break
        if end > start and row[0].top - rows[end - 1][0].bottom > 3 * row[0].size:
            break
        end += 1
    return end


def _aligned(rows: Sequence[list[Line]]) -> Line | None:
    columns = _intervals(rows)
    grid = []
    for row in rows:
        cells = [Cell("", False)] * len(columns)
        for line in row:
            at = next(n for n, (x0, x1) in enumerate(columns) if x0 <= line.x0 <= x1)
            cells[at] = Cell(line.text, line.bold)
        grid.append(cells)
    if len(columns) > max(len(row) for row in rows) + 1 or _is_contents(grid):
        return None
    lines = [line for row in rows for line in row]
    return Line(
        "",
        min(line.x0 for line in lines),
        rows[0][0].top,
        max(line.x1 for line in lines),
        rows[-1][0].bottom,
        rows=tuple(as_rows(grid)),
    )


def _is_contents(grid: Sequence[Sequence[Cell]]) -> bool:
    """Say whether rows are a table of contents: their last cells are numbers that only grow."""
    last = [row[-1].text for row in grid]
    return all(text.isdecimal() for text in last) and all(int(a) <= int(b) for a, b in pairwise(last))
