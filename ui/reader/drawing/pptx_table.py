"""The tables of a slide, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from ingest.loaders.layout import Box
from ui.reader.drawing.canvas import WHITE, Shape
from ui.reader.drawing.pptx_style import POINT, Colours
from ui.reader.drawing.typesetting import Colour, Frame, Paragraph, Run

_LINE: Colour = (190, 190, 190, 255)
_PLAIN = frozenset({"{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}"})
_ON = frozenset({"1", "true"})
_MOST_CELLS = 2_000
Setting = Callable[[etree._Element | None, list[etree._Element]], Iterable[Paragraph]]


def table_shapes(table: etree._Element, box: Box, colours: Colours, setting: Setting) -> Iterator[Shape]:
    """Yield a shape for each cell; `setting` makes paragraphs of a text body.

    The table's style is not looked up: its first row takes the colour that most styles give it.
    """
    widths = [int(one.get("w", "0")) / POINT for one in table.iterfind("{*}tblGrid/{*}gridCol")]
    rows = table.findall("{*}tr")
    heights = [int(row.get("h", "0")) / POINT for row in rows]
    styled = table.findtext("{*}tblPr/{*}tableStyleId") not in {None, *_PLAIN}
    properties = table.find("{*}tblPr")
    heads = styled and properties is not None and properties.get("firstRow") in _ON
    top, left_to_paint = box.top, _MOST_CELLS
    for number, row in enumerate(rows):
        left = box.left
        for place, cell in enumerate(row.findall("{*}tc")):
            span = _spanned(cell, "gridSpan", widths, place)
            down = _spanned(cell, "rowSpan", heights, number)
            merged = cell.get("hMerge") in _ON or cell.get("vMerge") in _ON
            if not merged and left_to_paint > 0:
                left_to_paint -= 1
                is_head = heads and number == 0
                yield _cell(cell, Box(left, top, span, down), colours, setting, is_head=is_head)
            left += widths[place] if place < len(widths) else 0
        top += heights[number]


def _cell(cell: etree._Element, box: Box, colours: Colours, setting: Setting, *, is_head: bool) -> Shape:
    own = colours.fill(cell.find("{*}tcPr"))
    fill = own or (colours.theme("accent1") if is_head else None)
    paragraphs = tuple(setting(cell.find("{*}txBody"), [cell]))
    if is_head and not own:
        paragraphs = tuple(_white(one) for one in paragraphs)
    return Shape(box, fill=fill, stroke=_LINE, width=0.75, paragraphs=paragraphs, frame=Frame())


def _white(paragraph: Paragraph) -> Paragraph:
    runs = tuple(Run(run.text, run.size, True, run.italic, WHITE) for run in paragraph.runs)
    return Paragraph(runs, paragraph.align, paragraph.indent, paragraph.bullet, paragraph.before)


def _spanned(cell: etree._Element, name: str, sides: list[float], place: int) -> float:
    said = cell.get(name, "1")
    return sum(sides[place : place + (int(said) if said.isdecimal() else 1)])
