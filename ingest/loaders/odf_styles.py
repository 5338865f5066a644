"""What the styles of an OpenDocument file make of its text, followed through the styles they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from ingest.extract import Reason
from ingest.loaders.colours import TINY, is_white

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW = f"{{{_ODF}drawing:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
PRESENTATION = f"{{{_ODF}presentation:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
Chain = tuple[etree._Element, ...]
_LENGTH = re.compile(r"\s*(-?\d*\.?\d+)(cm|mm|in|pt|pc|px)?\s*")
_POINTS = {"cm": 28.35, "mm": 2.835, "in": 72.0, "pt": 1.0, "pc": 12.0, "px": 0.75}


class Styles:
    """The styles, named and automatic, of one document, and its master pages."""

    def __init__(self, roots: Sequence[etree._Element]) -> None:
        self._styles: dict[tuple[str, str], etree._Element] = {}
        self._defaults: dict[str, etree._Element] = {}
        self.masters: dict[str, etree._Element] = {}
        self.layouts: dict[str, etree._Element] = {}
        for root in reversed(roots):  # what stands in the content counts most
            for style in root.iter(STYLE + "style"):
                self._styles[style.get(STYLE + "family", ""), style.get(STYLE + "name", "")] = style
            for style in root.iter(STYLE + "default-style"):
                self._defaults[style.get(STYLE + "family", "")] = style
            self.masters |= {page.get(STYLE + "name", ""): page for page in root.iter(STYLE + "master-page")}
            self.layouts |= {page.get(STYLE + "name", ""): page for page in root.iter(STYLE + "page-layout")}

    def chain(self, family: str, name: str | None) -> Chain:
        """Return the style of a name, those that it is based on, and the default of its family."""
        found: list[etree._Element] = []
        while (style := self._styles.get((family, name or ""))) is not None and style not in found:
            found.append(style)
            name = style.get(STYLE + "parent-style-name")
        if (default := self._defaults.get(family)) is not None:
            found.append(default)
        return tuple(found)

    def shape(self, shape: etree._Element) -> Chain:
        """Return the styles of a shape, a frame or a cell."""
        if (name := shape.get(PRESENTATION + "style-name")) is not None:
            return self.chain("presentation", name)
        if (name := shape.get(TABLE + "style-name")) is not None:
            return self.chain("table-cell", name)
        return self.chain("graphic", shape.get(DRAW + "style-name"))

    def page(self, page: etree._Element) -> Chain:
        """Return the styles of a slide or of a master page."""
        return self.chain("drawing-page", page.get(DRAW + "style-name"))

    def colours_pages(self) -> bool:
        """Say whether the pages of a text are of another colour than white."""
        parts = [layout.find(STYLE + "page-layout-properties") for layout in self.layouts.values()]
        grounds = [part.get(FO + "background-color", "transparent") for part in parts if part is not None]
        return any(ground != "transparent" and not is_white(ground) for ground in grounds)


def value(chain: Iterable[etree._Element], properties: str, attribute: str) -> str | None:
    """Return the first value that a chain of styles gives an attribute of some properties."""
    found = (part.get(attribute) for style in chain for part in style.iterfind(STYLE + properties))
    return next((one for one in found if one is not None), None)


def hidden(chains: Iterable[Chain], *, backed: bool) -> Reason | None:
    """Return why nobody sees a text that is in these styles, the nearest first.

    `backed` says that it stands on a colour other than white.
    """
    styles = [style for chain in chains for style in chain]
    styles.sort(key=lambda style: style.tag == STYLE + "default-style")
    if value(styles, "text-properties", TEXT + "display") == "none":
        return "invisible"
    size = length(value(styles, "text-properties", FO + "font-size") or "")
    if size is not None and size < TINY:
        return "tiny"
    colour = value(styles, "text-properties", FO + "color")
    if colour is None or not is_white(colour) or _uses_window_colour(styles):
        return None
    return None if backed or any(_is_painted(styles, part) for part in ("text", "paragraph")) else "white"


def paints(chain: Chain) -> bool | None:
    """Say whether a shape, cell or page in these styles is filled with other than white; None if unsaid."""
    for part in ("graphic", "drawing-page"):
        fill = value(chain, f"{part}-properties", DRAW + "fill")
        if fill == "solid":
            return not is_white(value(chain, f"{part}-properties", DRAW + "fill-color") or "#ffffff")
        if fill is not None:
            return fill != "none"
    for part in ("graphic", "table-cell"):
        ground = value(chain, f"{part}-properties", FO + "background-color")
        if ground is not None and ground != "transparent":
            return not is_white(ground)
    return None


def length(text: str) -> float | None:
    """Return a length in points, None for one that is relative or none at all."""
    found = _LENGTH.fullmatch(text)
    return float(found.group(1)) * _POINTS[found.group(2) or "pt"] if found else None


def named(chain: Chain) -> Iterator[str]:
    """Yield the names of a chain of styles."""
    yield from (style.get(STYLE + "name", "") for style in chain)


def _uses_window_colour(styles: list[etree._Element]) -> bool:
    """Say whether the letters take the colour that shows best; the nearest style to name a colour decides."""
    for style in styles:
        for part in style.iterfind(STYLE + "text-properties"):
            if part.get(STYLE + "use-window-font-color") == "true":
                return True
            if part.get(FO + "color") is not None:
                return False
    return False


def _is_painted(styles: list[etree._Element], part: str) -> bool:
    ground = value(styles, f"{part}-properties", FO + "background-color")
    return ground is not None and ground != "transparent" and not is_white(ground)
