"""The graph can be read: no box lies on another, and the same catalogue gives the same picture."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.ui.explore.fakes import HOSTILE, crowd
from ui.explore.entries import Shelf
from ui.explore.filters import Filters
from ui.explore.graph import Box, Drawing, Node, Tie, draw
from ui.explore.views import links


def drawn(count: int, *, themes: int = 9, **asked: str) -> Drawing:
    shelf = Shelf(crowd(count, themes=themes), ())
    drawing: Drawing = links(shelf, Filters(**asked), "fr")["drawing"]  # type: ignore[arg-type]
    return drawing


def overlap(one: Box, other: Box) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2
        and abs(one.y - other.y) < (one.height + other.height) / 2
    )


@pytest.mark.parametrize("count", [1, 2, 10, 30, 60])
def test_no_box_lies_on_another(count: int) -> None:
    drawing = drawn(count)
    assert len(drawing.boxes) > count
    assert [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)] == []


def test_everything_lies_in_the_picture() -> None:
    drawing = drawn(60)
    for box in drawing.boxes:
        assert box.left >= 0
        assert box.top >= 0
        assert box.left + box.width <= drawing.width
        assert box.top + box.height <= drawing.height


def test_the_same_catalogue_gives_the_same_picture() -> None:
    first = drawn(30)
    draw.cache_clear()
    assert drawn(30) == first


def test_a_large_catalogue_is_shown_by_its_themes_then_theme_by_theme() -> None:
    assert {box.node.kind for box in drawn(300).boxes} == {"theme"}
    assert {box.node.kind for box in drawn(300, theme="t1").boxes} == {"theme", "initiative"}


def test_first_and_further_themes_are_told_apart() -> None:
    assert {line.tie.first for line in drawn(10).lines} == {True, False}


def test_names_are_cut_to_what_a_box_holds() -> None:
    names = ["x" * 400, HOSTILE, "\u202e", "un nom " * 50]
    nodes = tuple(Node(str(n), "initiative", name, "/") for n, name in enumerate(names))
    drawing = draw(nodes, (Tie("0", "1"),))
    for box in drawing.boxes:
        assert 1 <= len(box.lines) <= 3
        assert all(0 < len(line) <= 20 for line in box.lines)
        assert "\u202e" not in "".join(box.lines)


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw((), ()).boxes == ()
