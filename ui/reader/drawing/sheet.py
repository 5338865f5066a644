"""The sheet: a page as it was drawn."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import BytesIO
from itertools import accumulate
from typing import NamedTuple

from PIL import Image

WIDEST = 1600  # pixels
TALLEST = 3200
_LARGEST = 20.0  # times: a speck is not blown up
_MOST_WORDS = 20_000
_LONGEST_WORD = 200
_LOSSLESS = 700_000  # bytes; text takes a tenth of it, photographs more


class Rectangle(NamedTuple):
    """A place on the picture, in pixels from its top left corner."""

    left: int
    top: int
    right: int
    bottom: int


class Word(NamedTuple):
    """A word and where it stands on the picture."""

    text: str
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: of how many, its size in pixels, its words in the order of reading.

    `unread` says that it is a picture of text, whose words nobody has read yet.
    """

    count: int
    width: int
    height: int
    words: tuple[Word, ...] = ()
    unread: bool = False

    @property
    def text(self) -> str:
        """The words with a space between them."""
        return " ".join(word.text for word in self.words)

    def rectangles(self, spans: Iterable[tuple[int, int]]) -> list[Rectangle]:
        """Return what to mark for spans of the text: the words of a line together."""
        starts = [0, *accumulate(len(word.text) + 1 for word in self.words)]
        marked: list[Rectangle] = []
        for start, end in spans:
            first, last = bisect_right(starts, start) - 1, bisect_right(starts, max(start, end - 1)) - 1
            line: Rectangle | None = None
            for word in self.words[first : last + 1]:
                place = Rectangle(*word[1:])
                if line and _goes_on(line, place):
                    line = _around(line, place)
                    marked[-1] = line
                else:
                    line = place
                    marked.append(line)
        return marked

    def to_json(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Sheet:
        """Return what was written by `to_json`. Raises ValueError, KeyError or TypeError for other text."""
        fields = json.loads(text)
        words = tuple(Word(*word) for word in fields.pop("words"))
        return cls(**fields, words=words)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet and its picture, as WebP."""

    sheet: Sheet
    picture: bytes


def drawn(image: Image.Image, words: Sequence[Word], *, count: int, unread: bool = False) -> Drawn:
    """Return a picture of a page as it is kept."""
    image = image.convert("RGB")
    # A letter can stand partly off the page.
    kept = tuple(
        Word(
            word.text[:_LONGEST_WORD],
            min(max(word.left, 0), image.width),
            min(max(word.top, 0), image.height),
            min(max(word.right, 0), image.width),
            min(max(word.bottom, 0), image.height),
        )
        for word in words[:_MOST_WORDS]
    )
    out = BytesIO()
    image.save(out, "WEBP", lossless=True, quality=20, method=2)
    if out.tell() > _LOSSLESS:
        out = BytesIO()
        image.save(out, "WEBP", quality=82, method=2)
    return Drawn(Sheet(count, image.width, image.height, kept, unread), out.getvalue())


def fitting(width: float, height: float) -> float:
    """Return by what a page of some size is to be multiplied so that its picture fits."""
    return min(WIDEST / max(width, 1.0), TALLEST / max(height, 1.0), _LARGEST)


def _goes_on(line: Rectangle, place: Rectangle) -> bool:
    """Say whether a word stands on a line, whichever way the line runs."""
    level = _common(line.top, line.bottom, place.top, place.bottom)
    if level > 0:
        return _gap(line.left, line.right, place.left, place.right) < 3 * level
    across = _common(line.left, line.right, place.left, place.right)
    runs_down = line.bottom - line.top > line.right - line.left
    return runs_down and across > 0 and _gap(line.top, line.bottom, place.top, place.bottom) < across


def _common(start: int, end: int, other_start: int, other_end: int) -> int:
    """Return the length that two stretches share, 0 if it is less than half of the shorter."""
    common = min(end, other_end) - max(start, other_start)
    return common if 2 * common >= min(end - start, other_end - other_start) else 0


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(other_start - end, start - other_end)


def _around(one: Rectangle, other: Rectangle) -> Rectangle:
    return Rectangle(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
