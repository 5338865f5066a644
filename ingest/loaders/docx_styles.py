"""What the styles of a Word document make of its text: headings, and text that nobody sees.

python-docx shows the formatting of a run alone; here it is followed to the character style, the paragraph
style, the styles that these are based on and the defaults, in that order, the first to say something counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from ingest.extract import Reason
from ingest.loaders.archive import local_name
from ingest.loaders.colours import TINY, is_white

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = W + "val"
_OFF = frozenset({"0", "false", "off", "none"})
_BODY_LEVEL = 9
# Word writes the English name whatever its language; others write what the user sees.
_HEADING = re.compile(r"(?:heading|titre|überschrift|título|titolo)\s*[1-9]", re.IGNORECASE)
_TITLE = re.compile(r"title|titre|titel|título", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|tm|contents)\s*(?:\d|heading)|table of figures", re.IGNORECASE)
_FILLS = frozenset({"gradFill", "blipFill", "pattFill"})


class Styles:
    """The styles of one document, by their id."""

    def __init__(self, root: etree._Element) -> None:
        self._styles = {style.get(W + "styleId", ""): style for style in root.iterfind(W + "style")}
        defaults = (style for style in self._styles.values() if style.get(W + "default") in {"1", "true"})
        self._default = next((style for style in defaults if style.get(W + "type") == "paragraph"), None)
        self._base = root.find(f"{W}docDefaults/{W}rPrDefault")

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Say whether a paragraph has an outline level, of its own or by its style, or a heading's style."""
        for properties in self._of_paragraph(paragraph):
            if (level := properties.find(f"{W}pPr/{W}outlineLvl")) is not None:
                return int(level.get(_VAL, _BODY_LEVEL)) < _BODY_LEVEL
            if _HEADING.fullmatch(_style_name(properties)):
                return True
        return False

    def is_title(self, paragraph: etree._Element) -> bool:
        """Say whether a paragraph is the title of the document."""
        names = [_style_name(style) for style in self._of_paragraph(paragraph)][1:]
        titles = [_TITLE.fullmatch(name) is not None for name in names]
        # LibreOffice bases its headings on a style that French calls "Titre".
        return any(titles) and (titles[0] or not self.is_heading(paragraph))

    def is_contents(self, paragraph: etree._Element) -> bool:
        """Say whether a paragraph is a line of a table of contents, which is made of the headings."""
        return any(_CONTENTS.match(_style_name(style)) for style in self._of_paragraph(paragraph))

    def hidden(self, run: etree._Element, paragraph: etree._Element, *, backed: bool) -> Reason | None:
        """Return why nobody sees a run; `backed` says that what it stands in has a colour of its own."""
        own = run.find(W + "rPr")
        named = own.find(W + "rStyle") if own is not None else None
        holders = [run, *self._chain(named), *self._of_paragraph(paragraph)]
        if self._base is not None:
            holders.append(self._base)
        if _is_on(_first(holders, "rPr", "vanish")):
            return "invisible"
        size = _first(holders, "rPr", "sz")
        if size is not None and float(size.get(_VAL, "24")) / 2 < TINY:
            return "tiny"
        colour = _first(holders, "rPr", "color")
        if colour is None or not is_white(colour.get(_VAL, "")):
            return None
        marked = _first(holders, "rPr", "highlight")
        if marked is not None and marked.get(_VAL) not in {"none", "white"}:
            return None
        backed = (
            backed or is_shaded(_first(holders, "rPr", "shd")) or is_shaded(_first(holders, "pPr", "shd"))
        )
        return None if backed else "white"

    def colours(self, table: etree._Element) -> bool:
        """Say whether the style of a table colours any of its cells."""
        named = table.find(f"{W}tblPr/{W}tblStyle")
        return any(is_shaded(shade) for style in self._chain(named) for shade in style.iter(W + "shd"))

    def _of_paragraph(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        """Yield the paragraph and its styles, the nearest first."""
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        yield paragraph
        yield from self._chain(named)
        if named is None and self._default is not None:
            yield self._default

    def _chain(self, named: etree._Element | None) -> Iterator[etree._Element]:
        """Yield the style that an element names, then those it is based on, each once."""
        seen: set[str] = set()
        while named is not None and (style_id := named.get(_VAL, "")) not in seen:
            seen.add(style_id)
            if (style := self._styles.get(style_id)) is None:
                return
            yield style
            named = style.find(W + "basedOn")


def is_shaded(shade: etree._Element | None) -> bool:
    """Say whether a shading has a colour that white text can be read on."""
    if shade is None:
        return False
    kind, fill, colour = (shade.get(W + name, "auto") for name in ("val", "fill", "color"))
    return any(
        value != "auto" and not is_white(value) for value in ((colour,) if kind == "solid" else (fill,))
    )


def is_filled(shape: etree._Element, *, otherwise: bool = False) -> bool:
    """Say whether a shape that holds text has a colour inside; `otherwise` when it says nothing of it."""
    if local_name(shape) != "wsp":  # drawn as Word 2007 did
        colour = shape.get("fillcolor", "").partition(" ")[0]
        return shape.get("filled", "t") in {"t", "true"} and bool(colour) and not is_white(colour)
    properties = shape.find("{*}spPr")
    for fill in properties if properties is not None else ():
        match local_name(fill):
            case "noFill":
                return otherwise
            case "solidFill":
                colours = [colour.get("val", "") for colour in fill]
                return not any(is_white(colour) or colour in {"bg1", "lt1"} for colour in colours)
            case name if name in _FILLS:
                return True
    named = shape.find("{*}style/{*}fillRef")
    return named.get("idx", "0") != "0" if named is not None else otherwise


def _style_name(style: etree._Element) -> str:
    name = style.find(W + "name")
    return name.get(_VAL, "") if name is not None else ""


def _first(holders: list[etree._Element], properties: str, name: str) -> etree._Element | None:
    """Return the first of these properties that is given at all."""
    found = chain.from_iterable(holder.iterfind(f"{W}{properties}/{W}{name}") for holder in holders)
    return next(found, None)


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(_VAL, "1") not in _OFF
