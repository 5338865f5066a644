"""Glyphs: the characters of a PDF page, each with its place, size, weight and colour.

They come from pypdfium2 (Chromium's PDF engine, BSD and Apache licences) by its raw calls, because those
alone give boxes, colours and render modes at some 100,000 characters a second; pdfminer takes ten times as
long, and pymupdf is AGPL.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

INVISIBLE = 3  # PDF 32000-1, table 106: neither fill nor stroke
STROKED = 1
NO_COLOUR = None
TINY = 2.0  # points
_HYPHENS = {0x2, 0xFFFE}  # pdfium's signs for a hyphen at the end of a line
_BULLETS = {0xF0B7, 0xF0A7, 0xF0D8, 0xF076}  # those of the Symbol and Wingdings fonts
_UPRIGHT_WITHIN = 10  # degrees: a page scanned askew is still upright
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(slots=True)
class Style:
    """What the glyphs of one text object have in common. `size` is in points as seen, `angle` in degrees."""

    size: float
    angle: int
    bold: bool
    mode: int
    colour: tuple[int, int, int] | None
    embedded: bool
    handle: object


class Glyph(NamedTuple):
    """One character; top and bottom grow downwards. `style` is an index, -1 for a space that is a gap."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    style: int


class Frame(NamedTuple):
    """The axes along which a text runs: those of the page turned by `angle` degrees, y downwards."""

    angle: int

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return x0, top, x1, bottom of a box given in the page's own axes."""
        if self.angle == 0:
            return left, -top, right, -bottom
        cos, sin = math.cos(math.radians(self.angle)), math.sin(math.radians(self.angle))
        xs = [x * cos + y * sin for x in (left, right) for y in (bottom, top)]
        ys = [x * sin - y * cos for x in (left, right) for y in (bottom, top)]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(slots=True)
class Written:
    """The characters of one page, in the order of the file, with boxes in the page's own axes, y upwards.

    `garbled` counts those whose font does not say which letter they are. The text objects among `styles`
    live as long as `page` is open.
    """

    glyphs: list[Glyph]
    styles: list[Style]
    garbled: int

    @property
    def angle(self) -> int:
        """The direction in which most letters run."""
        counts = Counter(self.styles[glyph.style].angle for glyph in self.glyphs if glyph.style >= 0)
        return counts.most_common(1)[0][0] if counts else 0


def read_glyphs(text_page: pdfium.PdfTextPage) -> Written:
    """Return the characters of a page.

    Here `top` is above `bottom` on the page and greater than it; `turned` gives them in a frame.
    """
    handle, box = text_page.raw, raw.FS_RECTF()
    written = Written([], [], 0)
    known: dict[int, int] = {}
    for index in range(max(0, raw.FPDFText_CountChars(handle))):
        code = raw.FPDFText_GetUnicode(handle, index)
        text_object = raw.FPDFText_GetTextObject(handle, index)
        raw.FPDFText_GetLooseCharBox(handle, index, box)
        style = -1
        if text_object:
            address = ctypes.addressof(text_object.contents)
            style = known.get(address, -1)
            if style < 0:
                style = known[address] = len(written.styles)
                written.styles.append(_style(handle, index, text_object))
        char = _char(code)
        if char is None:
            written.garbled += 1
        elif char:
            written.glyphs.append(Glyph(char, box.left, box.top, box.right, box.bottom, style))
    return written


def turned(glyphs: Sequence[Glyph], frame: Frame) -> list[Glyph]:
    """Return the glyphs with their boxes in a frame."""
    return [
        Glyph(glyph.char, *frame.box(glyph.x0, glyph.bottom, glyph.x1, glyph.top), glyph.style)
        for glyph in glyphs
    ]


def _char(code: int) -> str | None:
    """Return the character, "" for what is none, None for one that the font does not tell."""
    if code in _HYPHENS:
        return "-"
    if code in _BULLETS:
        return "•"
    if code == 0 or code == 0xFFFD or 0xE000 <= code <= 0xF8FF:
        return None
    if code in {0x9, 0xA0}:
        return " "
    if (code < 0x20 and code != 0xA) or code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return ""
    return chr(code)


def _style(handle: object, index: int, text_object: object) -> Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) if math.isfinite(matrix.a + matrix.b) else 0.0
    near = 90 * round(angle / 90)
    mode = raw.FPDFTextObj_GetTextRenderMode(text_object)
    font = raw.FPDFTextObj_GetFont(text_object)
    asked = raw.FPDFText_GetStrokeColor if mode == STROKED else raw.FPDFText_GetFillColor
    return Style(
        size=_seen_size(handle, index, size),
        angle=round(near if abs(angle - near) <= _UPRIGHT_WITHIN else angle) % 360,
        bold=_is_bold(font),
        mode=mode,
        colour=_colour(handle, index, asked),
        embedded=bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1,
        handle=text_object,
    )


def _seen_size(handle: object, index: int, size: float) -> float:
    """Return the size in points; a bitmap font counts in its own units, and is measured on the page."""
    if not math.isfinite(size):
        return 0.0
    if size >= TINY:
        return size
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    tallest = 0.0
    for at in range(index, min(index + 8, raw.FPDFText_CountChars(handle))):
        if raw.FPDFText_GetCharBox(handle, at, left, right, bottom, top):
            tallest = max(tallest, top.value - bottom.value)
    return max(size, 1.4 * tallest)  # a capital has some 0.7 of the size


def _is_bold(font: object) -> bool:
    if not font:
        return False
    name = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, name, 256)
    plain = name.value.decode("utf-8", "replace").lower()
    return raw.FPDFFont_GetWeight(font) >= 600 or any(word in plain for word in _BOLD)


def _colour(handle: object, index: int, asked: Callable[..., int]) -> tuple[int, int, int] | None:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not asked(handle, index, red, green, blue, alpha):
        return NO_COLOUR
    return red.value, green.value, blue.value
