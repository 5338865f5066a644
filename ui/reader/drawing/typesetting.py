"""Typesetting: the text of a shape broken into lines, with the place of each word.

The letters are DejaVu's, which come with matplotlib and have the alphabets of Europe. They are wider than
those that slides are made with, and set smaller for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from ingest.loaders.layout import Box

Colour = tuple[int, int, int, int]
Align = Literal["left", "centre", "right"]
Anchor = Literal["top", "middle", "bottom"]
BLACK: Colour = (0, 0, 0, 255)
_WIDE = 0.88  # by which DejaVu is set smaller
_LINE = 1.18  # of the size
_SMALLEST = 0.45  # to which a text that overflows is made smaller
_STEP = 0.92
_TOKENS = re.compile(r"\n|[^\S\n]+|\S{1,400}")
_MOST_LETTERS = 40_000


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks alike; a line end in it breaks the line. `size` is in points."""

    text: str
    size: float = 18.0
    bold: bool = False
    italic: bool = False
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs, and how they are set; `indent` and `before`, the space above, are in points."""

    runs: tuple[Run, ...]
    align: Align = "left"
    indent: float = 0.0
    bullet: str = ""
    before: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where text stands in its box; `inset` is the room at its left, top, right and bottom, in points."""

    anchor: Anchor = "top"
    inset: tuple[float, float, float, float] = (7.2, 3.6, 7.2, 3.6)
    wraps: bool = True


@dataclass(frozen=True, slots=True)
class Placed:
    """A word in pixels."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    font: ImageFont.FreeTypeFont
    colour: Colour


@dataclass(slots=True)
class _Line:
    """A line in the making: words with how far they are from its beginning, and how high it is."""

    align: Align
    indent: float
    before: float
    words: list[tuple[str, float, float, ImageFont.FreeTypeFont, Colour]] = field(default_factory=list)
    width: float = 0.0
    height: float = 0.0


def set_text(paragraphs: Sequence[Paragraph], box: Box, frame: Frame, scale: float) -> list[Placed]:
    """Return the words of a text in its box, made smaller if it would overflow. `scale` is pixels a point."""
    if not any(run.text.strip() for one in paragraphs for run in one.runs):
        return []
    left, top, right, bottom = (inset * scale for inset in frame.inset)
    width = max(box.width * scale - left - right, 1.0) if frame.wraps else 1e6
    room = box.height * scale - top - bottom
    factor = 1.0
    lines = list(_lines(paragraphs, width, scale))
    while _height(lines) > room and factor * _STEP >= _SMALLEST:
        factor *= _STEP
        lines = list(_lines(paragraphs, width, scale * factor))
    spare = room - _height(lines)
    down = {"top": 0.0, "middle": spare / 2, "bottom": spare}[frame.anchor]
    inner = box.width * scale - left - right
    return list(_placed(lines, box.left * scale + left, box.top * scale + top + down, inner))


def _placed(lines: Sequence[_Line], left: float, top: float, width: float) -> Iterator[Placed]:
    for line in lines:
        top += line.before
        free = width - line.width - line.indent
        x = left + line.indent + {"left": 0.0, "centre": free / 2, "right": free}[line.align]
        for text, start, size, font, colour in line.words:
            above = line.height - font.size * _LINE  # smaller words stand on the line of the larger
            yield Placed(
                text, x + start, top + above, x + start + size, top + above + font.size * _LINE, font, colour
            )
        top += line.height


def _height(lines: Sequence[_Line]) -> float:
    return sum(line.before + line.height for line in lines)


def _lines(paragraphs: Sequence[Paragraph], width: float, scale: float) -> Iterator[_Line]:
    left = _MOST_LETTERS
    for paragraph in paragraphs:
        before = paragraph.before * scale
        for line in _broken(paragraph, width, scale):
            line.before, before = before, 0.0
            left -= sum(len(word[0]) for word in line.words) + 1
            if left < 0:
                return
            yield line


def _broken(paragraph: Paragraph, width: float, scale: float) -> Iterator[_Line]:
    indent = paragraph.indent * scale
    line = _Line(paragraph.align, indent, 0.0)
    if paragraph.bullet and paragraph.runs:
        first = paragraph.runs[0]
        font = _font(first, scale)
        size = font.getlength(paragraph.bullet + " ")
        line.words.append((paragraph.bullet, -min(size, indent), size, font, first.colour))
        line.width = max(0.0, size - indent)
    for run in paragraph.runs:
        font = _font(run, scale)
        line.height = max(line.height, font.size * _LINE)
        for token in _TOKENS.findall(run.text):
            if token == "\n":
                yield line
                line = _Line(paragraph.align, indent, 0.0, height=font.size * _LINE)
                continue
            size = font.getlength(token)
            if token.isspace():
                line.width += size if line.words else 0.0
                continue
            if line.words and line.width + size > width - indent:
                yield line
                line = _Line(paragraph.align, indent, 0.0)
            line.words.append((token, line.width, size, font, run.colour))
            line.width += size
            line.height = max(line.height, font.size * _LINE)
    if not line.height:
        line.height = 18 * _WIDE * _LINE * scale
    yield line


def _font(run: Run, scale: float) -> ImageFont.FreeTypeFont:
    return _loaded(max(1, round(min(run.size, 400) * _WIDE * scale)), run.bold, run.italic)


@cache
def _loaded(size: int, bold: bool, italic: bool) -> ImageFont.FreeTypeFont:
    ending = f"-{'Bold' * bold}{'Oblique' * italic}" if bold or italic else ""
    return ImageFont.truetype(_folder() / f"DejaVuSans{ending}.ttf", size)


@cache
def _folder() -> Path:
    found = find_spec("matplotlib")  # not imported, which takes long
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"
