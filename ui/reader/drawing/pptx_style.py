"""How a PowerPoint slide looks: its colours and letters, through layout, master and theme.

python-pptx says what a shape itself says, and leaves what it takes from elsewhere to be looked up.
"""

from __future__ import annotations

import colorsys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from pptx.slide import Slide

from ingest.loaders.archive import local_name
from ingest.loaders.pptx_colours import ThemeColours
from ui.reader.drawing.typesetting import BLACK, Colour

POINT = 12_700  # EMU
CLEAR: Colour = (0, 0, 0, 0)
_LETTERS = "{*}defRPr"
_USUAL = 18.0
_NAMED = {"white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "blue": (0, 0, 255)}
_DEEPEST = 5  # a theme colour that names another


class Colours:
    """The colours of one slide's theme, as the slide maps them."""

    def __init__(self, slide: Slide, *, file: str) -> None:
        self._colours = ThemeColours(slide, file=file)

    def theme(self, name: str) -> Colour | None:
        """Return a colour of the theme, such as `accent1`."""
        return self.inside(self._colours[name])

    def inside(self, holder: etree._Element | None, *, depth: int = 0) -> Colour | None:
        """Return the colour inside an element, such as a solid fill."""
        for colour in holder if holder is not None and depth < _DEEPEST else ():
            value = colour.get("val", "")
            match local_name(colour):
                case "schemeClr":
                    known = self._colours[value]
                    base = self.inside(known, depth=depth + 1)
                case "sysClr":
                    base = _hexadecimal(colour.get("lastClr", "FFFFFF" if value == "window" else "000000"))
                case "srgbClr":
                    base = _hexadecimal(value)
                case "prstClr":
                    base = (*_NAMED.get(value, (128, 128, 128)), 255)
                case _:
                    continue
            return _changed(base, colour) if base else None
        return None

    def fill(self, properties: etree._Element | None) -> Colour | None:
        """Return the fill that properties name, CLEAR for none of it, None when they do not say."""
        for part in properties if properties is not None else ():
            match local_name(part):
                case "noFill":
                    return CLEAR
                case "solidFill":
                    return self.inside(part)
                case "gradFill":
                    stops = part.findall("{*}gsLst/{*}gs")
                    return self.inside(stops[len(stops) // 2]) if stops else None
                case "pattFill":
                    return self.inside(part.find("{*}fgClr"))
        return None

    def shape_fill(self, holders: Sequence[etree._Element]) -> Colour | None:
        """Return the fill of a shape, given it and the placeholders that it follows."""
        for holder in holders:
            if found := self.fill(holder.find("{*}spPr")):
                return found
        style = holders[0].find("{*}style/{*}fillRef") if holders else None
        return self.inside(style) if style is not None and style.get("idx", "0") != "0" else None

    def stroke(self, shape: etree._Element) -> tuple[Colour | None, float]:
        """Return the colour of a shape's outline and its width in points."""
        line = shape.find("{*}spPr/{*}ln")
        found = self.fill(line)
        if found is None:
            style = shape.find("{*}style/{*}lnRef")
            found = self.inside(style) if style is not None and style.get("idx", "0") != "0" else None
        width = int(line.get("w", POINT)) / POINT if line is not None else 1.0
        return found, width


@dataclass(frozen=True, slots=True)
class Letters:
    """How the text of one paragraph is set: the elements that say so, the nearest first.

    The master's comes last; `own` is the colour that the shape's style gives it, which comes before that.
    """

    near: tuple[etree._Element, ...]
    master: etree._Element | None
    colours: Colours
    own: Colour | None

    @property
    def sources(self) -> tuple[etree._Element, ...]:
        """All of the elements."""
        return self.near if self.master is None else (*self.near, self.master)

    def attribute(self, name: str) -> str | None:
        """Return what the nearest paragraph properties say of an attribute."""
        return next((value for one in self.sources if (value := one.get(name)) is not None), None)

    def bullet(self) -> str:
        """Return the mark before the paragraph, "" for none."""
        for source in self.sources:
            for part in source:
                match local_name(part):
                    case "buNone":
                        return ""
                    case "buChar" | "buAutoNum":
                        return "•"
        return ""

    def size(self, run: etree._Element | None) -> float:
        """Return the size of a run in points."""
        said = self._first(run, "sz")
        return int(said) / 100 if said and said.isdecimal() else _USUAL

    def is_on(self, run: etree._Element | None, name: str) -> bool:
        """Say whether a run is bold (`b`) or italic (`i`)."""
        return self._first(run, name) in {"1", "true"}

    def colour(self, run: etree._Element | None) -> Colour:
        """Return the colour of a run."""
        given = [run, *(one.find(_LETTERS) for one in self.near)]
        found = next((one for part in given if (one := self.colours.fill(part)) and one != CLEAR), None)
        if found is None and self.own is None and self.master is not None:
            found = self.colours.fill(self.master.find(_LETTERS))
        return found or self.own or self.colours.theme("tx1") or BLACK

    def _first(self, run: etree._Element | None, name: str) -> str | None:
        found = (properties.get(name) for properties in self._properties(run))
        return next((value for value in found if value is not None), None)

    def _properties(self, run: etree._Element | None) -> Iterator[etree._Element]:
        if run is not None:
            yield run
        for source in self.sources:
            if (properties := source.find(_LETTERS)) is not None:
                yield properties


def letters_of(
    paragraph: etree._Element, holders: Sequence[etree._Element], slide: Slide, colours: Colours
) -> Letters:
    """Return how a paragraph is set; `holders` are its shape and the placeholders that this follows."""
    own = paragraph.find("{*}pPr")
    level = own.get("lvl", "0") if own is not None else "0"
    name = f"{{*}}lvl{int(level) + 1 if level.isdecimal() else 1}pPr"
    master = slide.slide_layout.slide_master.element
    lists = [holder.find("{*}txBody/{*}lstStyle") for holder in holders]
    levels = [one.find(name) for one in lists if one is not None]
    near = tuple(one for one in (own, *levels) if one is not None)
    style = holders[0].find("{*}style/{*}fontRef") if holders else None
    return Letters(
        near,
        master.find(f"{{*}}txStyles/{{*}}{_text_style(holders)}/{name}"),
        colours,
        colours.inside(style) if style is not None else None,
    )


def _text_style(holders: Sequence[etree._Element]) -> str:
    place = holders[0].find(".//{*}nvPr/{*}ph") if holders else None
    if place is None:
        return "otherStyle"
    return "titleStyle" if place.get("type", "") in {"title", "ctrTitle"} else "bodyStyle"


def _hexadecimal(value: str) -> Colour | None:
    try:
        red, green, blue = bytes.fromhex(value)
    except ValueError:
        return None
    return red, green, blue, 255


def _changed(colour: Colour, element: etree._Element) -> Colour:
    """Return a colour made lighter, darker or clearer, as the elements inside its own say."""
    red, green, blue, alpha = colour
    hue, light, full = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    for change in element:
        try:
            share = int(change.get("val", "100000").rstrip("%")) / 100_000
        except ValueError:
            continue
        match local_name(change):
            case "lumMod" | "shade":
                light *= share
            case "lumOff":
                light += share
            case "tint":
                light = 1 - (1 - light) * share
            case "satMod":
                full *= share
            case "alpha":
                alpha = round(255 * share)
    rgb = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), min(max(full, 0), 1))
    return round(255 * rgb[0]), round(255 * rgb[1]), round(255 * rgb[2]), min(max(alpha, 0), 255)
