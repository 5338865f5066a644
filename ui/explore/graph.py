"""The graph of themes and initiatives: boxes that do not overlap, and the lines between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from textwrap import shorten, wrap
from typing import Any, Literal

from corpus.words import printable

MOST = 60
"""Initiatives in one picture."""
_SEED = 7
_ROUNDS = 400
_CHARACTER, _LINE = 7.6, 18  # units of the picture, an average letter and a line of text
_WIDEST, _LINES = 20, 3  # characters, lines of a label
_MARGIN = 16
_PADDING = 12
_SPACE, _FLAT = 0.8, 0.7  # of a side to the area of the boxes; of the height to the width
_PAGE = 1150  # units in a row

Kind = Literal["theme", "initiative"]


@dataclass(frozen=True, slots=True)
class Node:
    """What is to be drawn as a box; `count` is the number of initiatives of a theme."""

    id: str
    kind: Kind
    name: str
    address: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class Tie:
    """Two nodes that belong together; `weight` is how much, `first` for the first theme of an initiative."""

    one: str
    other: str
    first: bool = True
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A node in its place: `x`, `y` are its centre."""

    node: Node
    lines: Sequence[str]
    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        """Where it begins."""
        return round(self.x - self.width / 2, 1)

    @property
    def top(self) -> float:
        """Where it begins."""
        return round(self.y - self.height / 2, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A tie in its place."""

    tie: Tie
    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole picture, in units of about a pixel."""

    width: int
    height: int
    boxes: Sequence[Box]
    lines: Sequence[Line]


@lru_cache(maxsize=128)
def draw(nodes: tuple[Node, ...], ties: tuple[Tie, ...]) -> Drawing:
    """Lay out nodes by their ties, and move apart the boxes that overlap: 0.5 s for sixty, kept.

    The same nodes and ties give the same picture.
    """
    import networkx as nx  # takes its time, and the server opens first

    if not nodes:
        return Drawing(0, 0, (), ())
    graph = nx.Graph()
    graph.add_nodes_from(node.id for node in nodes)
    graph.add_weighted_edges_from((tie.one, tie.other, tie.weight) for tie in ties)
    parts = [
        _apart(_spread([node for node in nodes if node.id in part], graph.subgraph(part)))
        for part in nx.connected_components(graph)
    ]
    return _framed(_packed(parts), ties)


def _spread(nodes: Sequence[Node], graph: Any) -> list[Box]:
    """Lay out nodes that are all tied together.

    As springs in balance (Kamada and Kawai 1989), then loosened (Fruchterman and Reingold 1991).
    """
    import networkx as nx

    begun = nx.kamada_kawai_layout(graph, weight=None)
    places = nx.spring_layout(graph, pos=begun, seed=_SEED, iterations=30, k=1.6 / len(nodes) ** 0.5)
    boxes = [_boxed(node, *map(float, places[node.id])) for node in nodes]
    side = _SPACE * sum((box.width + 2 * _MARGIN) * (box.height + 2 * _MARGIN) for box in boxes) ** 0.5
    return [replace(box, x=box.x * side, y=box.y * side * _FLAT) for box in boxes]


def _packed(parts: list[list[Box]]) -> list[Box]:
    """Put the parts side by side in rows, the tallest first."""
    framed = [_framed(part, ()) for part in parts]
    framed.sort(key=lambda one: (-one.height, -one.width))
    widest = max(_PAGE, *(one.width for one in framed))
    placed: list[Box] = []
    x = y = row = 0
    for one in framed:
        if x and x + one.width > widest:
            x, y, row = 0, y + row, 0
        placed += [replace(box, x=box.x + x, y=box.y + y) for box in one.boxes]
        x, row = x + one.width, max(row, one.height)
    return placed


def _boxed(node: Node, x: float, y: float) -> Box:
    lines = wrap(shorten(printable(node.name), _WIDEST * _LINES, placeholder="…"), _WIDEST)[:_LINES] or ["…"]
    if len(lines) == 1 and len(lines[0]) > _WIDEST:
        lines = [lines[0][:_WIDEST]]
    longest = max(map(len, lines)) + (2 if node.kind == "theme" else 0)
    height = len(lines) * _LINE + 2 * _PADDING * (0.8 if node.kind == "initiative" else 1)
    return Box(node, lines, x, y, longest * _CHARACTER + 2 * _PADDING, height)


def _apart(boxes: list[Box]) -> list[Box]:
    """Push overlapping boxes apart along the shorter way, round by round, until none overlap."""
    xs, ys = [box.x for box in boxes], [box.y for box in boxes]
    for _ in range(_ROUNDS):
        moved = False
        for a, b in combinations(range(len(boxes)), 2):
            dx, dy = xs[b] - xs[a], ys[b] - ys[a]
            over_x = (boxes[a].width + boxes[b].width) / 2 + _MARGIN - abs(dx)
            over_y = (boxes[a].height + boxes[b].height) / 2 + _MARGIN - abs(dy)
            if over_x <= 0 or over_y <= 0:
                continue
            moved = True
            if over_x < over_y:
                step = (over_x / 2 + 0.5) * (1 if dx >= 0 else -1)
                xs[a], xs[b] = xs[a] - step, xs[b] + step
            else:
                step = (over_y / 2 + 0.5) * (1 if dy >= 0 else -1)
                ys[a], ys[b] = ys[a] - step, ys[b] + step
        if not moved:
            break
    return [replace(box, x=x, y=y) for box, x, y in zip(boxes, xs, ys, strict=True)]


def _framed(boxes: list[Box], ties: Sequence[Tie]) -> Drawing:
    """Move all into the picture, and draw the lines from centre to centre."""
    left, top = min(box.left for box in boxes) - _MARGIN, min(box.top for box in boxes) - _MARGIN
    placed = [replace(box, x=round(box.x - left, 1), y=round(box.y - top, 1)) for box in boxes]
    by_id = {box.node.id: box for box in placed}
    lines = [
        Line(tie, by_id[tie.one].x, by_id[tie.one].y, by_id[tie.other].x, by_id[tie.other].y) for tie in ties
    ]
    width = max(box.left + box.width for box in placed) + _MARGIN
    height = max(box.top + box.height for box in placed) + _MARGIN
    return Drawing(round(width), round(height), placed, lines)
