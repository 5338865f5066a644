"""Columns: the lines of a page in the order in which they are read.

Own code in the manner of the recursive XY-cut (Nagy and Seth 1984), with one change: a line that crosses the
gutter, such as a heading over both columns, parts the page into bands instead of hiding the gutter. The
libraries at hand either keep the file's order or read across.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median

from ingest.loaders.pdf.lines import Line, into_rows, share_a_row

_NARROWEST = 6.0  # points
_GUTTER = 0.6  # of the size
_STRIPE = 3.0
_LONGEST_TAIL, _TAIL_GAP = 3, 0.6  # lines; of the size
_MOST_TRIED = 40
_FEWEST_LINES = 3
_PROSE = 20  # characters: cells of a table are shorter than lines of a column
_DEEPEST = 6

Row = list[Line]


def in_order(lines: Sequence[Line], *, depth: int = 0) -> list[list[Row]]:
    """Return the columns of a page in reading order, each as its rows from top to bottom.

    What stands level without being a column, as in a table, stays together in a row.
    """
    gutter = _gutter(lines) if depth < _DEEPEST else None
    if gutter is None:
        return [into_rows(lines)] if lines else []
    columns: list[list[Row]] = []
    plain: list[Line] = []
    for band in _bands(lines, *gutter):
        left, right = _sides(band, *gutter)
        if _are_columns(left, right):
            columns += _plain(plain, lines, depth)
            plain = []
            columns += in_order(left, depth=depth + 1) + in_order(right, depth=depth + 1)
        else:
            plain += band
    return columns + _plain(plain, lines, depth)


def _plain(plain: Sequence[Line], lines: Sequence[Line], depth: int) -> list[list[Row]]:
    if len(plain) < len(lines):
        return in_order(plain, depth=depth + 1)
    return [into_rows(plain)]


def _gutter(lines: Sequence[Line]) -> tuple[float, float] | None:
    """Return where the white between two columns begins and ends, or None: that which most lines flank."""
    prose = [line for line in lines if not line.rows]
    if len(prose) < 2 * _FEWEST_LINES:
        return None
    width = max(_NARROWEST, _GUTTER * median(line.size for line in prose))
    tried = Counter(round(line.x0) for line in prose).most_common(_MOST_TRIED)
    best, most = None, 0.0
    for x, _ in tried:
        gutter = (x - width, x - 1.0)
        left, right = _sides(lines, *gutter)
        if min(len(left), len(right)) < _FEWEST_LINES:
            continue
        score = 0.0
        for band in _bands(lines, *gutter):
            sides = _sides(band, *gutter)
            score += len(band) if _are_columns(*sides) and len(band) >= _FEWEST_LINES else 0
        if score > most and score >= 2 * _FEWEST_LINES:
            best, most = gutter, score
    return best


def _sides(lines: Sequence[Line], start: float, end: float) -> tuple[list[Line], list[Line]]:
    return [line for line in lines if line.x1 <= start], [line for line in lines if line.x0 >= end]


def _bands(lines: Sequence[Line], start: float, end: float) -> list[list[Line]]:
    """Return the lines from top to bottom, parted where one crosses the gutter and at a wide white stripe."""
    bands: list[list[Line]] = []
    crossing, lowest = True, 0.0
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        crosses = line.x1 > start and line.x0 < end
        if crosses or crossing or line.top - lowest > _STRIPE * line.size:
            bands.append([])
            lowest = line.bottom
        bands[-1].append(line)
        crossing, lowest = crosses, max(lowest, line.bottom)
    parted = [part for band in bands[:-1] for part in _without_tail(band, start, end)]
    return parted + bands[-1:]


def _without_tail(band: list[Line], start: float, end: float) -> list[list[Line]]:
    """Part a band from a short heading on its left, below both columns, that belongs to what comes next."""
    left, right = _sides(band, start, end)
    if not left or not right:
        return [band]
    tail = [line for line in left if line.top >= _bottom(right)]
    rest = [line for line in band if line not in tail]
    if not 0 < len(tail) <= _LONGEST_TAIL or _top(tail) - _bottom(rest) < _TAIL_GAP * tail[0].size:
        return [band]
    return [rest, tail]


def _are_columns(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Say whether two sides are columns of text, to be read one after the other, and not cells of a table."""
    if not left or not right or len(left) + len(right) < _FEWEST_LINES:
        return False
    if min(_bottom(left), _bottom(right)) <= max(_top(left), _top(right)):
        return False
    if min(_length(left), _length(right)) >= _PROSE:
        return True
    fewer, more = sorted((left, right), key=len)
    level = sum(any(share_a_row(line, other) for other in more) for line in fewer)
    return level < 0.5 * len(fewer)


def _length(lines: Sequence[Line]) -> float:
    return median(sum(map(len, line.rows)) + len(line.text) for line in lines)


def _top(lines: Sequence[Line]) -> float:
    return min(line.top for line in lines)


def _bottom(lines: Sequence[Line]) -> float:
    return max(line.bottom for line in lines)
