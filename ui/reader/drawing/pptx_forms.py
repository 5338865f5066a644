"""The forms of PowerPoint's shapes: the usual ones, outlines drawn by hand, and boxes for all others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from ingest.loaders.archive import local_name
from ui.reader.drawing.canvas import Shape

Points = tuple[tuple[float, float], ...]
_OUTLINES: dict[str, Points] = {
    "triangle": ((0.5, 0), (1, 1), (0, 1)),
    "rtTriangle": ((0, 0), (1, 1), (0, 1)),
    "diamond": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "flowChartDecision": ((0.5, 0), (1, 0.5), (0.5, 1), (0, 0.5)),
    "parallelogram": ((0.2, 0), (1, 0), (0.8, 1), (0, 1)),
    "trapezoid": ((0.2, 0), (0.8, 0), (1, 1), (0, 1)),
    "pentagon": ((0.5, 0), (1, 0.4), (0.8, 1), (0.2, 1), (0, 0.4)),
    "hexagon": ((0.2, 0), (0.8, 0), (1, 0.5), (0.8, 1), (0.2, 1), (0, 0.5)),
    "homePlate": ((0, 0), (0.8, 0), (1, 0.5), (0.8, 1), (0, 1)),
    "chevron": ((0, 0), (0.8, 0), (1, 0.5), (0.8, 1), (0, 1), (0.2, 0.5)),
    "rightArrow": ((0, 0.25), (0.65, 0.25), (0.65, 0), (1, 0.5), (0.65, 1), (0.65, 0.75), (0, 0.75)),
    "leftArrow": ((1, 0.25), (0.35, 0.25), (0.35, 0), (0, 0.5), (0.35, 1), (0.35, 0.75), (1, 0.75)),
    "downArrow": ((0.25, 0), (0.75, 0), (0.75, 0.65), (1, 0.65), (0.5, 1), (0, 0.65), (0.25, 0.65)),
    "upArrow": ((0.25, 1), (0.75, 1), (0.75, 0.35), (1, 0.35), (0.5, 0), (0, 0.35), (0.25, 0.35)),
}
_ELLIPSES = frozenset({"ellipse", "flowChartConnector", "donut", "pie", "chord"})
_LINES = frozenset(
    {"line", "straightConnector1", "bentConnector2", "bentConnector3", "curvedConnector3", "lineInv"}
)
_MOST_POINTS = 2_000


def form_of(element: etree._Element, shape: Shape) -> Shape:
    """Return a shape in the form that its element names or draws."""
    preset = element.find("{*}spPr/{*}prstGeom")
    name = preset.get("prst", "rect") if preset is not None else ""
    if local_name(element) == "cxnSp" or name in _LINES:
        return replace(shape, kind="line", points=_ends(element))
    if name in _OUTLINES:
        return replace(shape, kind="outline", points=_flipped(_OUTLINES[name], element))
    if name in _ELLIPSES:
        return replace(shape, kind="ellipse")
    if name.startswith("round"):
        return replace(shape, kind="round")
    drawn = element.find("{*}spPr/{*}custGeom/{*}pathLst/{*}path")
    if drawn is None:
        return shape
    points = tuple(_corners(drawn))
    return replace(shape, kind="outline", points=_flipped(points, element)) if len(points) > 2 else shape


def _ends(element: etree._Element) -> Points:
    return _flipped(((0.0, 0.0), (1.0, 1.0)), element)


def _flipped(points: Points, element: etree._Element) -> Points:
    place = element.find("{*}spPr/{*}xfrm")
    across, down = (place is not None and place.get(name) in {"1", "true"} for name in ("flipH", "flipV"))
    return tuple((1 - x if across else x, 1 - y if down else y) for x, y in points)


def _corners(path: etree._Element) -> Iterator[tuple[float, float]]:
    """Yield the corners of an outline, curves as straight lines to their ends."""
    width, height = (max(1, int(path.get(side, "1"))) for side in ("w", "h"))
    for step in list(path)[:_MOST_POINTS]:
        points = step.findall("{*}pt")
        if points:
            yield int(points[-1].get("x", "0")) / width, int(points[-1].get("y", "0")) / height
