"""Paragraphs: the rows of a page, in reading order, become headings, paragraphs and rows of tables.

Own code: what is a heading is told by the size and weight of letters against those of the whole document,
which no library at hand does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import quantiles
from typing import Literal

from ingest.loaders.pdf.lines import Line, as_one
from ingest.loaders.pdf.tables import split_aligned

Kind = Literal["heading", "paragraph", "row"]
_LARGER = 1.15
_LONGEST_HEADING = 200
_LONGEST_BOLD_HEADING = 120
_LOOSE = 1.25  # of the usual leading
_USUAL_LEADING = 1.2  # of the size
_INDENT = 0.8  # of the size
_SHORT = 0.7  # of the column's width
_ENDS = re.compile(r"[.!?:;…»”\")\]]\s*$")
_BULLET = re.compile(r"^(?:[•·▪◦‣■□●○►➢✓–—*-]\s|\(?\d{1,2}[.)]\s)")


@dataclass(frozen=True, slots=True)
class Item:
    """What goes down in the draft; `size` is that of a heading, 0 elsewhere."""

    kind: Kind
    text: str
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Body:
    """How running text is set in the document: its size in points, and whether it is bold."""

    size: float
    bold: bool


def read_items(columns: Sequence[Sequence[list[Line]]], body: Body) -> list[Item]:
    """Return what stands on a page; a paragraph that goes on in the next column is one."""
    leading = _leading(columns)
    items: list[Item] = []
    for column in columns:
        fresh = _column(column, body, leading)
        if items and fresh and _goes_on(items[-1], fresh[0]):
            items[-1] = replace(items[-1], text=f"{items[-1].text}\n{fresh[0].text}")
            fresh = fresh[1:]
        items += fresh
    return items


def _column(column: Sequence[list[Line]], body: Body, leading: float) -> list[Item]:
    items: list[Item] = []
    for stretch in split_aligned(column):
        if isinstance(stretch, Line):
            items += [Item("row", row) for row in stretch.rows]
            continue
        lines: list[Line] = []
        for line in map(as_one, stretch):
            if line.rows:
                items += _blocks(lines, body, leading)
                items += [Item("row", row) for row in line.rows]
                lines = []
            else:
                lines.append(line)
        items += _blocks(lines, body, leading)
    return items


def _blocks(lines: Sequence[Line], body: Body, leading: float) -> list[Item]:
    """Return lines that follow one another as paragraphs and headings."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    blocks = [[lines[0]]]
    for above, line in pairwise(lines):
        if _parts(above, line, leading=leading, left=left, right=right):
            blocks.append([line])
        else:
            blocks[-1].append(line)
    items = []
    for number, block in enumerate(blocks):
        before = blocks[number - 1][-1].text if number else ""
        after = blocks[number + 1][0].text if number + 1 < len(blocks) else ""
        items.append(_item(block, body, before=before, after=after))
    return items


def _parts(above: Line, line: Line, *, leading: float, left: float, right: float) -> bool:
    """Say whether a paragraph ends between two lines."""
    size = max(above.size, line.size, 1.0)
    if abs(above.size - line.size) > 0.1 * size or above.bold != line.bold:
        return True
    if line.top - above.top > _LOOSE * leading * size or _BULLET.match(line.text):
        return True
    if line.x0 - left > _INDENT * size and above.x0 - left < 0.3 * size and not _BULLET.match(above.text):
        return True  # an indented first line
    return bool(_ENDS.search(above.text)) and above.x1 < left + _SHORT * (right - left)


def _item(block: Sequence[Line], body: Body, *, before: str, after: str) -> Item:
    text = "\n".join(line.text for line in block)
    size = max(line.size for line in block)
    if sum(map(str.isalpha, text)) < 2 or len(text) > _LONGEST_HEADING:
        return Item("paragraph", text)
    if size >= _LARGER * body.size:
        return Item("heading", text, size)
    bold = block[0].bold and not body.bold and size >= 0.95 * body.size
    alone = len(block) <= 2 and len(text) <= _LONGEST_BOLD_HEADING and not re.search(r"[.,;]\s*$", text)
    # A bold line in the midst of a sentence is emphasis.
    emphasis = (before[-1:].isalpha() and text[:1].islower()) or after[:1].islower()
    if bold and alone and not emphasis:
        return Item("heading", text, size)
    return Item("paragraph", text)


def _goes_on(above: Item, below: Item) -> bool:
    if above.kind != "paragraph" or below.kind != "paragraph":
        return False
    return not _ENDS.search(above.text) and below.text[:1].islower()


def _leading(columns: Sequence[Sequence[list[Line]]]) -> float:
    """Return the usual distance between lines, as a multiple of their size.

    A quarter of the distances are less: where many lines stand alone, the middle one is a paragraph's.
    """
    ratios = [
        (below[0].top - above[0].top) / above[0].size
        for column in columns
        for above, below in pairwise(column)
        if above[0].size and above[0].size == below[0].size and below[0].top > above[0].top
    ]
    return max(quantiles(ratios, n=4)[0], 1.0) if len(ratios) > 2 else _USUAL_LEADING
