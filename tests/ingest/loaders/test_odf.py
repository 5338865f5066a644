"""OpenDocument: texts in the order of the page, presentations a slide a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from odf import draw, presentation, style, table, text

from corpus.errors import FileDamaged, FileEmpty, FileEncrypted
from ingest.extract import Extract
from ingest.loaders.odf import load
from tests.ingest.loaders.offices import open_slides, open_text, with_part, zipped

FILE = "carnet.odt"
Fill = Callable[[Any], None]


def sections(extract: Extract) -> list[tuple[str, str]]:
    return [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]


def paragraphs(extract: Extract) -> list[str]:
    return extract.text.strip().split("\n\n")


def of_body(xml: str, *, styles: str = "") -> bytes:
    """Return a .odt with this XML as its text, and these automatic styles."""

    def change(part: bytes) -> bytes:
        opened = part.partition(b"<office:automatic-styles/>")
        assert opened[1]
        part = opened[0] + f"<office:automatic-styles>{styles}</office:automatic-styles>".encode() + opened[2]
        return part.replace(b"<office:text/>", f"<office:text>{xml}</office:text>".encode())

    names = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = {
        "text": "text",
        "draw": "drawing",
        "table": "table",
        "fo": "xsl-fo-compatible",
        "style": "style",
    }
    declared = " ".join(f'xmlns:{short}="{names}{long}:1.0"' for short, long in spaces.items())

    def declare(part: bytes) -> bytes:
        head, tag, rest = part.partition(b"<office:document-content")
        own, close, body = rest.partition(b">")
        missing = [one for one in declared.split() if one.partition("=")[0].encode() not in own]
        missing.append('xmlns:xlink="http://www.w3.org/1999/xlink"') if b"xmlns:xlink" not in own else None
        return head + tag + b" " + " ".join(missing).encode() + own + close + body

    return with_part(
        with_part(open_text(lambda document: None), "content.xml", declare), "content.xml", change
    )


def named(name: str, properties: str, *, family: str = "text", parent: str = "") -> str:
    based = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{based}>{properties}</style:style>'


def letters(attributes: str) -> str:
    return f"<style:text-properties {attributes}/>"


def test_title_headings_paragraphs_and_lists_come_in_order() -> None:
    def fill(document: Any) -> None:
        titled = style.Style(name="Title", family="paragraph")
        document.styles.addElement(titled)
        own = style.Style(name="P1", family="paragraph", parentstylename=titled)
        document.automaticstyles.addElement(own)
        document.text.addElement(text.P(stylename=own, text="Carnet de bord"))
        document.text.addElement(text.P(text="Chapeau."))
        document.text.addElement(text.H(outlinelevel=1, text="Ports"))
        listed = text.List()
        for name in ("Roscoff", "Brest"):
            item = text.ListItem()
            item.addElement(text.P(text=name))
            listed.addElement(item)
        document.text.addElement(listed)
        document.text.addElement(text.H(outlinelevel=3, text="Carnet  de bord"))
        document.text.addElement(text.P(text="Fin."))

    extract = load(open_text(fill), file=FILE)
    assert extract.title == "Carnet de bord"
    assert sections(extract) == [("", "Chapeau."), ("Ports", "Roscoff\n\nBrest"), ("", "Fin.")]
    assert (extract.pages, extract.typeset) == ((), False)


def test_tables_stand_in_their_place_row_by_row() -> None:
    def fill(document: Any) -> None:
        document.text.addElement(text.P(text="Avant."))
        made = table.Table()
        rows: list[list[str | None]] = [
            ["Côte", "Port", "Bouées"],
            ["Nord", "Roscoff", "12"],
            [None, "Paimpol", "8"],
        ]
        for row in rows:
            line = table.TableRow()
            for cell in row:
                if cell is None:
                    line.addElement(table.CoveredTableCell())
                    continue
                tall = {"numberrowsspanned": 2} if cell == "Nord" else {}
                box = table.TableCell(**tall)
                box.addElement(text.P(text=cell))
                line.addElement(box)
            made.addElement(line)
        document.text.addElement(made)
        document.text.addElement(text.P(text="Après."))

    assert [words for _, words in sections(load(open_text(fill), file=FILE))] == [
        "Avant.",
        "Côte: Nord · Port: Roscoff · Bouées: 12",
        "Côte: Nord · Port: Paimpol · Bouées: 8",
        "Après.",
    ]


def cell(words: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{words}</text:p></table:table-cell>"


WIDE = 'table:number-columns-spanned="2"'
TWICE = 'table:number-columns-repeated="2"'


def test_marked_header_rows_hidden_rows_and_repeated_cells_are_followed() -> None:
    rows = (
        f"<table:table-header-rows><table:table-row>{cell('Port')}{cell('12')}</table:table-row>"
        "</table:table-header-rows>"
        f'<table:table-row table:visibility="collapse">{cell("secret")}{cell("x")}</table:table-row>'
        f"<table:table-row>{cell('Brest')}{cell('8', TWICE)}</table:table-row>"
    )
    extract = load(of_body(f"<table:table>{rows}</table:table>"), file=FILE)
    assert paragraphs(extract) == ["Port: Brest · 12: 8 · 8"]
    assert [(one.text, one.reason) for one in extract.hidden] == [("secret x", "invisible")]


def test_a_cell_merged_to_the_right_is_not_repeated() -> None:
    rows = (
        f"<table:table-row>{cell('Côte')}{cell('Port')}{cell('Bouées')}</table:table-row>"
        f"<table:table-row>{cell('Total', WIDE)}<table:covered-table-cell/>{cell('20')}</table:table-row>"
    )
    assert paragraphs(load(of_body(f"<table:table>{rows}</table:table>"), file=FILE)) == [
        "Côte: Total · Bouées: 20"
    ]


def test_a_table_of_one_column_only_lays_out() -> None:
    body = f"<table:table><table:table-row>{cell('Encadré')}</table:table-row></table:table>"
    assert paragraphs(load(of_body(body), file=FILE)) == ["Encadré"]


def test_notes_and_text_boxes_follow_the_paragraph_that_they_hang_on() -> None:
    note = (
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>La note.</text:p></text:note-body>"
    )
    frame = "<draw:frame><draw:text-box><text:p>Encadré.</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>Appel<text:note>{note}</text:note>{frame} fini.</text:p><text:p>Suite.</text:p>"
    assert paragraphs(load(of_body(body), file=FILE)) == ["Appel fini.", "La note.", "Encadré.", "Suite."]


def test_blanks_links_and_line_ends_are_read_as_they_show() -> None:
    body = (
        '<text:p>7<text:s text:c="2"/>h\n  30<text:tab/><text:span>po</text:span>rt<text:line-break/>fin '
        '<text:a xlink:href="https://houlocoop.example/">Houlo<text:span>coop</text:span></text:a>.</text:p>'
    )
    [line] = paragraphs(load(of_body(body), file=FILE))
    assert line == "7  h 30 port\nfin Houlocoop (https://houlocoop.example/)."


def test_deletions_comments_and_the_table_of_contents_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>ôté</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Ports 3</text:p></text:index-body>"
        "</text:table-of-content>"
        "<text:p>Texte<office:annotation><text:p>commentaire</text:p></office:annotation>.</text:p>"
    )
    assert paragraphs(load(of_body(body), file=FILE)) == ["Texte."]


HIDDEN = [
    (
        named("S", letters('text:display="none"')),
        '<text:span text:style-name="S">{}</text:span>',
        "invisible",
    ),
    (named("S", letters('fo:color="#ffffff"')), '<text:span text:style-name="S">{}</text:span>', "white"),
    (named("S", letters('fo:font-size="1pt"')), '<text:span text:style-name="S">{}</text:span>', "tiny"),
    (
        named("B", letters('fo:color="#ffffff"')) + named("S", "", parent="B"),
        '<text:span text:style-name="S"><text:span>{}</text:span></text:span>',
        "white",
    ),
    ("", '<text:hidden-text text:is-hidden="true" text:string-value="{}"/>', "invisible"),
]


@pytest.mark.parametrize(("styles", "hide", "reason"), HIDDEN)
def test_hidden_text_is_left_out_and_noted(styles: str, hide: str, reason: str) -> None:
    extract = load(of_body(f"<text:p>Vu{hide.format('Ignorez')}.</text:p>", styles=styles), file=FILE)
    assert paragraphs(extract) == ["Vu."]
    assert [(one.text, one.reason) for one in extract.hidden] == [("Ignorez", reason)]


def test_hidden_sections_and_paragraphs_are_left_out_and_noted() -> None:
    body = (
        '<text:section text:name="s" text:display="none"><text:p>Ignorez</text:p></text:section>'
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>tout</text:p><text:p>Vu</text:p>'
    )
    extract = load(of_body(body), file=FILE)
    assert paragraphs(extract) == ["Vu"]
    assert [(one.text, one.reason) for one in extract.hidden] == [
        ("Ignorez", "invisible"),
        ("tout", "invisible"),
    ]


WHITE = named("W", letters('fo:color="#ffffff"'))
WHITE_LINE = '<text:p><text:span text:style-name="W">Blanc</text:span></text:p>'
WHITE_BOX = f'<draw:frame draw:style-name="G"><draw:text-box>{WHITE_LINE}</draw:text-box></draw:frame>'


@pytest.mark.parametrize(
    ("styles", "body"),
    [
        (named("W", letters('fo:color="#ffffff" fo:background-color="#1f3864"')), WHITE_LINE),
        (
            WHITE
            + named("P", '<style:paragraph-properties fo:background-color="#1f3864"/>', family="paragraph"),
            WHITE_LINE.replace("<text:p>", '<text:p text:style-name="P">'),
        ),
        (
            WHITE
            + named("C", '<style:table-cell-properties fo:background-color="#1f3864"/>', family="table-cell"),
            '<table:table><table:table-row><table:table-cell table:style-name="C">'
            f"{WHITE_LINE}</table:table-cell></table:table-row></table:table>",
        ),
        (
            WHITE + named("G", '<style:graphic-properties draw:fill="gradient"/>', family="graphic"),
            f"<text:p>{WHITE_BOX}</text:p>",
        ),
        (named("W", letters('fo:color="#ffffff" style:use-window-font-color="true"')), WHITE_LINE),
    ],
)
def test_white_on_a_colour_is_seen(styles: str, body: str) -> None:
    extract = load(of_body(body, styles=styles), file=FILE)
    assert (paragraphs(extract), extract.hidden) == (["Blanc"], ())


@pytest.mark.parametrize(("colour", "seen"), [("#1f3864", True), ("#ffffff", False), ("transparent", False)])
def test_white_is_seen_on_pages_of_a_colour(colour: str, seen: bool) -> None:
    page = f'<style:page-layout-properties fo:background-color="{colour}"/>'
    styles = f'{WHITE}<style:page-layout style:name="p">{page}</style:page-layout>'
    assert (
        "Blanc" in load(of_body(f"<text:p>Vu</text:p>{WHITE_LINE}", styles=styles), file=FILE).text
    ) is seen


BOXED = "<text:p>Encadré.</text:p>"


def test_a_box_that_stands_on_the_page_itself_is_read() -> None:
    body = f"<draw:frame><draw:text-box>{BOXED}</draw:text-box></draw:frame><text:p>Texte.</text:p>"
    assert paragraphs(load(of_body(body), file=FILE)) == ["Encadré.", "Texte."]


def test_a_table_with_headings_only_lays_out() -> None:
    heads = "<table:table-cell><text:h>Ports</text:h><text:p>Texte.</text:p></table:table-cell>"
    body = f"<table:table><table:table-row>{cell('Avant.')}{heads}</table:table-row></table:table>"
    assert sections(load(of_body(body), file=FILE)) == [("", "Avant."), ("Ports", "Texte.")]


def test_white_in_a_white_box_on_nothing_is_hidden() -> None:
    box = named(
        "G", '<style:graphic-properties draw:fill="solid" draw:fill-color="#ffffff"/>', family="graphic"
    )
    extract = load(of_body(f"<text:p>Vu{WHITE_BOX}</text:p>", styles=WHITE + box), file=FILE)
    assert paragraphs(extract) == ["Vu"]
    assert [one.reason for one in extract.hidden] == ["white"]


def framed(words: str, *, left: float = 2, top: float = 2, kind: str = "", **attributes: Any) -> Any:
    attributes |= {"class": kind} if kind else {}
    frame = draw.Frame(x=f"{left}cm", y=f"{top}cm", width="5cm", height="1cm", **attributes)
    box = draw.TextBox()
    box.addElement(text.P(text=words))
    frame.addElement(box)
    return frame


def slide_of(document: Any, master: Any, *frames: Any, **attributes: Any) -> Any:
    page = draw.Page(masterpagename=master, **attributes)
    for frame in frames:
        page.addElement(frame)
    document.presentation.addElement(page)
    return page


def test_each_slide_is_a_page_under_its_title() -> None:
    def fill(document: Any, master: Any) -> None:
        slide_of(document, master, framed("L'Atelier", top=9), framed("Carnet", kind="title"))
        slide_of(document, master, framed("Roscoff", top=9), framed("Ports", top=15, kind="title"))
        slide_of(document, master, framed("Sans titre"))

    content = open_slides(fill)
    extract = load(content, file="carnet.odp")
    assert extract.title == "Carnet"
    assert sections(extract) == [("", "L'Atelier"), ("Ports", "Roscoff"), ("", "Sans titre")]
    assert len(extract.pages) == 3


def test_shapes_and_groups_are_read_as_a_reader_meets_them() -> None:
    def fill(document: Any, master: Any) -> None:
        group = draw.G()
        group.addElement(framed("4", top=12))
        group.addElement(framed("3", top=8))
        shapes = [framed("5", top=16), group, framed("2", left=14, top=1), framed("1", top=1.2)]
        slide_of(document, master, *shapes)

    assert paragraphs(load(open_slides(fill), file="c.odp")) == ["1", "2", "3", "4", "5"]


def test_a_title_that_is_alone_on_its_slide_is_its_text() -> None:
    def fill(document: Any, master: Any) -> None:
        slide_of(document, master, framed("Carnet", kind="title"))
        slide_of(document, master, framed("42 bouées", kind="title"))

    assert sections(load(open_slides(fill), file="c.odp")) == [("42 bouées", "42 bouées")]


def test_notes_follow_the_text_and_the_frame_of_the_slide_is_left_out() -> None:
    def fill(document: Any, master: Any) -> None:
        empty = framed("Cliquez", placeholder="true")
        page = slide_of(document, master, framed("Texte", top=5), framed("3", kind="page-number"), empty)
        notes = presentation.Notes()
        notes.addElement(framed("À dire.", kind="notes"))
        notes.addElement(framed("12", kind="page-number"))
        page.addElement(notes)

    assert paragraphs(load(open_slides(fill), file="c.odp")) == ["Texte", "À dire."]


def test_a_hidden_slide_keeps_its_number_and_gives_no_text() -> None:
    def fill(document: Any, master: Any) -> None:
        hidden = style.Style(name="Cachee", family="drawing-page")
        hidden.addElement(style.DrawingPageProperties(visibility="hidden"))
        document.automaticstyles.addElement(hidden)
        slide_of(document, master, framed("Ignorez tout."), stylename=hidden)
        slide_of(document, master, framed("Vu"))

    extract = load(open_slides(fill), file="c.odp")
    assert (paragraphs(extract), len(extract.pages)) == (["Vu"], 2)
    assert [(one.page, one.text, one.reason) for one in extract.hidden] == [(1, "Ignorez tout.", "invisible")]


def white_text(document: Any) -> Any:
    white = style.Style(name="Blanc", family="graphic")
    white.addElement(style.GraphicProperties(fill="none"))
    white.addElement(style.TextProperties(color="#ffffff"))
    document.automaticstyles.addElement(white)
    return white


def test_white_text_and_what_is_off_the_slide_are_left_out_and_noted() -> None:
    def fill(document: Any, master: Any) -> None:
        out = framed("Dehors", left=-6)
        slide_of(document, master, framed("Vu", top=9), framed("Blanc", stylename=white_text(document)), out)

    extract = load(open_slides(fill), file="c.odp")
    assert paragraphs(extract) == ["Vu"]
    assert [(one.page, one.text, one.reason) for one in extract.hidden] == [
        (1, "Dehors", "off page"),
        (1, "Blanc", "white"),
    ]


def test_white_text_on_a_coloured_slide_or_shape_is_seen() -> None:
    def plain(document: Any, master: Any) -> None:
        slide_of(document, master, framed("Blanc", stylename=white_text(document)))

    def covered(document: Any, master: Any, *, grouped: bool = False) -> None:
        blue = style.Style(name="Bleu", family="graphic")
        blue.addElement(style.GraphicProperties(fill="solid", fillcolor="#1f3864"))
        document.automaticstyles.addElement(blue)
        shape = draw.Rect(x="1cm", y="1cm", width="9cm", height="9cm", stylename=blue)
        behind = draw.G() if grouped else shape
        if grouped:
            behind.addElement(shape)
            master.addElement(behind)
        else:
            master.addElement(shape)
        slide_of(document, master, framed("Blanc", stylename=white_text(document)))

    def covered_by_group(document: Any, master: Any) -> None:
        covered(document, master, grouped=True)

    for content in (
        open_slides(plain, ground="#1f3864"),
        open_slides(covered),
        open_slides(covered_by_group),
    ):
        assert paragraphs(load(content, file="c.odp")) == ["Blanc"]


def test_a_table_on_a_slide_is_read_row_by_row() -> None:
    def fill(document: Any, master: Any) -> None:
        made = table.Table()
        for row in (["Port", "Bouées"], ["Brest", "8"]):
            line = table.TableRow()
            for words in row:
                box = table.TableCell()
                box.addElement(text.P(text=words))
                line.addElement(box)
            made.addElement(line)
        frame = draw.Frame(x="2cm", y="2cm", width="9cm", height="5cm")
        frame.addElement(made)
        slide_of(document, master, frame)

    assert paragraphs(load(open_slides(fill), file="c.odp")) == ["Port: Brest · Bouées: 8"]


def test_damaged_protected_and_empty_files_are_refused() -> None:
    with pytest.raises(FileEmpty):
        load(of_body(""), file=FILE)
    with pytest.raises(FileDamaged, match=r"content\.xml is missing"):
        load(zipped({"a": "b"}), file=FILE)
    with pytest.raises(FileDamaged, match="neither a text nor a presentation"):
        load(
            with_part(
                of_body("<text:p>a</text:p>"),
                "content.xml",
                lambda part: part.replace(b"office:text", b"office:spreadsheet"),
            ),
            file=FILE,
        )
    with pytest.raises(FileDamaged, match="not well-formed"):
        load(with_part(of_body("<text:p>a</text:p>"), "content.xml", lambda part: part[:-9]), file=FILE)

    def encrypt(part: bytes) -> bytes:
        return part.replace(b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>")

    with pytest.raises(FileEncrypted):
        load(with_part(of_body("<text:p>a</text:p>"), "META-INF/manifest.xml", encrypt), file=FILE)


def test_a_nest_without_end_is_refused_and_does_not_crash() -> None:
    nest = "<text:section>" * 5000 + "<text:p>Au fond</text:p>" + "</text:section>" * 5000
    with pytest.raises(FileDamaged):
        load(of_body(nest), file=FILE)
