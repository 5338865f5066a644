"""A page of a PDF, drawn by pypdfium2 as it reads the text: Chromium's engine, fast, under a free licence.

Scripts and forms are not run, and nothing that a page points to is fetched.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.loaders.pdf import opened
from ingest.loaders.pdf.columns import in_order
from ingest.loaders.pdf.glyphs import Frame, Glyph, Written, read_glyphs, turned
from ingest.loaders.pdf.lines import Line, read_lines
from ui.errors import PageUnknown
from ui.reader.drawing.sheet import Drawn, Word, drawn, fitting

_FEW_LETTERS = 10
_MOST_COMPARED = 2_000_000  # words by lines


def draw_pdf(content: bytes, page: int, *, file: str) -> Drawn:
    """Draw a page, from 1. Raises PageUnknown, and FileDamaged and the like as `ingest` does."""
    with opened(content, file=file) as document:
        count = len(document)
        if not 1 <= page <= count:
            raise PageUnknown(file=file, page=page, count=count)
        one = document[page - 1]
        try:
            bitmap = one.render(scale=fitting(*one.get_size()), may_draw_forms=False)
            image = bitmap.to_pil().copy()
            bitmap.close()
            words = _words(one, size=image.size)
        finally:
            one.close()
    letters = sum(map(str.isalnum, "".join(word.text for word in words)))
    return drawn(image, words, count=count, unread=letters < _FEW_LETTERS)


def _words(page: pdfium.PdfPage, *, size: tuple[int, int]) -> list[Word]:
    """Return the words of a page as `ingest` reads them one after the other, with their places in pixels."""
    text_page = page.get_textpage()
    try:
        written = read_glyphs(text_page)
        frame = Frame(written.angle)
        placed = [_around(word) for word in _clusters(turned(written.glyphs, frame))]
        order = _order(written, frame)
        return [_in_pixels(page, glyph, frame, size) for glyph in _as_read(placed, order)]
    finally:
        text_page.close()


def _clusters(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Yield the glyphs of each word: what no space and no end of a line parts."""
    word: list[Glyph] = []
    for glyph in glyphs:
        if word and (glyph.char.isspace() or not _is_level(word[-1], glyph)):
            yield word
            word = []
        if not glyph.char.isspace():
            word.append(glyph)
    if word:
        yield word


def _is_level(one: Glyph, other: Glyph) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    height = min(one.bottom - one.top, other.bottom - other.top)
    return 2 * common >= height and other.x0 >= one.x0 - height


def _around(word: Sequence[Glyph]) -> Glyph:
    return Glyph(
        "".join(glyph.char for glyph in word),
        min(glyph.x0 for glyph in word),
        min(glyph.top for glyph in word),
        max(glyph.x1 for glyph in word),
        max(glyph.bottom for glyph in word),
        -1,
    )


def _order(written: Written, frame: Frame) -> list[Line]:
    lines = read_lines(turned(written.glyphs, frame), written.styles)
    return [line for column in in_order(lines) for row in column for line in row]


def _as_read(words: list[Glyph], lines: Sequence[Line]) -> list[Glyph]:
    """Return the words line by line, those of no line last; as the file has them if there are too many."""
    if len(words) * len(lines) > _MOST_COMPARED:
        return words

    def place(word: Glyph) -> tuple[int, float]:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for number, line in enumerate(lines):
            if line.x0 <= x <= line.x1 and line.top <= y <= line.bottom:
                return number, word.x0
        return len(lines), 0.0

    return sorted(words, key=place)


def _in_pixels(page: pdfium.PdfPage, word: Glyph, frame: Frame, size: tuple[int, int]) -> Word:
    # A frame mirrors the page's axes, so what turned a box turns it back.
    left, bottom, right, top = frame.box(word.x0, word.top, word.x1, word.bottom)
    xs, ys = [], []
    x, y = ctypes.c_int(), ctypes.c_int()
    for across, up in ((left, bottom), (right, top)):
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, across, up, x, y)
        xs.append(x.value)
        ys.append(y.value)
    return Word(word.char, min(xs), min(ys), max(xs), max(ys))
