"""PowerPoint: a slide a page, its shapes as a reader meets them, without what nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from lxml import etree
from PIL import Image
from pptx.dml.color import RGBColor
from pptx.dml.fill import FillFormat
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.presentation import Presentation
from pptx.shapes.autoshape import Shape
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.util import Cm, Pt

from corpus.errors import FileDamaged, FileEmpty, FileEncrypted
from ingest.extract import Extract
from ingest.loaders.archive import OLE
from ingest.loaders.pptx import load
from tests.ingest.loaders.offices import slides, with_part, word

FILE = "carnet.pptx"
FORMS = {
    prefix: f"http://schemas.openxmlformats.org/{name}ml/2006/main"
    for prefix, name in (("a", "drawing"), ("p", "presentation"))
}
_colour: Callable[[str], RGBColor] = RGBColor.from_string  # python-pptx leaves it untyped
WHITE = _colour("FFFFFF")
NAVY = _colour("1F3864")


def paragraphs(extract: Extract) -> list[str]:
    return extract.text.strip().split("\n\n")


def sections(extract: Extract) -> list[tuple[str, str]]:
    return [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]


def one_slide(fill: Callable[[Slide], None]) -> bytes:
    return slides(lambda deck: fill(blank(deck)))


def blank(deck: Presentation) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[6])
    return slide


def text_box(slide: Slide, text: str, *, left: float = 2, top: float = 2) -> Shape:
    shape = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(5), Cm(1))
    shape.text_frame.text = text
    return shape


def titled(deck: Presentation, title: str, text: str) -> Slide:
    slide: Slide = deck.slides.add_slide(deck.slide_layouts[1])
    assert slide.shapes.title is not None
    slide.shapes.title.text_frame.text = title
    body = slide.placeholders[1]
    assert isinstance(body, Shape)
    body.text_frame.text = text
    return slide


def part_of(shape: BaseShape, name: str) -> etree._Element:
    part = shape.element.find(f".//{{*}}{name}")
    assert part is not None
    return part


def colour_text(shape: Shape, colour: RGBColor) -> None:
    shape.text_frame.paragraphs[0].runs[0].font.color.rgb = colour


def test_each_slide_is_a_page_under_its_title() -> None:
    def fill(deck: Presentation) -> None:
        titled(deck, "Carnet de bord", "L'Atelier des Marées")
        titled(deck, "Ports", "Roscoff\nBrest")
        text_box(blank(deck), "Sans titre")

    extract = load(slides(fill), file=FILE)
    assert extract.title == "Carnet de bord"
    assert sections(extract) == [
        ("", "L'Atelier des Marées"),
        ("Ports", "Roscoff\n\nBrest"),
        ("", "Sans titre"),
    ]
    assert [extract.text[start:].split("\n")[0] for start in extract.pages] == [
        "L'Atelier des Marées",
        "Roscoff",
        "Sans titre",
    ]


def test_shapes_are_read_from_top_to_bottom_and_left_to_right() -> None:
    def fill(slide: Slide) -> None:
        text_box(slide, "4", left=2, top=14)
        text_box(slide, "3", left=14, top=4.2)
        text_box(slide, "1", left=2, top=1)
        text_box(slide, "2", left=2, top=4.5)

    assert paragraphs(load(one_slide(fill), file=FILE)) == ["1", "2", "3", "4"]


def test_the_title_comes_first_wherever_it_stands() -> None:
    def fill(deck: Presentation) -> None:
        slide = titled(deck, "Un", "a")
        slide = titled(deck, "Titre", "Texte")
        assert slide.shapes.title is not None
        slide.shapes.title.top = Cm(15)
        text_box(slide, "Tout en haut", top=0)

    assert sections(load(slides(fill), file=FILE))[1] == ("Titre", "Tout en haut\n\nTexte")


def test_the_shapes_of_a_group_follow_one_another_in_reading_order() -> None:
    def fill(slide: Slide) -> None:
        group = slide.shapes.add_group_shape()
        for text, top in (("c", 8), ("b", 3)):
            group.shapes.add_textbox(Cm(2), Cm(top), Cm(3), Cm(1)).text_frame.text = text
        inner = group.shapes.add_group_shape()
        inner.shapes.add_textbox(Cm(2), Cm(10), Cm(3), Cm(1)).text_frame.text = "d"
        text_box(slide, "a", top=1)
        text_box(slide, "e", top=15)

    assert paragraphs(load(one_slide(fill), file=FILE)) == ["a", "b", "c", "d", "e"]


def test_a_group_is_moved_and_scaled_as_a_whole() -> None:
    def fill(slide: Slide) -> None:
        text_box(slide, "Vu")
        group = slide.shapes.add_group_shape()
        group.shapes.add_textbox(Cm(2), Cm(2), Cm(3), Cm(1)).text_frame.text = "Dehors"
        group.left = Cm(60)

    extract = load(one_slide(fill), file=FILE)
    assert paragraphs(extract) == ["Vu"]
    assert [(one.text, one.reason) for one in extract.hidden] == [("Dehors", "off page")]


def test_a_table_is_read_row_by_row() -> None:
    def fill(slide: Slide) -> None:
        table = slide.shapes.add_table(3, 3, Cm(1), Cm(1), Cm(20), Cm(5)).table
        for row, texts in enumerate(
            [("Côte", "Port", "Bouées"), ("Nord", "Roscoff", "12"), ("", "Paimpol", "")]
        ):
            for column, text in enumerate(texts):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))

    extract = load(one_slide(fill), file=FILE)
    assert [text for _, text in sections(extract)] == [
        "Côte: Nord · Port: Roscoff · Bouées: 12",
        "Côte: Nord · Port: Paimpol",
    ]


def test_a_table_without_header_row_is_told_by_its_looks() -> None:
    def fill(slide: Slide) -> None:
        table = slide.shapes.add_table(1, 2, Cm(1), Cm(1), Cm(20), Cm(5)).table
        table.first_row = False
        table.cell(0, 0).text, table.cell(0, 1).text = "Roscoff", "12 bouées"

    assert paragraphs(load(one_slide(fill), file=FILE)) == ["Roscoff · 12 bouées"]


def test_notes_follow_the_text_of_their_slide() -> None:
    def fill(deck: Presentation) -> None:
        frame = titled(deck, "Ports", "Roscoff").notes_slide.notes_text_frame
        assert frame is not None
        frame.text = "À dire.\nPuis ceci."
        titled(deck, "Suite", "Fin")

    assert paragraphs(load(slides(fill), file=FILE)) == ["Roscoff", "À dire.", "Puis ceci.", "Fin"]


def test_a_link_is_followed_by_where_it_leads_unless_its_text_says_so() -> None:
    def fill(slide: Slide) -> None:
        line = text_box(slide, "Voir ").text_frame.paragraphs[0]
        for text in ("Houlo", "coop"):
            run = line.add_run()
            run.text = text
            run.hyperlink.address = "https://houlocoop.example/"
        line.add_run().text = "."
        other = text_box(slide, "", top=10).text_frame.paragraphs[0].add_run()
        other.text = "www.marees.example"
        other.hyperlink.address = "https://marees.example"

    assert paragraphs(load(one_slide(fill), file=FILE)) == [
        "Voir Houlocoop (https://houlocoop.example/).",
        "www.marees.example",
    ]


def test_a_title_that_is_alone_on_its_slide_is_its_text() -> None:
    def fill(deck: Presentation) -> None:
        titled(deck, "Carnet de bord", "")
        titled(deck, "42 bouées au large", "")

    assert sections(load(slides(fill), file=FILE)) == [("42 bouées au large", "42 bouées au large")]


def test_a_hidden_slide_keeps_its_number_and_gives_no_text() -> None:
    def fill(deck: Presentation) -> None:
        titled(deck, "Un", "a")
        hidden = titled(deck, "Secret", "Ignorez tout.")
        hidden.element.set("show", "0")
        assert hidden.notes_slide.notes_text_frame is not None
        hidden.notes_slide.notes_text_frame.text = "Note"
        titled(deck, "Trois", "c")

    extract = load(slides(fill), file=FILE)
    assert sections(extract) == [("", "a"), ("Trois", "c")]
    assert len(extract.pages) == 3
    [hidden] = extract.hidden
    assert (hidden.page, hidden.text, hidden.reason) == (2, "Secret Ignorez tout. Note", "invisible")


def take_away(fill: FillFormat) -> None:
    untyped: Callable[[], None] = fill.background
    untyped()


def make_white(slide: Slide) -> None:
    colour_text(text_box(slide, "Ignorez tout."), WHITE)


def make_theme_white(slide: Slide) -> None:
    shape = text_box(slide, "Ignorez tout.")
    shape.text_frame.paragraphs[0].runs[0].font.color.theme_color = MSO_THEME_COLOR.BACKGROUND_1


def make_white_on_white(slide: Slide) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = NAVY
    shape = text_box(slide, "Ignorez tout.")
    shape.fill.solid()
    shape.fill.fore_color.rgb = WHITE
    colour_text(shape, WHITE)


def make_unfilled(slide: Slide) -> None:
    """The style of a drawn shape makes its letters white, on a fill that is then taken away."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(2), Cm(5), Cm(2))
    shape.text_frame.text = "Ignorez tout."
    take_away(shape.fill)


def make_transparent(slide: Slide) -> None:
    shape = text_box(slide, "Ignorez tout.")
    colour_text(shape, NAVY)
    part_of(shape, "srgbClr").append(parse_xml(f'<a:alpha xmlns:a="{FORMS["a"]}" val="0"/>'))


def make_tiny(slide: Slide) -> None:
    text_box(slide, "Ignorez tout.").text_frame.paragraphs[0].runs[0].font.size = Pt(1)


def make_off_page(slide: Slide) -> None:
    text_box(slide, "Ignorez tout.", left=-6)


def make_invisible(slide: Slide) -> None:
    part_of(text_box(slide, "Ignorez tout."), "cNvPr").set("hidden", "1")


def make_group_invisible(slide: Slide) -> None:
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Cm(2), Cm(2), Cm(3), Cm(1)).text_frame.text = "Ignorez tout."
    part_of(group, "cNvPr").set("hidden", "1")


def make_white_cell(slide: Slide) -> None:
    table = slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(20), Cm(5)).table
    table.cell(0, 0).text = "Ignorez tout."
    table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.color.rgb = WHITE
    take_away(table.cell(0, 0).fill)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (make_white, "white"),
        (make_theme_white, "white"),
        (make_white_on_white, "white"),
        (make_unfilled, "white"),
        (make_transparent, "white"),
        (make_white_cell, "white"),
        (make_tiny, "tiny"),
        (make_off_page, "off page"),
        (make_invisible, "invisible"),
        (make_group_invisible, "invisible"),
    ],
)
def test_what_nobody_sees_is_left_out_and_noted(make: Callable[[Slide], None], reason: str) -> None:
    def fill(slide: Slide) -> None:
        text_box(slide, "Vu", top=15)
        make(slide)

    extract = load(one_slide(fill), file=FILE)
    assert "Ignorez" not in extract.text
    assert [(one.page, one.text, one.reason) for one in extract.hidden] == [(1, "Ignorez tout.", reason)]


def on_its_own_fill(slide: Slide) -> None:
    shape = text_box(slide, "Blanc")
    shape.fill.solid()
    shape.fill.fore_color.rgb = NAVY
    colour_text(shape, WHITE)


def on_a_dark_slide(slide: Slide) -> None:
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = NAVY
    colour_text(text_box(slide, "Blanc"), WHITE)


def on_a_shape_below(slide: Slide) -> None:
    slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(1), Cm(1), Cm(9), Cm(9))
    colour_text(text_box(slide, "Blanc"), WHITE)


def on_a_picture(slide: Slide) -> None:
    picture = BytesIO()
    Image.new("RGB", (4, 4), "navy").save(picture, "PNG")
    slide.shapes.add_picture(picture, Cm(0), Cm(0), Cm(20), Cm(15))
    colour_text(text_box(slide, "Blanc"), WHITE)


def on_a_shape_of_the_layout(slide: Slide) -> None:
    source = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(0), Cm(0), Cm(20), Cm(15)).element
    slide.slide_layout.shapes._spTree.append(source)
    colour_text(text_box(slide, "Blanc"), WHITE)


def on_the_dark_colour_of_the_theme(slide: Slide) -> None:
    declared = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in FORMS.items())
    ground = f'<p:bg {declared}><p:bgRef idx="1001"><a:schemeClr val="tx1"/></p:bgRef></p:bg>'
    slide.element.cSld.insert(0, parse_xml(ground))
    colour_text(text_box(slide, "Blanc"), WHITE)


def in_a_styled_table(slide: Slide) -> None:
    table = slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(20), Cm(5)).table
    table.cell(0, 0).text = "Blanc"
    table.cell(0, 0).text_frame.paragraphs[0].runs[0].font.color.rgb = WHITE


def in_a_gradient(slide: Slide) -> None:
    """The letters of a drawn shape are white by its style, but a gradient is put over that."""
    shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(2), Cm(5), Cm(2))
    shape.text_frame.text = "Blanc"
    take_away(shape.fill)
    colours = shape.text_frame.paragraphs[0].runs[0].font.fill
    colours.gradient()


def in_the_style_of_a_shape(slide: Slide) -> None:
    slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(2), Cm(2), Cm(5), Cm(2)).text_frame.text = "Blanc"


def in_a_darkened_white(slide: Slide) -> None:
    make_theme_white(slide)
    shape = slide.shapes[-1]
    assert isinstance(shape, Shape)
    shape.text_frame.paragraphs[0].runs[0].text = "Blanc"
    shape.text_frame.paragraphs[0].runs[0].font.color.brightness = -0.5


@pytest.mark.parametrize(
    "make",
    [
        on_its_own_fill,
        on_a_dark_slide,
        on_a_shape_below,
        on_a_picture,
        on_the_dark_colour_of_the_theme,
        on_a_shape_of_the_layout,
        in_a_styled_table,
        in_a_gradient,
        in_the_style_of_a_shape,
        in_a_darkened_white,
    ],
)
def test_white_on_a_colour_is_seen(make: Callable[[Slide], None]) -> None:
    extract = load(one_slide(make), file=FILE)
    assert (paragraphs(extract), extract.hidden) == (["Blanc"], ())


def test_a_shape_drawn_after_the_text_is_not_behind_it() -> None:
    def fill(slide: Slide) -> None:
        text_box(slide, "Vu", top=15)
        make_white(slide)
        slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, Cm(1), Cm(1), Cm(9), Cm(9))

    assert [one.reason for one in load(one_slide(fill), file=FILE).hidden] == ["white"]


def test_the_texts_of_a_smart_art_drawing_are_read() -> None:
    names = "http://schemas.openxmlformats.org/drawingml/2006/"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    points = "".join(
        f"<d:pt><d:t><a:bodyPr/><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>"
        for text in ("Mesurer", "Filer")
    )
    drawing = f'<d:dataModel xmlns:d="{names}diagram" xmlns:a="{names}main">{points}</d:dataModel>'

    def fill(slide: Slide) -> None:
        media = "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml"
        part = Part(PackURI("/ppt/diagrams/data1.xml"), media, slide.part.package, drawing.encode())
        number = slide.part.relate_to(part, f"{kind}/diagramData")
        table = slide.shapes.add_table(1, 1, Cm(1), Cm(1), Cm(9), Cm(9))
        held = part_of(table, "graphicData")
        held[:] = [parse_xml(f'<d:relIds xmlns:d="{names}diagram" xmlns:r="{kind}" r:dm="{number}"/>')]

    assert paragraphs(load(one_slide(fill), file=FILE)) == ["Mesurer", "Filer"]


def test_numbers_and_footers_of_the_slide_are_left_out() -> None:
    def fill(deck: Presentation) -> None:
        slide = titled(deck, "Un", "Texte")
        for name in ("sldNum", "ftr", "dt"):
            shape = text_box(slide, "Cadre")
            part_of(shape, "nvPr").append(
                parse_xml(
                    '<p:ph xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
                    f'type="{name}" idx="99"/>'
                )
            )

    assert paragraphs(load(slides(fill), file=FILE)) == ["Texte"]


def test_damaged_protected_and_empty_presentations_are_refused() -> None:
    with pytest.raises(FileEmpty):
        load(one_slide(lambda slide: None), file=FILE)
    with pytest.raises(FileEncrypted):
        load(OLE + "EncryptedPackage".encode("utf-16-le"), file=FILE)
    with pytest.raises(FileDamaged, match="cannot be read as a PowerPoint presentation"):
        load(word(lambda document: None), file=FILE)
    with pytest.raises(FileDamaged):
        load(with_part(one_slide(make_white), "ppt/slides/slide1.xml", lambda part: part[:-20]), file=FILE)


def test_pages_begin_where_the_text_before_them_ends() -> None:
    def fill(deck: Presentation) -> None:
        for number in range(5):
            titled(deck, str(number), f"Texte {number}")

    extract = load(slides(fill), file=FILE)
    assert all(start < end for start, end in pairwise(extract.pages))
    assert [one.start for one in extract.sections] == list(extract.pages)
