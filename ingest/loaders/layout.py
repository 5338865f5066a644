"""Layout: in what order a reader takes the boxes of a slide, and which of them are not on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

_Item = TypeVar("_Item")
READABLE = frozenset({"png", "jpg", "jpeg", "tif", "tiff", "webp", "bmp", "gif"})
"""The endings of the picture files that OCR can read; drawings (EMF, SVG) are none of them."""
FEW_LETTERS = 10
"""The letters below which a slide under a large picture is a picture of a slide."""
_SAME_LINE = 0.05  # of the slide's height; what begins that close is read from left to right


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, in any unit, from the top left corner of the slide."""

    left: float
    top: float
    width: float
    height: float

    def is_off(self, page: Box) -> bool:
        """Say whether no part of it is on the page."""
        return (
            self.left >= page.width
            or self.top >= page.height
            or self.left + self.width <= 0
            or self.top + self.height <= 0
        )

    def covers_most_of(self, page: Box) -> bool:
        """Say whether it takes up more than half of the page."""
        width = min(self.left + self.width, page.width) - max(self.left, 0)
        height = min(self.top + self.height, page.height) - max(self.top, 0)
        return 2 * max(width, 0) * max(height, 0) > page.width * page.height

    def overlaps(self, other: Box) -> bool:
        """Say whether it has a part in common with another."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


def reading_order(items: Iterable[_Item], *, box: Callable[[_Item], Box], height: float) -> list[_Item]:
    """Return the items line by line, from top to bottom, each line from left to right.

    `height` is that of the page, in the unit of the boxes.
    """
    lines: list[list[_Item]] = []
    for item in sorted(items, key=lambda item: box(item).top):
        if lines and box(item).top - box(lines[-1][0]).top <= _SAME_LINE * height:
            lines[-1].append(item)
        else:
            lines.append([item])
    return [item for line in lines for item in sorted(line, key=lambda item: box(item).left)]
