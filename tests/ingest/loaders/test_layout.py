"""Layout: boxes are read line by line."""

from __future__ import annotations

import pytest

from ingest.loaders.layout import Box, reading_order

PAGE = Box(0, 0, 100, 100)


def test_what_begins_at_about_the_same_height_is_read_from_left_to_right() -> None:
    boxes = [Box(50, 10, 9, 9), Box(0, 14, 9, 9), Box(0, 50, 9, 9), Box(60, 44, 9, 9)]
    ordered = reading_order(boxes, box=lambda box: box, height=100)
    assert ordered == [boxes[1], boxes[0], boxes[3], boxes[2]]


@pytest.mark.parametrize("box", [Box(100, 0, 9, 9), Box(0, 100, 9, 9), Box(-9, 0, 9, 9), Box(0, -9, 9, 9)])
def test_a_box_beyond_an_edge_is_off(box: Box) -> None:
    assert box.is_off(PAGE)
    assert not box.overlaps(PAGE)


@pytest.mark.parametrize("box", [Box(99, 99, 9, 9), Box(-8, -8, 9, 9), PAGE])
def test_a_box_that_shows_a_part_is_not_off(box: Box) -> None:
    assert not box.is_off(PAGE)
    assert box.overlaps(PAGE)
