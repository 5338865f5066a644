"""Hidden text: which glyphs of a PDF page a reader would not see, and why.

pypdfium2 tells sizes and render modes, and draws the page twice, with its text and without: a glyph that
changes nothing, or has the colour of what lies behind it, is not seen. This finds white on white and leaves
white on a dark image, and no list of tricks would be complete. numpy compares the two pictures.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from itertools import groupby

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.extract import Reason
from ingest.loaders.pdf.glyphs import INVISIBLE, STROKED, TINY, Glyph, Style, Written

Picture = npt.NDArray[np.int16]
_LARGEST_SIDE = 2000  # pixels
_FAINT = 24  # of 255: a colour this near to its background is not read
_UNCHANGED = 8
_VISIBLE_SHARE = 0.25
_LIGHT = 200
_SAMPLES = (0.2, 0.4, 0.6, 0.8)  # of a box: off its edges, where a line may frame the text
_LATIN = 0x250  # pdfium carries these glyphs itself; others may be missing where a font is not embedded
_FINE = 1024


def reasons(page: pdfium.PdfPage, written: Written, *, scan: bool) -> list[Reason | None]:
    """Return for each glyph why it is hidden, None for those that are seen.

    On a `scan` with nothing but invisible text, that text is what a reader sees: an OCR layer.
    """
    box = page.get_bbox()
    found = [_by_style(glyph, written.styles, box=box) for glyph in written.glyphs]
    letters = [index for index, glyph in enumerate(written.glyphs) if glyph.char.strip()]
    if not scan or any(found[index] != "invisible" for index in letters):
        unseen = [index for index in letters if found[index] is None]
        for index, reason in _by_sight(page, written, unseen):
            found[index] = reason
    if scan and all(found[index] == "invisible" for index in letters):
        return [None] * len(found)
    return found


def _by_style(glyph: Glyph, styles: list[Style], *, box: tuple[float, float, float, float]) -> Reason | None:
    left, bottom, right, top = box
    x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
    if not (left <= x <= right and bottom <= y <= top):
        return "off page"
    if glyph.style < 0:
        return None
    style = styles[glyph.style]
    if style.size < TINY:
        return "tiny"
    return "invisible" if style.mode == INVISIBLE else None


def _by_sight(page: pdfium.PdfPage, written: Written, indexes: list[int]) -> Iterable[tuple[int, Reason]]:
    """Yield the glyphs among `indexes` that are not seen in the picture of the page."""
    if not indexes:
        return
    full = _picture(page)
    for style in written.styles:
        raw.FPDFPageObj_SetIsActive(style.handle, False)
    behind = _picture(page)
    boxes = _pixels(page, written, indexes, shape=full.shape)
    changed = _any(np.abs(full - behind) > _UNCHANGED, boxes)
    styles = np.array([written.glyphs[index].style for index in indexes])
    for at, reason in _unchanged(written, indexes, changed):
        yield indexes[at], reason
    colours = {style.colour for style in written.styles if style.colour and style.mode <= STROKED + 1}
    for colour in colours:
        wearing = [number for number, style in enumerate(written.styles) if style.colour == colour]
        mine = np.flatnonzero(np.isin(styles, wearing))
        why: Reason = "white" if min(colour) >= _LIGHT else "invisible"
        for at in mine[_contrast(behind, colour, boxes[mine]) < _VISIBLE_SHARE]:
            yield indexes[at], why


def _unchanged(
    written: Written, indexes: list[int], changed: npt.NDArray[np.bool_]
) -> Iterable[tuple[int, Reason]]:
    """Yield what leaves no trace: three glyphs running, or a whole text object; a lone full stop may blur."""

    def gone(at: int) -> tuple[int, bool]:
        glyph = written.glyphs[indexes[at]]
        drawable = ord(glyph.char) < _LATIN or (glyph.style >= 0 and written.styles[glyph.style].embedded)
        return glyph.style, bool(drawable and not changed[at])

    runs = [(key, list(group)) for key, group in groupby(range(len(indexes)), key=gone)]
    seen = {style for (style, absent), _ in runs if not absent}
    for (style, absent), run in runs:
        if absent and (len(run) >= 3 or style not in seen):
            for at in run:
                yield at, "invisible"


def _scale(page: pdfium.PdfPage) -> float:
    width, height = page.get_size()
    return min(1.0, _LARGEST_SIDE / max(1.0, float(width), float(height)))


def _picture(page: pdfium.PdfPage) -> Picture:
    """Return a picture of the page, (height, width, 3) red, green and blue, a pixel a point."""
    bitmap = page.render(
        scale=_scale(page),
        may_draw_forms=False,
        draw_annots=False,
        rev_byteorder=True,
        limit_image_cache=True,
    )
    try:
        pixels: npt.NDArray[np.uint8] = bitmap.to_numpy()
        return pixels[:, :, :3].astype(np.int16)
    finally:
        bitmap.close()


def _pixels(
    page: pdfium.PdfPage, written: Written, indexes: list[int], *, shape: tuple[int, ...]
) -> npt.NDArray[np.intp]:
    """Return (n, 4) x0, y0, x1, y1: the pixels of each glyph, within the picture."""
    height, width = shape[:2]
    zero, right, up = (_device(page, x, y, width, height) for x, y in ((0, 0), (1000, 0), (0, 1000)))
    axes = np.array([right, up], dtype=float) / 1000 - np.array(zero, dtype=float) / 1000
    glyphs = [written.glyphs[index] for index in indexes]
    low = np.array([[glyph.x0, glyph.bottom] for glyph in glyphs]) @ axes + zero
    high = np.array([[glyph.x1, glyph.top] for glyph in glyphs]) @ axes + zero
    start = np.floor(np.minimum(low, high) / _FINE).astype(np.intp)
    end = np.maximum(np.ceil(np.maximum(low, high) / _FINE).astype(np.intp), start + 1)
    limits = np.array([width, height])
    start = np.clip(start, 0, limits - 1)
    return np.hstack([start, np.clip(end, start + 1, limits)])


def _device(page: pdfium.PdfPage, x: int, y: int, width: int, height: int) -> tuple[int, int]:
    """Return where a point of the page lies in the picture, in 1024ths of a pixel."""
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, width * _FINE, height * _FINE, 0, x, y, across, down)
    return across.value, down.value


def _any(mask: npt.NDArray[np.bool_], boxes: npt.NDArray[np.intp]) -> npt.NDArray[np.bool_]:
    """Return for each box whether the mask, (height, width, 3), is set in it; by sums (Crow 1984)."""
    table = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    np.cumsum(mask[:, :, 0] | mask[:, :, 1] | mask[:, :, 2], axis=0, out=table[1:, 1:])
    np.cumsum(table, axis=1, out=table)
    x0, y0, x1, y1 = boxes.T
    changed: npt.NDArray[np.bool_] = table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0] > 0
    return changed


def _contrast(
    picture: Picture, colour: tuple[int, int, int], boxes: npt.NDArray[np.intp]
) -> npt.NDArray[np.float64]:
    """Return the share of the points tried in each box, 4 by 4, that differ from a colour."""
    steps = np.array(_SAMPLES)
    x0, y0, x1, y1 = (side[:, None] for side in boxes.T)
    xs = (x0 + (x1 - x0) * steps).astype(np.intp)[:, :, None]
    ys = (y0 + (y1 - y0) * steps).astype(np.intp)[:, None, :]
    differs = (np.abs(picture[ys, xs] - np.array(colour, dtype=np.int16)) > _FAINT).any(axis=3)
    shares: npt.NDArray[np.float64] = differs.mean(axis=(1, 2))
    return shares
