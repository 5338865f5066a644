"""The atlas: the map of the territories, as shapes, pins and tiles to draw. Lengths are in tenths."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from corpus.words import fold
from ui.explore.entries import Entry
from ui.explore.gazetteer import Department, gazetteer
from ui.explore.placing import Why

WIDTH, HEIGHT = 6130, 5850
_TILE, _TILE_HEIGHT, _GAP = 1130, 620, 120
_CLOSE_UP = ("75", "92", "93", "94")
"""Too small on the whole map to be pointed at: they are drawn once more, larger."""
_CLOSE_UP_BOX = (60, 3350, 1250, 1250)  # left, top, width, height: the ocean off Bordeaux
_LEVELS = (1, 2, 5, 10)
"""Initiatives from which a department is of the next of four shades."""


@dataclass(frozen=True, slots=True)
class Plot:
    """A department with initiatives; the pin is at `x`, `y`. `level` is 1 to 4."""

    department: Department
    entries: Sequence[Entry]
    level: int
    x: int = 0
    y: int = 0


@dataclass(frozen=True, slots=True)
class CloseUp:
    """The frame of what is drawn larger, and the SVG transform that takes outlines into it."""

    left: int
    top: int
    width: int
    height: int
    transform: str
    outlines: Sequence[Department]
    plots: Sequence[Plot]


@dataclass(frozen=True, slots=True)
class Tile:
    """An overseas department as a box; `plot` is None where nothing is in it."""

    department: Department
    lines: Sequence[str]
    x: int
    y: int
    plot: Plot | None


@dataclass(frozen=True)
class Atlas:
    """The map. `plots` are all departments with initiatives, by name; `unplaced` the others by reason."""

    height: int
    outlines: Sequence[Department]
    on_map: Sequence[Plot]
    close_up: CloseUp
    tiles: Sequence[Tile]
    tile_size: tuple[int, int]
    plots: Sequence[Plot]
    unplaced: dict[Why, list[Entry]]


def draw(entries: Iterable[Entry]) -> Atlas:
    """Return the map of some initiatives; one that covers several departments is counted in each."""
    known = gazetteer().departments
    held: dict[str, list[Entry]] = defaultdict(list)
    unplaced: dict[Why, list[Entry]] = {"country": [], "shared": [], "unknown": [], "blank": []}
    for entry in entries:
        for code in entry.placement.departments:
            held[code].append(entry)
        if not entry.placement.departments:
            unplaced[entry.placement.why].append(entry)
    plots = {code: _plot(known[code], some) for code, some in held.items()}
    overseas = [
        one for one in known.values() if one.zone == "drom" or (one.zone == "com" and one.code in held)
    ]
    tiles = [_tile(place, one, plots.get(one.code)) for place, one in enumerate(overseas)]
    return Atlas(
        height=max(tile.y for tile in tiles) + _TILE_HEIGHT + _GAP,
        outlines=[one for one in known.values() if one.path and one.code not in held],
        on_map=[plot for code, plot in plots.items() if plot.department.path],
        close_up=_close_up(plots),
        tiles=tiles,
        tile_size=(_TILE, _TILE_HEIGHT),
        plots=sorted(plots.values(), key=lambda plot: fold(plot.department.name)),
        unplaced=unplaced,
    )


def is_close_up(department: Department) -> bool:
    """Say whether a department is pointed at in the close-up only."""
    return department.code in _CLOSE_UP


def _plot(department: Department, entries: Sequence[Entry]) -> Plot:
    level = sum(len(entries) >= least for least in _LEVELS)
    return Plot(department, entries, level, *department.centre)


def _tile(place: int, department: Department, plot: Plot | None) -> Tile:
    row, column = divmod(place, 5)
    return Tile(
        department,
        wrap(department.name, 16)[:2],
        x=_GAP // 2 + column * (_TILE + _GAP // 2),
        y=HEIGHT + _GAP + row * (_TILE_HEIGHT + _GAP),
        plot=plot,
    )


def _close_up(plots: dict[str, Plot]) -> CloseUp:
    known = gazetteer().departments
    outlines = [known[code] for code in _CLOSE_UP]
    boxes = [_extent(one.path) for one in outlines]
    west, north = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, south = max(box[2] for box in boxes), max(box[3] for box in boxes)
    left, top, width, height = _CLOSE_UP_BOX
    margin = 90
    scale = round(min((width - 2 * margin) / (east - west), (height - 2 * margin) / (south - north)), 2)
    dx = round(left + (width - scale * (east - west)) / 2 - scale * west)
    dy = round(top + (height - scale * (south - north)) / 2 - scale * north)

    def moved(code: str) -> Plot:
        plot = plots[code]
        x, y = plot.department.centre
        return Plot(plot.department, plot.entries, plot.level, round(x * scale + dx), round(y * scale + dy))

    return CloseUp(
        left, top, width, height, f"translate({dx} {dy}) scale({scale})",
        outlines=[one for one in outlines if one.code not in plots],
        plots=[moved(code) for code in _CLOSE_UP if code in plots],
    )  # fmt: skip


def _extent(path: str) -> tuple[int, int, int, int]:
    """Return the least and the greatest x and y of an outline, as (west, north, east, south)."""
    xs, ys = [], []
    for ring in path.split("M")[1:]:
        numbers = [int(one) for one in re.findall(r"-?\d+", ring)]
        x = y = 0
        for along, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + along, y + down
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
