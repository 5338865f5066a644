"""Where the shapes of a PowerPoint group stand on their slide."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from ingest.loaders.layout import Box


@dataclass(frozen=True, slots=True)
class Scale:
    """How a group's own coordinates become those of the slide."""

    left: float = 0
    top: float = 0
    across: float = 1
    down: float = 1

    def box(self, left: float, top: float, width: float, height: float) -> Box:
        """Return the box on the slide of one in the group."""
        return Box(
            self.left + left * self.across,
            self.top + top * self.down,
            width * self.across,
            height * self.down,
        )

    def inside(self, group: etree._Element) -> Scale:
        """Return the scale of a group within this one."""
        parts = [
            group.find(f"{{*}}grpSpPr/{{*}}xfrm/{{*}}{name}") for name in ("off", "ext", "chOff", "chExt")
        ]
        numbers = [[int(value) for value in part.attrib.values()] for part in parts if part is not None]
        if len(numbers) < 4:
            return self
        (left, top), (width, height), (own_left, own_top), (own_width, own_height) = numbers
        across, down = (width / own_width if own_width else 1), (height / own_height if own_height else 1)
        place = self.box(left - own_left * across, top - own_top * down, 0, 0)
        return Scale(place.left, place.top, self.across * across, self.down * down)
