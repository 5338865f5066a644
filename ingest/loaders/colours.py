"""Colours: whether text of a colour can be told from white paper."""

from __future__ import annotations

import re

TINY = 2.0  # points; below, no reader sees a letter
_NEARLY_WHITE = 0xF0
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_RGB = re.compile(r"rgba?\(([^()]*)\)")
_NAMES = re.compile(
    "white|snow|ivory|ghostwhite|floralwhite|mintcream|azure|aliceblue|whitesmoke|seashell|transparent"
)


def is_white(colour: str) -> bool:
    """Say whether a colour, as CSS or an office format writes it, is white or nearly, or transparent."""
    colour = colour.strip().lower()
    if _NAMES.fullmatch(colour):
        return True
    if found := _HEX.fullmatch(colour):
        digits = found.group(1)
        if len(digits) < 6:
            digits = "".join(2 * digit for digit in digits)
        red, green, blue, *alpha = bytes.fromhex(digits)
        return min(red, green, blue) >= _NEARLY_WHITE or alpha == [0]
    if found := _RGB.fullmatch(colour):
        parts = re.split(r"[\s,/]+", found.group(1).strip())
        levels = [_level(part, 1.0 if place == 3 else 255.0) for place, part in enumerate(parts)]
        return len(levels) >= 3 and (min(levels[:3]) >= _NEARLY_WHITE or levels[3:] == [0])
    return False


def _level(part: str, whole: float) -> float:
    number = re.match(r"\d+\.?\d*|\.\d+", part)
    value = float(number.group()) if number else 0.0
    return value / 100 * whole if part.endswith("%") else value
