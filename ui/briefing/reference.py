"""The look of a note in Word: pandoc's own reference document, drawn calmer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ui.briefing.layout import ABOUT, QUIET, VERDICT, WHAT

_INK, _GREEN = RGBColor(0x20, 0x30, 0x2F), RGBColor(0x0E, 0x5A, 0x57)
_QUIET, _LINE = RGBColor(0x56, 0x62, 0x5F), "D9D3C4"
_SERIF = "Georgia"  # Word and LibreOffice have it or its like on every system
# Of each style: size in points, colour, bold, points before and after.
_DRAWN: dict[str, tuple[float, RGBColor, bool, float, float]] = {
    "Title": (20, _INK, True, 0, 8),
    "Heading 1": (14, _GREEN, True, 22, 6),
    "Heading 2": (11, _INK, True, 14, 4),
    "Body Text": (11, _INK, False, 6, 6),
    "First Paragraph": (11, _INK, False, 6, 6),
    "Compact": (11, _INK, False, 2, 2),
    "Footnote Text": (9, _INK, False, 0, 2),
    ABOUT: (9.5, _QUIET, False, 0, 8),
    WHAT: (9.5, _INK, False, 0, 14),
    QUIET: (9.5, _QUIET, False, 4, 8),
    VERDICT: (11, _INK, True, 6, 4),
}


@cache
def drawn(reference: bytes) -> bytes:
    """Return pandoc's reference document with our styles, margins, and a number on each page."""
    document = Document(BytesIO(reference))
    styles = document.styles
    for name, (size, colour, bold, before, after) in _DRAWN.items():
        known = name in [style.name for style in styles]
        style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if not known:
            style.base_style, style.quick_style = styles["Normal"], True
        _draw_font(style, size, colour, bold)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing, style.paragraph_format.alignment = 1.15, WD_ALIGN_PARAGRAPH.LEFT
    _draw_bar(styles[WHAT])
    _draw_table(styles["Table"])
    styles["Hyperlink"].font.color.rgb = _GREEN
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.4)
    section.header_distance = section.footer_distance = Cm(1.25)
    section.gutter = Cm(0)
    _number_pages(section.footer.paragraphs[0])
    return _saved(document)


def signed(file: bytes, *, author: str, day: date) -> bytes:
    """Return a Word file that says whose it is and of which day; pandoc, kept from the clock, says 1970."""
    document = Document(BytesIO(file))
    said = document.core_properties
    said.author = said.last_modified_by = author[:255]  # the most that python-docx takes
    said.created = said.modified = datetime.combine(day, time(), UTC)
    return _saved(document)


def _saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def _draw_font(style: Any, size: float, colour: RGBColor, bold: bool) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _SERIF, Pt(size), bold, False
    style.font.color.rgb = colour
    fonts = style.element.rPr.rFonts
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):  # they would win
        fonts.attrib.pop(qn(name), None)


def _draw_bar(style: Any) -> None:
    """Draw a green line at the left of a paragraph."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:left", val="single", sz="12", space="8", color=str(_GREEN)))
    style.element.get_or_add_pPr().insert(0, borders)  # Word wants it before spacing


def _draw_table(style: Any) -> None:
    """Draw a line below the head and between rows, the head in bold."""
    properties = style.element.find(qn("w:tblPr"))
    borders = OxmlElement("w:tblBorders")
    for side in ("w:top", "w:bottom", "w:insideH"):
        borders.append(_element(side, val="single", sz="4", space="0", color=_LINE))
    properties.find(qn("w:tblCellMar")).addprevious(borders)  # Word wants an order
    head = style.element.find(qn("w:tblStylePr"))  # pandoc's style has one, of the first row
    bold = OxmlElement("w:rPr")
    bold.append(_element("w:b"))
    head.insert(0, bold)


def _number_pages(paragraph: Any) -> None:
    paragraph.style, paragraph.alignment = "Normal", WD_ALIGN_PARAGRAPH.RIGHT
    for kind in ("begin", "PAGE", "end"):
        run = paragraph.add_run()
        run.font.size, run.font.name, run.font.color.rgb = Pt(9), _SERIF, _QUIET
        if kind == "PAGE":
            run._r.append(_element("w:instrText"))
            run._r[-1].text = kind
        else:
            run._r.append(_element("w:fldChar", fldCharType=kind))


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
