"""A slide of a PowerPoint presentation, opened with python-pptx as `ingest` does, and painted as a sketch."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from lxml import etree
from pptx import Presentation
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from ingest.loaders.archive import checked, local_name, parse_xml
from ingest.loaders.layout import Box
from ingest.loaders.pptx_places import Scale
from ingest.loaders.reading import reading
from ui.errors import PageUnknown
from ui.reader.drawing.canvas import WHITE, Shape, paint
from ui.reader.drawing.pptx_forms import form_of
from ui.reader.drawing.pptx_style import POINT, Colours, letters_of
from ui.reader.drawing.pptx_table import table_shapes
from ui.reader.drawing.sheet import Drawn, drawn
from ui.reader.drawing.typesetting import Align, Anchor, Colour, Frame, Paragraph, Run

_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_ALIGNS: dict[str | None, Align] = {"ctr": "centre", "r": "right"}
_ANCHORS: dict[str | None, Anchor] = {"ctr": "middle", "b": "bottom"}
_INSETS = (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720))
_PLACE = "{*}nvSpPr/{*}nvPr/{*}ph"
_IN_POINTS = Scale(across=1 / POINT, down=1 / POINT)
_CHART: Colour = (236, 238, 240, 255)
_FRAME = frozenset({"sldNum", "dt", "ftr", "hdr"})


def draw_pptx(content: bytes, page: int, *, file: str) -> Drawn:
    """Draw a slide, from 1; one that its author hid is blank. Raises PageUnknown, and as `ingest` does."""
    checked(content, file=file).close()
    with reading("a PowerPoint presentation", file=file):
        presentation = Presentation(io.BytesIO(content))
        slides = list(presentation.slides)
        if not 1 <= page <= len(slides):
            raise PageUnknown(file=file, page=page, count=len(slides))
        slide = slides[page - 1]
        sides = (presentation.slide_width or 1) / POINT, (presentation.slide_height or 1) / POINT
        whole = Box(0, 0, *sides)
        if slide.element.get("show") in {"0", "false"}:
            image, words = paint((), whole)
        else:
            painter = _Slide(slide, Colours(slide, file=file), whole, file)
            image, words = paint(list(painter.shapes()), whole, ground=painter.ground())
        return drawn(image, words, count=len(slides))


@dataclass(frozen=True, slots=True)
class _Slide:
    slide: Slide
    colours: Colours
    page: Box
    file: str

    def ground(self) -> Colour | bytes:
        """Return the background of the slide, or else of its layout or master."""
        layout = self.slide.slide_layout
        for holder in (self.slide, layout, layout.slide_master):
            ground = holder.element.find("{*}cSld/{*}bg")
            if ground is None:
                continue
            properties = ground.find("{*}bgPr")
            if properties is None:
                return self.colours.inside(ground.find("{*}bgRef")) or WHITE
            picture = (
                self.picture(properties, holder.part) if properties.find("{*}blipFill") is not None else None
            )
            found = picture or self.colours.fill(properties)
            return found if isinstance(found, (bytes, tuple)) else WHITE
        return WHITE

    def shapes(self) -> Iterator[Shape]:
        """Yield what is painted: what master and layout draw behind, then the slide's own."""
        layout = self.slide.slide_layout
        holders: list[tuple[object, Iterable[BaseShape]]] = []
        if layout.element.get("showMasterSp") not in {"0", "false"}:
            holders.append((layout.slide_master.part, layout.slide_master.shapes))
        holders.append((layout.part, layout.shapes))
        if self.slide.element.get("showMasterSp") in {"0", "false"}:
            holders = []
        for part, shapes in holders:
            yield from self.painted(
                (one for one in shapes if not one.is_placeholder),
                part,
                _IN_POINTS,
            )
        yield from self.painted(self.slide.shapes, self.slide.part, _IN_POINTS)

    def painted(self, shapes: Iterable[BaseShape], part: object, scale: Scale) -> Iterator[Shape]:
        for shape in shapes:
            properties = shape.element.find(".//{*}cNvPr")
            if properties is not None and properties.get("hidden") in {"1", "true"}:
                continue
            if isinstance(shape, GroupShape):
                yield from self.painted(shape.shapes, part, scale.inside(shape.element))
                continue
            sides = (shape.left, shape.top, shape.width, shape.height)
            if None not in sides:
                yield from self.shape(shape, part, scale.box(*(side or 0 for side in sides)))

    def shape(self, shape: BaseShape, part: object, box: Box) -> Iterator[Shape]:
        element = shape.element
        if (table := element.find(".//{*}graphicData/{*}tbl")) is not None:
            yield from table_shapes(table, box, self.colours, self.paragraphs)
        elif (diagram := element.find(".//{*}graphicData/{*}relIds")) is not None:
            yield Shape(box, paragraphs=tuple(self.diagram(diagram)), frame=Frame(anchor="middle"))
        elif local_name(element) == "graphicFrame":
            yield Shape(box, fill=_CHART)
        else:
            yield self.plain(shape, part, box)

    def plain(self, shape: BaseShape, part: object, box: Box) -> Shape:
        """Return a shape with its form, colours, picture and text."""
        element = shape.element
        holders = [element, *self.followed(element)]
        stroke, width = self.colours.stroke(element)
        made = Shape(
            box,
            fill=self.colours.shape_fill(holders),
            stroke=stroke,
            width=width,
            turn=float(getattr(shape, "rotation", 0.0)),
            paragraphs=tuple(self.paragraphs(element.find("{*}txBody"), holders)),
            frame=self.frame(holders),
        )
        if element.find("{*}blipFill") is not None or element.find("{*}spPr/{*}blipFill") is not None:
            made = replace(made, picture=self.picture(element, part) or b"", crop=_crop(element))
        return form_of(element, made)

    def followed(self, element: etree._Element) -> list[etree._Element]:
        """Return the placeholders of layout and master that a placeholder takes its looks from."""
        place = element.find(_PLACE)
        if place is None:
            return []
        layout = self.slide.slide_layout
        index = place.get("idx", "0")
        found = [one for one, own in _placeholders(layout.element) if own.get("idx", "0") == index][:1]
        kind = (found[0].find(_PLACE) if found else place).get("type", "body")  # type: ignore[union-attr]
        wanted = {"ctrTitle": "title"}.get(kind, kind if kind in {"title", *_FRAME} else "body")
        masters = _placeholders(layout.slide_master.element)
        return found + [one for one, own in masters if own.get("type") == wanted][:1]

    def frame(self, holders: list[etree._Element]) -> Frame:
        bodies = [body for one in holders if (body := one.find("{*}txBody/{*}bodyPr")) is not None]

        def said(name: str) -> str | None:
            return next((value for body in bodies if (value := body.get(name)) is not None), None)

        left, top, right, bottom = (_number(said(name), usual) / POINT for name, usual in _INSETS)
        return Frame(_ANCHORS.get(said("anchor"), "top"), (left, top, right, bottom), said("wrap") != "none")

    def paragraphs(self, body: etree._Element | None, holders: list[etree._Element]) -> Iterator[Paragraph]:
        """Yield the paragraphs of a text body."""
        for paragraph in body.iterfind("{*}p") if body is not None else ():
            letters = letters_of(paragraph, holders, self.slide, self.colours)
            runs = []
            for part in paragraph:
                name = local_name(part)
                text = "\n" if name == "br" else part.findtext("{*}t") or "" if name in {"r", "fld"} else ""
                if text:
                    own = part.find("{*}rPr")
                    look = letters.is_on(own, "b"), letters.is_on(own, "i"), letters.colour(own)
                    runs.append(Run(text.replace("\v", "\n"), letters.size(own), *look))
            yield Paragraph(
                tuple(runs),
                align=_ALIGNS.get(letters.attribute("algn"), "left"),
                indent=max(0.0, _number(letters.attribute("marL"), 0) / POINT),
                bullet=letters.bullet() if runs else "",
                before=0.2 * runs[0].size if runs else 0.0,
            )

    def diagram(self, diagram: etree._Element) -> Iterator[Paragraph]:
        """Yield the texts of a SmartArt drawing, which is a part of its own, one below the other."""
        part = self.slide.part.related_part(diagram.get(_DATA, ""))
        root = parse_xml(part.blob, file=self.file, name=str(part.partname))
        for text in root.iterfind(".//{*}pt/{*}t"):
            said = " ".join(filter(None, (run.text for run in text.iter("{*}t"))))
            if said.strip():
                yield Paragraph((Run(said, 14.0),), bullet="•", indent=14.0, before=4.0)

    def picture(self, holder: etree._Element, part: object) -> bytes | None:
        """Return the bytes of the picture inside an element, None for one outside the file."""
        blip = next(holder.iter("{*}blip"), None)
        relation = part.rels.get(blip.get(_EMBED, "")) if blip is not None else None  # type: ignore[attr-defined]
        return None if relation is None or relation.is_external else bytes(relation.target_part.blob)


def _placeholders(holder: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield the placeholders of a layout or master, each with the element that says which it is."""
    for shape in holder.iterfind("{*}cSld/{*}spTree/{*}sp"):
        if (place := shape.find(_PLACE)) is not None:
            yield shape, place


def _crop(element: etree._Element) -> tuple[float, float, float, float]:
    source = next(element.iter("{*}srcRect"), None)
    if source is None:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = (
        min(max(_number(source.get(side), 0) / 100_000, 0.0), 1.0) for side in ("l", "t", "r", "b")
    )
    return left, top, right, bottom


def _number(said: str | None, usual: int) -> float:
    try:
        return int(said) if said is not None else usual
    except ValueError:
        return usual
