"""Drawings: the images and the ruling lines of a PDF page, by pypdfium2 as the glyphs are.

pdfplumber would give the lines too, but reads the whole page a second time for it, with pdfminer, in half a
second.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field

import pypdfium2 as pdfium
from pypdfium2 import raw

type_image, type_path, type_form = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST = 5
_MOST_OBJECTS = 20_000
_MOST_EDGES = 1_500  # a map or a chart, not a table
_MOST_SEGMENTS = 400
_SHORTEST = 4.0  # points
_STRAIGHT = 0.7
_SMALLEST_IMAGE = 10.0


@dataclass(slots=True)
class Drawings:
    """Left, bottom, right, top of each image, and both ends of each upright or level line, in page axes."""

    images: list[Box] = field(default_factory=list)
    edges: list[Box] = field(default_factory=list)
    paths: int = 0


def read_drawings(page: pdfium.PdfPage) -> Drawings:
    """Return what is drawn on a page; there are no edges when they are too many for a table."""
    drawings = Drawings()
    for kind, handle, matrix in _objects(page):
        if kind == type_image:
            box = _image(_times(_matrix(handle), matrix))
            if min(box[2] - box[0], box[3] - box[1]) >= _SMALLEST_IMAGE:
                drawings.images.append(box)
        elif kind == type_path and _is_drawn(handle):
            drawings.paths += 1
            if len(drawings.edges) <= _MOST_EDGES:
                drawings.edges += _edges(handle, _times(_matrix(handle), matrix))
    if len(drawings.edges) > _MOST_EDGES:
        drawings.edges = []
    return drawings


def covered(images: list[Box], *, page: Box) -> float:
    """Return the share of the page that images cover, 0 to 1; where two overlap counts twice."""
    whole = (page[2] - page[0]) * (page[3] - page[1])
    shares = (
        max(0.0, min(image[2], page[2]) - max(image[0], page[0]))
        * max(0.0, min(image[3], page[3]) - max(image[1], page[1]))
        for image in images
    )
    return min(1.0, sum(shares) / whole) if whole > 0 else 0.0


def _objects(page: pdfium.PdfPage) -> Iterator[tuple[int, object, Matrix]]:
    """Yield kind, handle and the form's matrix of each object, those inside of forms too."""
    left = _MOST_OBJECTS
    waiting: list[tuple[object, Matrix, int]] = []
    for index in range(min(left, raw.FPDFPage_CountObjects(page.raw))):
        waiting.append((raw.FPDFPage_GetObject(page.raw, index), _SAME, 0))
    while waiting and left > 0:
        handle, matrix, depth = waiting.pop()
        left -= 1
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == type_form and depth < _DEEPEST:
            inner = _times(_matrix(handle), matrix)
            for index in range(min(left, max(0, raw.FPDFFormObj_CountObjects(handle)))):
                waiting.append((raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1))
        else:
            yield kind, handle, matrix


def _matrix(handle: object) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _image(matrix: Matrix) -> Box:
    """Return where an image lies: it fills the unit square of its own axes."""
    corners = [_apply(matrix, x, y) for x in (0, 1) for y in (0, 1)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _is_drawn(handle: object) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return not raw.FPDFPath_GetDrawMode(handle, fill, stroke) or bool(fill.value or stroke.value)


def _edges(handle: object, matrix: Matrix) -> Iterator[Box]:
    count = raw.FPDFPath_CountSegments(handle)
    if not 0 < count <= _MOST_SEGMENTS:
        return
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = (0.0, 0.0)
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _apply(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _straight(here, point)
        here = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)
            here = start


def _straight(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Box]:
    across, along = abs(one[0] - other[0]), abs(one[1] - other[1])
    if min(across, along) <= _STRAIGHT and max(across, along) >= _SHORTEST:
        yield min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
