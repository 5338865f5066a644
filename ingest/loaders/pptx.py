"""PowerPoint presentations, opened with python-pptx: the maintained library for them, and it knows where a
placeholder stands that takes its place from the layout.

The order of its shapes is that in which they were drawn, so they are sorted as a reader meets them; and what
is hidden is told from the XML that it hands out.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count, groupby
from operator import itemgetter

from lxml import etree
from pptx import Presentation
from pptx.shapes.base import BaseShape
from pptx.shapes.group import GroupShape
from pptx.slide import Slide

from ingest.extract import Draft, Extract, Reason
from ingest.loaders.archive import checked, local_name, parse_xml
from ingest.loaders.colours import TINY
from ingest.loaders.layout import FEW_LETTERS, READABLE, Box, reading_order
from ingest.loaders.pptx_colours import Palette
from ingest.loaders.pptx_places import Scale
from ingest.loaders.reading import finished, reading, with_target, write_heading
from ingest.loaders.rows import write_rows

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FRAME = frozenset({"sldNum", "dt", "ftr", "hdr"})  # what stands on every slide
_ON = frozenset({"1", "true"})


def load(content: bytes, *, file: str) -> Extract:
    """Read a .pptx file: a slide a page, its title as heading; the first title is that of the presentation.

    A hidden slide stays a page, without text, so that the numbers are those that PowerPoint shows.
    """
    checked(content, file=file).close()
    draft = Draft()
    with reading("a PowerPoint presentation", file=file):
        presentation = Presentation(io.BytesIO(content))
        page = Box(0, 0, presentation.slide_width or 1, presentation.slide_height or 1)
        for slide in presentation.slides:
            draft.page()
            _SlideWriter(draft, slide, page, Palette(slide, file=file), file).write()
    return finished(draft, file=file)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A shape that is no group, where it is on the slide, and how many were drawn before it."""

    shape: BaseShape
    box: Box
    depth: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class _SlideWriter:
    draft: Draft
    slide: Slide
    page: Box
    palette: Palette
    file: str

    def write(self) -> None:
        self.draft.heading("")
        shapes = [
            placed for placed in self.placed(self.slide.shapes, Scale(), count()) if not _is_frame(placed)
        ]
        notes = self.notes()
        if self.slide.element.get("show") in {"0", "false"}:
            texts = [_all_text(placed.shape.element) for placed in shapes]
            self.draft.hide(" ".join([*texts, *notes]), "invisible")
            return
        painted = [*self.behind(), *(one for one in shapes if self.palette.paints_shape(one.shape.element))]
        title = self.slide.shapes.title
        self.pictured(shapes, title)
        shapes.sort(key=lambda placed: title is None or placed.shape.element is not title.element)
        said = [_all_text(one.shape.element) for one in shapes if not self.hidden(one)]
        is_alone = sum(map(bool, [*said, *notes])) == 1 and self.draft.page_number != 1
        for placed in shapes:
            is_title = title is not None and placed.shape.element is title.element
            reason = self.hidden(placed)
            if reason:
                self.draft.hide(_all_text(placed.shape.element), reason)
                continue
            backed = self.is_backed(placed, painted)
            self.shape(placed.shape.element, is_title=is_title, is_alone=is_alone, backed=backed)
        for note in notes:
            self.draft.paragraph(note)

    def pictured(self, shapes: Iterable[_Placed], title: BaseShape | None) -> None:
        """Note the pictures of a slide that says next to nothing beside them and its title."""
        seen = [one for one in shapes if not self.hidden(one)]
        own = [one for one in seen if title is None or one.shape.element is not title.element]
        letters = sum(char.isalnum() for one in own for char in _all_text(one.shape.element))
        pictures = [one for one in seen if local_name(one.shape.element) == "pic"]
        holders = [one.shape.element for one in pictures]
        large = any(one.box.covers_most_of(self.page) for one in pictures)
        ground = self.slide.element.find("{*}cSld/{*}bg/{*}bgPr/{*}blipFill")
        if ground is not None:
            holders.insert(0, ground)
        if letters < FEW_LETTERS and (large or ground is not None):
            images = [image for holder in holders if (image := self.image(holder))]
            if images:
                self.draft.picture(*images)

    def image(self, holder: etree._Element) -> bytes | None:
        """Return the bytes of the picture that an element shows, None when it is outside or a drawing."""
        blip = next(holder.iter("{*}blip"), None)
        relation = self.slide.part.rels.get(blip.get(_R + "embed", "")) if blip is not None else None
        if relation is None or relation.is_external:
            return None
        part = relation.target_part
        return bytes(part.blob) if part.partname.ext.lower() in READABLE else None

    def placed(self, shapes: Iterable[BaseShape], scale: Scale, depth: Iterator[int]) -> list[_Placed]:
        """Return the shapes in reading order; those of a group follow one another."""
        items: list[tuple[Box, list[_Placed]]] = []
        for shape in shapes:
            sides = (shape.left, shape.top, shape.width, shape.height)
            box = self.page
            if None not in sides:
                box = scale.box(
                    *((side or 0) for side in sides[:2]), *(max(side or 0, 1) for side in sides[2:])
                )
            properties = shape.element.find(".//{*}cNvPr")
            hidden = properties is not None and properties.get("hidden") in _ON
            if isinstance(shape, GroupShape):
                inner = self.placed(shape.shapes, scale.inside(shape.element), depth)
                inner = [_Placed(one.shape, one.box, one.depth, one.hidden or hidden) for one in inner]
                items.append((box, inner))
            else:
                items.append((box, [_Placed(shape, box, next(depth), hidden)]))
        ordered = reading_order(items, box=itemgetter(0), height=self.page.height)
        return [placed for _, inner in ordered for placed in inner]

    def behind(self) -> Iterator[_Placed]:
        """Yield what the layout and its master draw in a colour below everything."""
        layout = self.slide.slide_layout
        for holder in (layout, layout.slide_master):
            for placed in self.placed(holder.shapes, Scale(), count()):
                drawn = not placed.shape.is_placeholder and not placed.hidden
                if drawn and self.palette.paints_shape(placed.shape.element):
                    yield _Placed(placed.shape, placed.box, -1, hidden=False)

    def is_backed(self, placed: _Placed, painted: list[_Placed]) -> bool:
        """Say whether there is a colour behind the text of a shape, its own or of what it covers."""
        own = placed.shape.element.find("{*}spPr/{*}solidFill")
        if own is not None:
            return not self.palette.is_white(own)
        beneath = (other for other in painted if other.depth <= placed.depth)
        return self.palette.paints_slide(self.slide) or any(
            other.box.overlaps(placed.box) for other in beneath
        )

    def hidden(self, placed: _Placed) -> Reason | None:
        if placed.hidden:
            return "invisible"
        return "off page" if placed.box.is_off(self.page) else None

    def shape(self, shape: etree._Element, *, is_title: bool, is_alone: bool, backed: bool) -> None:
        """Write the text of a shape: as heading, paragraph by paragraph or row by row.

        A title that is alone on its slide would head nothing: it is the text.
        """
        if (table := shape.find(".//{*}graphicData/{*}tbl")) is not None:
            self.table(table, backed=backed)
            return
        if (diagram := shape.find(".//{*}graphicData/{*}relIds")) is not None:
            self.diagram(diagram)
            return
        texts = [self.line(text, shape, backed=backed) for text in shape.iterfind("{*}txBody/{*}p")]
        if is_title:
            title = " ".join(" ".join(texts).split())
            if self.draft.page_number == 1:
                self.draft.title = title
            write_heading(self.draft, title)
            if is_alone:
                self.draft.paragraph(title)
            return
        for text in texts:
            self.draft.paragraph(text)

    def line(self, paragraph: etree._Element, shape: etree._Element, *, backed: bool) -> str:
        """Return the text of a paragraph, each link followed by where it leads."""
        pieces: list[tuple[str, str]] = []
        hidden: dict[Reason, list[str]] = defaultdict(list)
        for run in paragraph:
            name = local_name(run)
            text = "\n" if name == "br" else run.findtext("{*}t") or "" if name in {"r", "fld"} else ""
            properties = run.find("{*}rPr")
            if properties is not None and int(properties.get("sz", "1800")) / 100 < TINY:
                hidden["tiny"].append(text)
            elif name != "br" and not backed and self.palette.writes_white(run, shape):
                hidden["white"].append(text)
            elif text:
                pieces.append((text, self.target(properties)))
        for reason, words in hidden.items():
            self.draft.hide("".join(words), reason)
        links = ((target, "".join(map(itemgetter(0), run))) for target, run in groupby(pieces, itemgetter(1)))
        return "".join(with_target(text, target) for target, text in links).replace("\v", "\n")

    def target(self, properties: etree._Element | None) -> str:
        link = properties.find("{*}hlinkClick") if properties is not None else None
        relation = self.slide.part.rels.get(link.get(_R + "id", "")) if link is not None else None
        return relation.target_ref if relation is not None and relation.is_external else ""

    def table(self, table: etree._Element, *, backed: bool) -> None:
        """Write a table; a cell merged downwards is in each of its rows."""
        rows: list[list[str]] = []
        for row in table.iterfind("{*}tr"):
            texts: list[str] = []
            for cell in row.iterfind("{*}tc"):
                seen = backed or self.palette.paints_cell(cell, table)
                lines = [self.line(text, cell, backed=seen) for text in cell.iterfind("{*}txBody/{*}p")]
                merged = cell.get("vMerge") in _ON and rows and len(texts) < len(rows[-1])
                texts.append(rows[-1][len(texts)] if merged else " ".join(lines))
            rows.append(texts)
        properties = table.find("{*}tblPr")
        marked = properties is not None and properties.get("firstRow") in _ON
        wide = max(map(len, rows), default=0) > 1
        write_rows(self.draft, rows, header=True if marked and wide else None)

    def diagram(self, diagram: etree._Element) -> None:
        """Write the texts of a SmartArt drawing, which is a part of its own."""
        part = self.slide.part.related_part(diagram.get(_R + "dm", ""))
        root = parse_xml(part.blob, file=self.file, name=str(part.partname))
        for text in root.iterfind(".//{*}pt/{*}t"):
            self.draft.paragraph(_all_text(text))

    def notes(self) -> list[str]:
        frame = self.slide.notes_slide.notes_text_frame if self.slide.has_notes_slide else None
        return [paragraph.text.replace("\v", "\n") for paragraph in frame.paragraphs] if frame else []


def _is_frame(placed: _Placed) -> bool:
    place = placed.shape.element.find("{*}nvSpPr/{*}nvPr/{*}ph")
    return place is not None and place.get("type") in _FRAME


def _all_text(element: etree._Element) -> str:
    """Return all words inside, whatever they look like."""
    texts = ("".join(run.text or "" for run in text.iter("{*}t")) for text in element.iter("{*}p"))
    return " ".join(text for text in texts if text)
