"""The slides of an OpenDocument presentation: their shapes as a reader meets them, the notes after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from ingest.extract import Draft
from ingest.loaders.archive import local_name
from ingest.loaders.layout import FEW_LETTERS, Box, reading_order
from ingest.loaders.odf_styles import (
    DRAW,
    FO,
    PRESENTATION,
    STYLE,
    SVG,
    TEXT,
    XLINK,
    Styles,
    length,
    paints,
    value,
)
from ingest.loaders.odf_text import SHAPES, TextWriter, all_text, is_solid
from ingest.loaders.reading import write_heading

_CLASS = PRESENTATION + "class"
_FRAME = frozenset({"footer", "header", "date-time", "page-number"})  # what stands on every slide
_TRANSLATE = re.compile(r"translate\s*\(\s*(\S+?)[\s,]+(\S+?)\s*\)")


Pictures = Callable[[str], bytes | None]
"""Gives the bytes of a picture by its name inside the file, None when OCR could not read it."""


def write_slides(presentation: etree._Element, draft: Draft, styles: Styles, *, pictures: Pictures) -> None:
    """Write each slide as a page, its title as heading; a hidden one stays a page, without text."""
    for slide in presentation.iterfind(DRAW + "page"):
        draft.page()
        draft.heading("")
        if value(styles.page(slide), "drawing-page-properties", PRESENTATION + "visibility") == "hidden":
            draft.hide(all_text(slide), "invisible")
        else:
            _write(slide, draft, styles, pictures)


def _write(slide: etree._Element, draft: Draft, styles: Styles, pictures: Pictures) -> None:
    writer = TextWriter(draft, styles)
    master = styles.masters.get(slide.get(DRAW + "master-page-name", ""))
    page = page_box(master, styles)
    behind = [shape for shape in _shapes(master) if _paints(shape, styles)] if master is not None else []
    ground = next(
        (painted for one in (slide, master) if (painted := _ground(one, styles)) is not None), False
    )
    drawn = list(leaves(slide))
    shapes = list(_ordered(slide, page))
    shapes.sort(key=lambda shape: shape.get(_CLASS) != "title")
    _note_pictures([one for one in shapes if not box_of(one, page).is_off(page)], page, draft, pictures)
    for shape in shapes:
        box = box_of(shape, page)
        if shape.get(_CLASS) in _FRAME or shape.get(PRESENTATION + "placeholder") == "true":
            continue
        if box.is_off(page):
            draft.hide(all_text(shape), "off page")
            continue
        beneath = [*behind, *(one for one in drawn[: drawn.index(shape)] if _paints(one, styles))]
        backed = ground or any(box_of(one, page).overlaps(box) for one in beneath)
        if shape.get(_CLASS) == "title":
            is_alone = sum(bool(all_text(one).strip()) for one in shapes) == 1 and draft.page_number != 1
            _write_title(shape, writer, is_alone=is_alone, backed=backed)
        else:
            writer.shape(shape, backed=backed)
    for note in slide.iterfind(PRESENTATION + "notes/" + DRAW + "frame"):
        if note.get(_CLASS) == "notes" and note.get(PRESENTATION + "placeholder") != "true":
            writer.shape(note, backed=True)


def _note_pictures(shapes: Sequence[etree._Element], page: Box, draft: Draft, pictures: Pictures) -> None:
    """Note the pictures of a slide that says next to nothing beside them and its title."""
    frames = [one for one in shapes if one.find(DRAW + "image") is not None]
    own = (one for one in shapes if one.get(_CLASS) not in {"title", *_FRAME} and one not in frames)
    letters = sum(char.isalnum() for one in own for char in all_text(one))
    if letters < FEW_LETTERS and any(box_of(one, page).covers_most_of(page) for one in frames):
        names = (image.get(XLINK + "href", "") for one in frames for image in one.iterfind(DRAW + "image"))
        images = [content for name in names if (content := pictures(name))]
        if images:
            draft.picture(*images)


def _write_title(shape: etree._Element, writer: TextWriter, *, is_alone: bool, backed: bool) -> None:
    """Write the title of a slide; that of the first is the title of the presentation.

    A title that is alone on its slide would head nothing: it is the text.
    """
    chain = writer.styles.shape(shape)
    painted = paints(chain)
    backed = backed if painted is None else painted or (backed and not is_solid(chain))
    lines = [writer.line(text, backed=backed, around=chain) for text in shape.iter(TEXT + "p", TEXT + "h")]
    title = " ".join(" ".join("".join(line.words) for line in lines).split())
    if writer.draft.page_number == 1:
        writer.draft.title = title
    write_heading(writer.draft, title)
    if is_alone:
        writer.draft.paragraph(title)
    for line in lines:
        writer.hangers(line, backed=backed)


def _shapes(page: etree._Element) -> Iterator[etree._Element]:
    yield from (shape for shape in page if local_name(shape) in SHAPES)


def leaves(page: etree._Element) -> Iterator[etree._Element]:
    """Yield the shapes in the order they are drawn in, those of a group in its place."""
    for shape in _shapes(page):
        yield from leaves(shape) if local_name(shape) == "g" else (shape,)


def _ordered(page: etree._Element, box: Box) -> Iterator[etree._Element]:
    """Yield the shapes in the order they are read in; those of a group follow one another."""
    for shape in reading_order(_shapes(page), box=lambda shape: box_of(shape, box), height=box.height):
        yield from _ordered(shape, box) if local_name(shape) == "g" else (shape,)


def _paints(shape: etree._Element, styles: Styles) -> bool:
    """Say whether a shape covers what is behind it with a colour, or is a picture."""
    if shape.get(PRESENTATION + "placeholder") == "true":
        return False
    if local_name(shape) == "g":
        return any(_paints(one, styles) for one in _shapes(shape))
    return shape.find(DRAW + "image") is not None or bool(paints(styles.shape(shape)))


def _ground(page: etree._Element | None, styles: Styles) -> bool | None:
    """Say whether a slide or master page is of a colour; None when it leaves that open."""
    if page is None:
        return None
    chain = styles.page(page)
    fill = value(chain, "drawing-page-properties", DRAW + "fill")
    return None if fill in {None, "none"} else paints(chain)


def page_box(master: etree._Element | None, styles: Styles) -> Box:
    name = master.get(STYLE + "page-layout-name", "") if master is not None else ""
    layout = styles.layouts.get(name)
    properties = layout.find(STYLE + "page-layout-properties") if layout is not None else None
    if properties is None:
        return Box(0, 0, 800, 600)  # points; about what LibreOffice begins with
    width, height = (length(properties.get(FO + side, "")) for side in ("page-width", "page-height"))
    return Box(0, 0, width or 800, height or 600)


def box_of(shape: etree._Element, page: Box) -> Box:
    """Return where a shape is, in points: on all of the page when it does not say."""
    if local_name(shape) == "g":
        boxes = [box_of(one, page) for one in _shapes(shape)] or [page]
        left, top = min(box.left for box in boxes), min(box.top for box in boxes)
        right = max(box.left + box.width for box in boxes)
        return Box(left, top, right - left, max(box.top + box.height for box in boxes) - top)
    x, y, width, height = (length(shape.get(SVG + side, "")) for side in ("x", "y", "width", "height"))
    if x is None and (moved := _TRANSLATE.search(shape.get(DRAW + "transform", ""))):
        x, y = length(moved.group(1)), length(moved.group(2))
    return page if x is None or y is None else Box(x, y, max(width or 1, 1), max(height or 1, 1))
