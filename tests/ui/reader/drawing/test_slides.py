"""Slides are painted as a sketch: what is where, in which colour, and which words."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from odf.draw import Frame, Page, TextBox
from odf.text import P
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Cm

from corpus.errors import FileDamaged
from tests.ingest.loaders import offices, pdfs
from ui.errors import PageUnknown
from ui.reader.drawing.odp import draw_odp
from ui.reader.drawing.pptx import draw_pptx
from ui.reader.drawing.sheet import Drawn
from ui.reader.matching import match

FILE = "carnet.pptx"
_colour: Callable[[str], RGBColor] = RGBColor.from_string


def one_slide(fill: Callable[[Slide], None], *, layout: int = 6) -> Drawn:
    def build(deck: Presentation) -> None:
        fill(deck.slides.add_slide(deck.slide_layouts[layout]))

    return draw_pptx(offices.slides(build), 1, file=FILE)


def pixel(made: Drawn, across: float, down: float) -> tuple[int, ...]:
    """Return the colour at a place given as shares of the slide."""
    image = Image.open(BytesIO(made.picture)).convert("RGB")
    found = image.getpixel((round(across * image.width), round(down * image.height)))
    assert isinstance(found, tuple)
    return found


def test_words_are_where_their_placeholder_stands() -> None:
    def fill(slide: Slide) -> None:
        slide.shapes.title.text = "Ce que nous mesurons"  # type: ignore[union-attr]
        slide.placeholders[1].text_frame.text = "42 bouées au large\nrelevées chaque semaine"

    made = one_slide(fill, layout=1)
    assert made.sheet.text == "Ce que nous mesurons • 42 bouées au large • relevées chaque semaine"
    [title] = made.sheet.rectangles([(0, 20)])
    found = match("42 bouées au large", made.sheet.text)
    assert found
    [body] = made.sheet.rectangles(found.spans)
    assert title.bottom < body.top
    assert title.bottom - title.top > body.bottom - body.top  # a title is larger


def test_shapes_have_their_place_and_colour() -> None:
    def fill(slide: Slide) -> None:
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _colour("123B5D")
        box = slide.shapes.add_shape(MSO_SHAPE.OVAL, Cm(2), Cm(2), Cm(10), Cm(6))
        box.fill.solid()
        box.fill.fore_color.rgb = _colour("E07A2F")

    made = one_slide(fill)
    assert pixel(made, 0.95, 0.95) == (0x12, 0x3B, 0x5D)
    assert pixel(made, 7 / 25.4, 5 / 19.05) == (0xE0, 0x7A, 0x2F)
    assert pixel(made, 2.2 / 25.4, 2.2 / 19.05) == (0x12, 0x3B, 0x5D)  # outside the oval, in its box


def test_a_picture_is_shown_and_one_that_is_none_leaves_a_box() -> None:
    red = BytesIO()
    Image.new("RGB", (30, 20), "red").save(red, "PNG")

    def fill(slide: Slide) -> None:
        red.seek(0)
        slide.shapes.add_picture(red, Cm(2), Cm(2), Cm(10), Cm(8))

    assert pixel(one_slide(fill), 6 / 25.4, 6 / 19.05) == (255, 0, 0)
    content = offices.slides(lambda deck: fill(deck.slides.add_slide(deck.slide_layouts[6])))
    broken = offices.with_part(content, "ppt/media/image1.png", lambda _: b"no picture")
    assert pixel(draw_pptx(broken, 1, file=FILE), 6 / 25.4, 6 / 19.05) == (225, 225, 222)


def test_a_table_is_painted_cell_by_cell() -> None:
    def fill(slide: Slide) -> None:
        table = slide.shapes.add_table(4, 3, Cm(2), Cm(2), Cm(18), Cm(8)).table
        for row, texts in enumerate(pdfs.TABLE):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text

    made = one_slide(fill)
    found = match("Port: Concarneau · Bouées: 8", made.sheet.text)
    assert found
    assert found.is_whole
    port, buoys, town, number = made.sheet.rectangles(found.spans)
    assert abs(port.left - town.left) < 5
    assert abs(buoys.left - number.left) < 5
    assert port.bottom < town.top


def test_turned_words_are_where_they_are_seen() -> None:
    def fill(slide: Slide) -> None:
        box = slide.shapes.add_textbox(Cm(4), Cm(8), Cm(8), Cm(1))
        box.text_frame.text = "debout"
        box.rotation = 90

    [word] = one_slide(fill).sheet.words
    assert word.bottom - word.top > word.right - word.left


def test_a_group_moves_what_is_in_it() -> None:
    def fill(slide: Slide) -> None:
        group = slide.shapes.add_group_shape()
        box = group.shapes.add_textbox(Cm(1), Cm(1), Cm(8), Cm(2))
        box.text_frame.text = "ensemble"
        group.left, group.top = Cm(12), Cm(12)

    [word] = one_slide(fill).sheet.words
    assert word.left > 700
    assert word.top > 700


def test_a_hidden_slide_is_blank() -> None:
    def build(deck: Presentation) -> None:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = "En secret"
        slide.element.set("show", "0")

    made = draw_pptx(offices.slides(build), 1, file=FILE)
    assert made.sheet.words == ()
    assert Image.open(BytesIO(made.picture)).convert("RGB").getcolors() == [(1600 * 1200, (255, 255, 255))]


def test_a_text_too_long_for_its_shape_is_made_smaller_within_bounds() -> None:
    def fill(slide: Slide) -> None:
        box = slide.shapes.add_textbox(Cm(2), Cm(2), Cm(10), Cm(3))
        box.text_frame.word_wrap = True
        box.text_frame.text = "un mot " * 40 + "m" * 2000

    made = one_slide(fill)
    assert made.sheet.words
    assert all(word.left >= 0 for word in made.sheet.words)


@pytest.mark.parametrize("page", [0, 2, -3])
def test_a_slide_that_is_not_there_is_told(page: int) -> None:
    content = offices.slides(lambda deck: deck.slides.add_slide(deck.slide_layouts[6]))
    with pytest.raises(PageUnknown):
        draw_pptx(content, page, file=FILE)


def test_what_is_no_presentation_is_told() -> None:
    with pytest.raises(FileDamaged):
        draw_pptx(b"PK\x03\x04 and no more", 1, file=FILE)
    content = offices.slides(lambda deck: deck.slides.add_slide(deck.slide_layouts[6]))
    with pytest.raises(FileDamaged):
        draw_pptx(offices.with_part(content, "ppt/slides/slide1.xml", lambda _: b"<p:sld"), 1, file=FILE)


def test_an_open_presentation_is_painted_too() -> None:
    def fill(document: Any, master: Any) -> None:
        page = Page(masterpagename=master)
        document.presentation.addElement(page)
        frame = Frame(x="2cm", y="2cm", width="20cm", height="4cm")
        page.addElement(frame)
        box = TextBox()
        frame.addElement(box)
        box.addElement(P(text="les quais ouverts à la plaisance"))

    content = offices.open_slides(fill, ground="#dfeee9")
    made = draw_odp(content, 1, file="libre.odp")
    assert made.sheet.text == "les quais ouverts à la plaisance"
    assert pixel(made, 0.9, 0.9) == (0xDF, 0xEE, 0xE9)
    assert made.sheet.words[0].left > 1600 * 2 / 28 - 2
    with pytest.raises(PageUnknown):
        draw_odp(content, 2, file="libre.odp")
