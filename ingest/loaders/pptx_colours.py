"""What the colours of a PowerPoint slide make of its text: white letters are seen on anything but white.

python-pptx names a theme colour without saying which it is; here it is looked up in the theme. Only what a
slide says itself can hide text: a colour that comes from its layout was chosen together with what is behind.
"""

from __future__ import annotations

from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.slide import Slide

from ingest.loaders.archive import local_name, parse_xml
from ingest.loaders.colours import is_white

_WHITE = 94_000  # of 100,000
_THEME_FILL = 1001  # the first of a theme's backgrounds, a plain colour
_PICTURE_FILL = 1003
_NO_STYLE = frozenset({"{2D5ABB26-0587-4C30-8999-92F81FD0307C}", "{5940675A-B579-460E-94D1-54222C63F5DA}"})
_FILLS = frozenset({"gradFill", "blipFill", "pattFill", "grpFill"})


class ThemeColours:
    """The colours of one slide's theme, as elements, under the names that the slide maps them to."""

    def __init__(self, slide: Slide, *, file: str) -> None:
        master = slide.slide_layout.slide_master
        theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
        scheme = parse_xml(theme.blob, file=file, name=str(theme.partname)).find(".//{*}clrScheme")
        self._colours = {local_name(part): part for part in (scheme if scheme is not None else ())}
        mapping = slide.element.find(".//{*}overrideClrMapping")
        if mapping is None:
            mapping = master.element.find("{*}clrMap")
        self._names = {} if mapping is None else {str(key): str(value) for key, value in mapping.items()}

    def __getitem__(self, name: str) -> etree._Element | None:
        """Return the element of a colour such as `accent1`, None where the theme has none."""
        return self._colours.get(self._names.get(name, name))


class Palette:
    """The colours of one slide, and whether they show."""

    def __init__(self, slide: Slide, *, file: str) -> None:
        self._colours = ThemeColours(slide, file=file)

    def is_white(self, holder: etree._Element | None) -> bool:
        """Say whether the colour inside an element, such as a solid fill, is white."""
        for colour in holder if holder is not None else ():
            changes = {local_name(change): change.get("val", "") for change in colour}
            if changes.get("alpha") == "0":
                return True
            if any(int(changes.get(name, _WHITE)) < _WHITE for name in ("lumMod", "shade")):
                return False
            value = colour.get("val", "")
            match local_name(colour):
                case "schemeClr":
                    return self.is_white(self._colours[value])
                case "sysClr":
                    return is_white(colour.get("lastClr", "FFFFFF" if value == "window" else ""))
                case "scrgbClr":
                    return all(int(colour.get(part, "0").rstrip("%")) >= _WHITE for part in "rgb")
                case "srgbClr" | "prstClr":
                    return is_white(value)
        return False

    def paints(self, properties: etree._Element | None) -> bool | None:
        """Say whether a fill among some properties is other than white; None when they name no fill."""
        for fill in properties if properties is not None else ():
            match local_name(fill):
                case "noFill":
                    return False
                case "solidFill":
                    return not self.is_white(fill)
                case name if name in _FILLS:
                    return True
        return None

    def paints_shape(self, shape: etree._Element) -> bool:
        """Say whether a shape covers what is behind it with a colour, or is a picture."""
        if local_name(shape) == "pic":
            return True
        painted = self.paints(shape.find("{*}spPr"))
        if painted is not None:
            return painted
        style = shape.find("{*}style/{*}fillRef")
        return style is not None and style.get("idx", "0") != "0" and not self.is_white(style)

    def paints_slide(self, slide: Slide) -> bool:
        """Say whether the background of a slide, or else of its layout or master, is other than white."""
        layout = slide.slide_layout
        for holder in (slide.element, layout.element, layout.slide_master.element):
            if (ground := holder.find("{*}cSld/{*}bg")) is None:
                continue
            if (properties := ground.find("{*}bgPr")) is not None:
                return bool(self.paints(properties))
            if (style := ground.find("{*}bgRef")) is not None:
                number = int(style.get("idx", _THEME_FILL))
                return number >= _PICTURE_FILL or (number > 0 and not self.is_white(style))
        return False

    def writes_white(self, run: etree._Element, shape: etree._Element) -> bool:
        """Say whether the slide itself colours a run white: there, in its shape's list style or its style."""
        level = run.find("../{*}pPr")
        number = int(level.get("lvl", "0")) + 1 if level is not None else 1
        for path, holder in (
            ("{*}rPr", run),
            ("{*}pPr/{*}defRPr", run.getparent()),
            (f"{{*}}txBody/{{*}}lstStyle/{{*}}lvl{number}pPr/{{*}}defRPr", shape),
        ):
            properties = holder.find(path) if holder is not None else None
            if properties is not None and (fill := properties.find("{*}solidFill")) is not None:
                return self.is_white(fill)
            if properties is not None and self.paints(properties):
                return False
        return self.is_white(shape.find("{*}style/{*}fontRef"))

    def paints_cell(self, cell: etree._Element, table: etree._Element) -> bool:
        """Say whether a cell of a table has a colour, its own or one that the table's style may give it."""
        painted = self.paints(cell.find("{*}tcPr"))
        if painted is not None:
            return painted
        style = table.findtext("{*}tblPr/{*}tableStyleId")
        return style is not None and style not in _NO_STYLE
