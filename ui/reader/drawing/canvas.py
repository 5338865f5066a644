"""The canvas: the shapes of a slide are painted with Pillow, a faithful sketch rather than the slide itself.

An office suite would draw it truer, but is a gigabyte that few have installed, and fetches what a file links
to. Sizes are in points, colours are red, green, blue and opacity, 0 to 255.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw

from ingest.loaders.layout import Box
from ui.reader.drawing.sheet import Word, fitting
from ui.reader.drawing.typesetting import Colour, Frame, Paragraph, set_text

Kind = Literal["box", "round", "ellipse", "line", "outline"]
WHITE: Colour = (255, 255, 255, 255)
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF")
_MISSING: Colour = (225, 225, 222, 255)
_PIXELS = 50_000_000  # of a picture on a slide
_MOST_SHAPES = 2_000
_MOST_TURNED = 60  # each takes a layer of its own


@dataclass(frozen=True, slots=True)
class Shape:
    """Something on a slide, in the order in which it is painted.

    `points` are the corners of an outline, as shares of the box; `crop` what of a picture is left out on its
    left, top, right and bottom, as shares. `turn` is clockwise, in degrees.
    """

    box: Box
    kind: Kind = "box"
    fill: Colour | None = None
    stroke: Colour | None = None
    width: float = 1.0
    points: tuple[tuple[float, float], ...] = ()
    picture: bytes | None = None
    crop: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    turn: float = 0.0
    paragraphs: tuple[Paragraph, ...] = ()
    frame: Frame = field(default_factory=Frame)


def paint(
    shapes: Sequence[Shape], page: Box, *, ground: Colour | bytes = WHITE
) -> tuple[Image.Image, list[Word]]:
    """Return the picture of a slide, and its words with their places in pixels."""
    scale = fitting(page.width, page.height)
    size = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    image = Image.new("RGB", size, WHITE[:3])
    if isinstance(ground, bytes):
        _paint_picture(image, ground, (0, 0, *size), (0, 0, 0, 0))
    else:
        image.paste(ground[:3], (0, 0, *size))
    words: list[Word] = []
    turned = 0
    for shape in shapes[:_MOST_SHAPES]:
        turned += bool(shape.turn % 360)
        if shape.turn % 360 and turned <= _MOST_TURNED:
            words += _paint_turned(image, shape, scale)
        else:
            words += _paint(image, shape, scale)
    return image, words


def _paint_turned(image: Image.Image, shape: Shape, scale: float) -> list[Word]:
    layer = Image.new("RGBA", image.size, (255, 255, 255, 0))
    words = _paint(layer, shape, scale)
    box = shape.box
    centre = (box.left + box.width / 2) * scale, (box.top + box.height / 2) * scale
    layer = layer.rotate(-shape.turn, resample=Image.Resampling.BICUBIC, center=centre)
    image.paste(layer, (0, 0), layer)
    return [_turned(word, centre, shape.turn) for word in words]


def _turned(word: Word, centre: tuple[float, float], degrees: float) -> Word:
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = [
        (x - centre[0], y - centre[1]) for x in (word.left, word.right) for y in (word.top, word.bottom)
    ]
    xs = [round(centre[0] + x * cos - y * sin) for x, y in corners]
    ys = [round(centre[1] + x * sin + y * cos) for x, y in corners]
    return Word(word.text, min(xs), min(ys), max(xs), max(ys))


def _paint(image: Image.Image, shape: Shape, scale: float) -> list[Word]:
    box = shape.box
    place = tuple(
        _bounded(edge * scale) for edge in (box.left, box.top, box.left + box.width, box.top + box.height)
    )
    left, top, right, bottom = place
    draw = ImageDraw.Draw(image, "RGBA")
    if shape.picture is not None:
        _paint_picture(image, shape.picture, (left, top, right, bottom), shape.crop)
    _paint_form(draw, shape, (left, top, right, bottom), max(1, round(shape.width * scale)))
    words = []
    for word in set_text(shape.paragraphs, box, shape.frame, scale):
        draw.text((word.left, word.top), word.text, font=word.font, fill=word.colour)
        words.append(
            Word(word.text, *(round(edge) for edge in (word.left, word.top, word.right, word.bottom)))
        )
    return words


def _paint_form(
    draw: ImageDraw.ImageDraw, shape: Shape, place: tuple[int, int, int, int], width: int
) -> None:
    left, top, right, bottom = place
    if shape.kind == "line":
        (x0, y0), (x1, y1) = shape.points or ((0, 0), (1, 1))
        across, down = right - left, bottom - top
        ends = [left + x0 * across, top + y0 * down, left + x1 * across, top + y1 * down]
        draw.line(ends, fill=shape.stroke, width=width)
    elif shape.fill is None and shape.stroke is None:
        return
    elif shape.kind == "outline" and len(shape.points) > 2:
        corners = [(left + x * (right - left), top + y * (bottom - top)) for x, y in shape.points]
        draw.polygon(corners, fill=shape.fill, outline=shape.stroke, width=width)
    elif shape.kind == "ellipse":
        draw.ellipse(place, fill=shape.fill, outline=shape.stroke, width=width)
    elif shape.kind == "round":
        radius = min(right - left, bottom - top) / 6
        draw.rounded_rectangle(place, radius, fill=shape.fill, outline=shape.stroke, width=width)
    else:
        draw.rectangle(place, fill=shape.fill, outline=shape.stroke, width=width)


def _paint_picture(
    image: Image.Image,
    content: bytes,
    place: tuple[int, int, int, int],
    crop: tuple[float, float, float, float],
) -> None:
    """Paste a picture into a place; a grey box stands for one that cannot be read."""
    left, top, right, bottom = place
    size = max(1, right - left), max(1, bottom - top)
    if size[0] > 2 * image.width or size[1] > 2 * image.height:
        size = min(size[0], 2 * image.width), min(size[1], 2 * image.height)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > _PIXELS:
                raise ValueError("too large")
            across, down = picture.size
            kept = (
                round(crop[0] * across),
                round(crop[1] * down),
                round((1 - crop[2]) * across),
                round((1 - crop[3]) * down),
            )
            whole = picture.convert("RGBA")
            part = whole.crop(kept) if kept[2] > kept[0] and kept[3] > kept[1] else whole
            fitted = part.resize(size, Image.Resampling.BILINEAR)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        ImageDraw.Draw(image).rectangle(place, fill=_MISSING[:3])
        return
    image.paste(fitted, (left, top), fitted)


def _bounded(pixels: float) -> int:
    """Return a place in pixels, not so far off that it could not be painted."""
    return round(min(max(pixels, -20_000), 20_000))
