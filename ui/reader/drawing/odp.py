"""A slide of an OpenDocument presentation, read with lxml as `ingest` does, and painted as a sketch.

What is told: where shapes are, their colours, pictures, and the size, weight and alignment of text.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

from corpus.errors import FileDamaged
from ingest.loaders.archive import checked, local_name, parse_xml, read
from ingest.loaders.layout import Box
from ingest.loaders.odf_slides import box_of, leaves, page_box
from ingest.loaders.odf_styles import (
    DRAW,
    FO,
    PRESENTATION,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    Chain,
    Styles,
    length,
    value,
)
from ingest.loaders.reading import reading
from ui.errors import PageUnknown
from ui.reader.drawing.canvas import WHITE, Kind, Shape, paint
from ui.reader.drawing.sheet import Drawn, drawn
from ui.reader.drawing.typesetting import BLACK, Align, Colour, Frame, Paragraph, Run

_ALIGNS: dict[str | None, Align] = {"center": "centre", "end": "right", "right": "right"}
_KINDS: dict[str, Kind] = {"ellipse": "ellipse", "circle": "ellipse", "line": "line"}
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_CELL = 24.0  # points, where a table does not say how high its rows are
_SIZES = {"title": 32.0, "subtitle": 24.0, "outline": 22.0}
_MOST_BLANKS = 100


def draw_odp(content: bytes, page: int, *, file: str) -> Drawn:
    """Draw a slide, from 1; one that its author hid is blank. Raises PageUnknown, and as `ingest` does."""
    archive = checked(content, file=file)
    with reading("an OpenDocument file", file=file):
        roots = [
            parse_xml(read(archive, name, file=file), file=file, name=name)
            for name in ("content.xml", "styles.xml")
            if name == "content.xml" or name in archive.namelist()
        ]
        slides = roots[0].findall(f"{{*}}body/{{*}}presentation/{DRAW}page")
        if not slides:
            raise FileDamaged(file=file, reason="it holds no slide")
        if not 1 <= page <= len(slides):
            raise PageUnknown(file=file, page=page, count=len(slides))
        slide = _Slide(slides[page - 1], Styles(roots), lambda name: _picture(archive, name, file=file))
        image, words = paint(list(slide.shapes()), slide.page, ground=slide.ground())
        return drawn(image, words, count=len(slides))


def _picture(archive: zipfile.ZipFile, name: str, *, file: str) -> bytes:
    """Return a picture that the file itself holds, nothing for one outside."""
    return read(archive, name, file=file) if name in archive.namelist() else b""


@dataclass(frozen=True, slots=True)
class _Slide:
    element: etree._Element
    styles: Styles
    pictures: Callable[[str], bytes]

    @property
    def master(self) -> etree._Element | None:
        return self.styles.masters.get(self.element.get(DRAW + "master-page-name", ""))

    @property
    def page(self) -> Box:
        return page_box(self.master, self.styles)

    def ground(self) -> Colour:
        for page in (self.element, self.master):
            chain = self.styles.page(page) if page is not None else ()
            if value(chain, "drawing-page-properties", DRAW + "fill") == "solid":
                return _colour(value(chain, "drawing-page-properties", DRAW + "fill-color")) or WHITE
        return WHITE

    def shapes(self) -> Iterator[Shape]:
        """Yield what the master page draws behind, then the slide's own shapes."""
        chain = self.styles.page(self.element)
        if value(chain, "drawing-page-properties", PRESENTATION + "visibility") == "hidden":
            return
        if self.master is not None:
            behind = (one for one in leaves(self.master) if one.get(PRESENTATION + "class") is None)
            for shape in behind:
                yield from self.shape(shape)
        for shape in leaves(self.element):
            hidden = shape.get(DRAW + "display", "always") in {"none", "printer"}
            if not hidden and shape.get(PRESENTATION + "placeholder") != "true":
                yield from self.shape(shape)

    def shape(self, shape: etree._Element) -> Iterator[Shape]:
        if local_name(shape) == "line":
            yield from self.line(shape)
            return
        box, chain = box_of(shape, self.page), self.styles.shape(shape)
        if (table := shape.find(TABLE + "table")) is not None:
            yield from self.table(table, box)
            return
        filled = value(chain, "graphic-properties", DRAW + "fill") == "solid"
        image = shape.find(DRAW + "image")
        yield Shape(
            box,
            kind=_KINDS.get(local_name(shape), "box"),
            fill=_colour(value(chain, "graphic-properties", DRAW + "fill-color")) if filled else None,
            stroke=self.stroke(chain),
            picture=self.pictures(image.get(XLINK + "href", "")) if image is not None else None,
            paragraphs=tuple(self.paragraphs(shape, chain)) if image is None else (),
            frame=_frame(chain),
        )

    def stroke(self, chain: Chain) -> Colour | None:
        if value(chain, "graphic-properties", DRAW + "stroke") in {None, "none"}:
            return None
        return _colour(value(chain, "graphic-properties", SVG + "stroke-color"))

    def line(self, shape: etree._Element) -> Iterator[Shape]:
        x1, y1, x2, y2 = (length(shape.get(SVG + side, "")) or 0.0 for side in ("x1", "y1", "x2", "y2"))
        box = Box(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
        points = ((0.0, 0.0), (1.0, 1.0)) if (x2 - x1) * (y2 - y1) >= 0 else ((0.0, 1.0), (1.0, 0.0))
        stroke = self.stroke(self.styles.shape(shape)) or BLACK
        yield Shape(box, kind="line", stroke=stroke, points=points)

    def table(self, table: etree._Element, box: Box) -> Iterator[Shape]:
        rows = list(table.iter(TABLE + "table-row"))
        high = max(box.height / max(len(rows), 1), _CELL)
        for number, row in enumerate(rows):
            cells = row.findall(TABLE + "table-cell")
            wide = box.width / max(len(cells), 1)
            for place, cell in enumerate(cells):
                at = Box(box.left + place * wide, box.top + number * high, wide, high)
                paragraphs = tuple(self.paragraphs(cell, self.styles.shape(cell)))
                yield Shape(at, stroke=(190, 190, 190, 255), width=0.75, paragraphs=paragraphs)

    def paragraphs(self, shape: etree._Element, around: Chain) -> Iterator[Paragraph]:
        """Yield the paragraphs inside a shape."""
        usual = _SIZES.get(shape.get(PRESENTATION + "class", ""), 18.0)
        for text in shape.iter(TEXT + "p", TEXT + "h"):
            chain = (*self.styles.chain("paragraph", text.get(TEXT + "style-name")), *around)
            level = sum(local_name(one) == "list" for one in text.iterancestors())
            runs = tuple(self.runs(text, chain, usual))
            yield Paragraph(
                runs,
                align=_ALIGNS.get(value(chain, "paragraph-properties", FO + "text-align"), "left"),
                indent=18.0 * level,
                bullet="•" if level and runs else "",
                before=0.2 * runs[0].size if runs else 0.0,
            )

    def runs(self, element: etree._Element, chain: Chain, usual: float) -> Iterator[Run]:
        if element.text:
            yield _run(element.text, chain, usual)
        for part in element:
            match local_name(part):
                case "line-break":
                    yield _run("\n", chain, usual)
                case "tab":
                    yield _run(" ", chain, usual)
                case "s":
                    count = part.get(TEXT + "c", "1")
                    yield _run(" " * min(int(count) if count.isdecimal() else 1, _MOST_BLANKS), chain, usual)
                case "span":
                    own = self.styles.chain("text", part.get(TEXT + "style-name"))
                    yield from self.runs(part, (*own, *chain), usual)
                case "a" | "page-number" | "date" | "time":
                    yield from self.runs(part, chain, usual)
            if part.tail:
                yield _run(part.tail, chain, usual)


def _run(text: str, chain: Chain, usual: float) -> Run:
    def said(name: str) -> str | None:
        return value(chain, "text-properties", FO + name)

    plain = text if text == "\n" else re.sub(r"\s+", " ", text)
    return Run(
        plain,
        size=length(said("font-size") or "") or usual,
        bold=said("font-weight") == "bold",
        italic=said("font-style") in {"italic", "oblique"},
        colour=_colour(said("color")) or BLACK,
    )


def _frame(chain: Chain) -> Frame:
    said = value(chain, "graphic-properties", DRAW + "textarea-vertical-align")
    return Frame("middle" if said == "middle" else "bottom" if said == "bottom" else "top")


def _colour(said: str | None) -> Colour | None:
    found = _HEX.fullmatch(said or "")
    if not found:
        return None
    red, green, blue = bytes.fromhex(found.group(1))
    return red, green, blue, 255
