"""The colours of the look stand out enough from each other, light and dark (WCAG 2.2, 1.4.3 and 1.4.11)."""

from __future__ import annotations

import re

import pytest

from ui.web.look import FOLDER

TEXT = [
    ("ink", "paper"),
    ("ink", "sheet"),
    ("ink", "ochre-soft"),
    ("ink", "red-soft"),
    ("ink", "green-soft"),
    ("quiet", "paper"),
    ("quiet", "sheet"),
    ("green", "paper"),
    ("green", "sheet"),
    ("green", "green-soft"),
    ("on-green", "green"),
    ("ochre", "ochre-soft"),
    ("red", "paper"),
    ("red", "sheet"),
    ("red", "red-soft"),
    ("on-pen", "pen"),
    ("paper", "ink"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("green", "paper"), ("green", "sheet")]


def colours(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", (FOLDER / "base.css").read_text(encoding="utf-8"), re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light if scheme == "light" else dark))


def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    known = colours(scheme)
    assert contrast(known[front], known[back]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back"), EDGES)
def test_edges_of_fields_and_the_focus_can_be_seen(scheme: str, front: str, back: str) -> None:
    known = colours(scheme)
    assert contrast(known[front], known[back]) >= 3
