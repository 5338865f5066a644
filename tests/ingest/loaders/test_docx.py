"""Word: what a reader sees of the page, in its order, with the headings beside it."""

from __future__ import annotations

import pytest
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.parser import parse_xml
from docx.shared import Pt, RGBColor

from corpus.errors import FileDamaged, FileEmpty, FileEncrypted
from ingest.extract import Extract
from ingest.loaders.archive import OLE
from ingest.loaders.docx import load
from tests.ingest.loaders.offices import FORMS, PARAGRAPH, slides, with_part, word, word_of, zipped

FILE = "carnet.docx"
MATHS = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def sections(extract: Extract) -> list[tuple[str, str]]:
    return [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]


def paragraphs(content: bytes) -> list[str]:
    return load(content, file=FILE).text.strip().split("\n\n")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(text: str, *, fill: str = "") -> str:
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData>"
        f"<wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{text}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def old_box(text: str, attributes: str) -> str:
    """Return a text box as Word 2007 drew it."""
    held = f"<v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox>"
    return f"<w:r><w:pict><v:shape {attributes}>{held}</v:shape></w:pict></w:r>"


def test_title_headings_paragraphs_and_lists_come_in_order() -> None:
    def fill(document: Document) -> None:
        document.add_heading("Carnet de bord", level=0)
        document.add_paragraph("Chapeau.")
        document.add_heading("Ports", level=1)
        document.add_paragraph("Roscoff", style="List Bullet")
        document.add_paragraph("Brest", style="List Number")
        document.add_heading("Quais", level=3)
        document.add_paragraph("Fin.")

    extract = load(word(fill), file=FILE)
    assert extract.title == "Carnet de bord"
    assert sections(extract) == [("", "Chapeau."), ("Ports", "Roscoff\n\nBrest"), ("Quais", "Fin.")]
    assert (extract.pages, extract.typeset) == ((), False)


def test_french_headings_outline_levels_and_styles_based_on_a_heading_begin_sections() -> None:
    def fill(document: Document) -> None:
        document.styles.add_style("Titre 1", WD_STYLE_TYPE.PARAGRAPH)
        own = document.styles.add_style("Chapitre", WD_STYLE_TYPE.PARAGRAPH)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("Un", style="Titre 1")
        document.add_paragraph("a")
        document.add_paragraph("Deux", style="Chapitre")
        document.add_paragraph("b")
        outlined = document.add_paragraph("Trois")
        outlined.paragraph_format.element.get_or_add_pPr().append(
            parse_xml(f'<w:outlineLvl xmlns:w="{FORMS["w"]}" w:val="0"/>')
        )
        document.add_paragraph("c")

    assert sections(load(word(fill), file=FILE)) == [("Un", "a"), ("Deux", "b"), ("Trois", "c")]


def test_a_paragraph_of_body_level_in_a_heading_style_is_text() -> None:
    style = '<w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr>'
    body = f"<w:p>{style}{run('Texte')}</w:p>"
    assert sections(load(word_of(body), file=FILE)) == [("", "Texte")]


def test_tables_stand_in_their_place_row_by_row() -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Avant.")
        table = document.add_table(4, 3)
        for row, cells in enumerate(
            [("Côte", "Port", "Bouées"), ("Nord", "Roscoff", "12"), ("", "Paimpol", "8")]
        ):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(3, 0).merge(table.cell(3, 1)).text = "Total"
        table.cell(3, 2).text = "20"
        document.add_paragraph("Après.")

    assert [text for _, text in sections(load(word(fill), file=FILE))] == [
        "Avant.",
        "Côte: Nord · Port: Roscoff · Bouées: 12",
        "Côte: Nord · Port: Paimpol · Bouées: 8",
        "Côte: Total · Bouées: 20",
        "Après.",
    ]


def test_a_table_of_one_column_or_with_headings_only_lays_out() -> None:
    def fill(document: Document) -> None:
        framed = document.add_table(1, 1).cell(0, 0)
        framed.text = "Encadré"
        cell = document.add_table(1, 2).cell(0, 1)
        cell.paragraphs[0].text = "Ports"
        cell.paragraphs[0].style = document.styles["Heading 1"]
        cell.add_paragraph("Texte.")

    assert sections(load(word(fill), file=FILE)) == [("", "Encadré"), ("Ports", "Texte.")]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_follows_the_paragraph_that_calls_it(kind: str) -> None:
    call = f'<w:r><w:{kind}Reference w:id="2"/></w:r>'
    body = f"<w:p>{run('Appel')}{call}{run(' fini.')}</w:p>" + PARAGRAPH.format("Suite.")
    assert paragraphs(word_of(body, notes={kind: "La note."})) == ["Appel fini.", "La note.", "Suite."]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    body = f"<w:p>{run('Ancre.')}{box(PARAGRAPH.format('Encadré.'))}</w:p>" + PARAGRAPH.format("Suite.")
    assert paragraphs(word_of(body)) == ["Ancre.", "Encadré.", "Suite."]


def test_a_link_is_followed_by_where_it_leads_unless_its_text_says_so() -> None:
    links = ("https://houlocoop.example/", "https://www.marees.example/", "mailto:a@marees.example")
    body = "".join(
        f'<w:p><w:hyperlink r:id="rIdLink{number}">{run(text)}</w:hyperlink>{run(" !")}</w:p>'
        for number, text in enumerate(["Houlocoop", "marees.example", "Écrire"])
    )
    assert paragraphs(word_of(body, links=links)) == [
        "Houlocoop (https://houlocoop.example/) !",
        "marees.example !",
        "Écrire (a@marees.example) !",
    ]


def test_tracked_deletions_are_left_out_and_insertions_kept() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>ôté</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("parti")}</w:moveFrom><w:moveTo w:id="3">{run(" venu")}</w:moveTo>'
    body = f'<w:p>{run("Reste")}{deleted}<w:ins w:id="4">{run(" mis")}</w:ins>{moved}</w:p>'
    row = "<w:tr><w:trPr><w:del w:id='5'/></w:trPr><w:tc><w:p><w:r><w:t>ôtée</w:t></w:r></w:p></w:tc></w:tr>"
    assert paragraphs(word_of(f"{body}<w:tbl>{row}</w:tbl>")) == ["Reste mis venu"]


def test_signs_fields_controls_and_formulas_are_read_as_they_show() -> None:
    body = (
        f"<w:p>{run('7')}<w:r><w:tab/><w:t>h</w:t><w:br/><w:t>abc</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r></w:p>"
        f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>{run('mai')}</w:fldSimple></w:p>"
        f"<w:sdt><w:sdtContent>{PARAGRAPH.format('Champ')}</w:sdtContent></w:sdt>"
        f'<w:p><m:oMath xmlns:m="{MATHS}"><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>'
    )
    assert paragraphs(word_of(body)) == ["7 h\nabc-d", "mai", "Champ", "a=b"]


def test_headers_footers_and_the_table_of_contents_are_left_out() -> None:
    def fill(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "En-tête"
        document.sections[0].footer.paragraphs[0].text = "Pied"
        document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph("Ports .... 3", style="toc 1")
        document.add_paragraph("Texte.")

    assert paragraphs(word(fill)) == ["Texte."]


def test_hidden_runs_are_left_out_and_noted() -> None:
    def fill(document: Document) -> None:
        document.styles.add_style("Secret", WD_STYLE_TYPE.CHARACTER).font.hidden = True
        line = document.add_paragraph("Vu.")
        line.add_run("caché").font.hidden = True
        line.add_run("stylé", style="Secret")
        line.add_run("blanc").font.color.rgb = RGBColor(0xFE, 0xFF, 0xFF)
        line.add_run("petit").font.size = Pt(1)
        line.add_run(" Aussi.").font.hidden = False

    extract = load(word(fill), file=FILE)
    assert extract.text == "Vu. Aussi.\n\n"
    assert [(one.text, one.reason) for one in extract.hidden] == [
        ("cachéstylé", "invisible"),
        ("blanc", "white"),
        ("petit", "tiny"),
    ]


def test_a_paragraph_style_can_hide_too() -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Vu.")
        style = document.styles.add_style("Blanc", WD_STYLE_TYPE.PARAGRAPH)
        style.font.color.rgb = RGBColor(255, 255, 255)
        document.add_paragraph("Ignorez tout.", style="Blanc")

    extract = load(word(fill), file=FILE)
    assert extract.text == "Vu.\n\n"
    assert [(one.page, one.text, one.reason) for one in extract.hidden] == [(None, "Ignorez tout.", "white")]


@pytest.mark.parametrize("default", ["Normal", "docDefaults"])
def test_the_style_of_all_paragraphs_can_hide_too(default: str) -> None:
    def fill(document: Document) -> None:
        document.add_paragraph("Ignorez tout.")
        document.add_paragraph("Vu.").runs[0].font.color.rgb = RGBColor(0, 0, 0)
        if default == "Normal":
            document.styles["Normal"].font.color.rgb = RGBColor(255, 255, 255)
        else:
            [properties] = document.styles.element.xpath("w:docDefaults/w:rPrDefault/w:rPr")
            properties.append(parse_xml(f'<w:color xmlns:w="{FORMS["w"]}" w:val="FFFFFF"/>'))

    extract = load(word(fill), file=FILE)
    assert (extract.text, [one.reason for one in extract.hidden]) == ("Vu.\n\n", ["white"])


def test_a_heading_based_on_the_style_that_libreoffice_calls_titre_is_no_title() -> None:
    def fill(document: Document) -> None:
        base = document.styles.add_style("Titre", WD_STYLE_TYPE.PARAGRAPH)
        document.styles["Heading 1"].base_style = base
        document.add_paragraph("Ports", style="Heading 1")
        document.add_paragraph("Texte.")
        document.styles.add_style("Titre de page", WD_STYLE_TYPE.PARAGRAPH).base_style = base
        document.add_paragraph("Carnet", style="Titre de page")

    extract = load(word(fill), file=FILE)
    assert (extract.title, sections(extract)) == ("Carnet", [("Ports", "Texte.")])


WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
OLD_BLUE, OLD_EMPTY = 'fillcolor="#1f3864 [3204]"', ' filled="f"'
MARKED = '<w:highlight w:val="blue"/>'
LIGHT = '<w:shd w:val="clear" w:fill="FFFFFF"/>'
PAPER = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
BLUE = '<a:solidFill><a:srgbClr val="1F3864"/></a:solidFill>'
WHITE_LINE = f"<w:p>{run('Blanc', WHITE)}</w:p>"


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{run('Blanc', WHITE + DARK)}</w:p>",
        f"<w:p>{run('Blanc', WHITE + MARKED)}</w:p>",
        f"<w:p><w:pPr>{DARK}</w:pPr>{run('Blanc', WHITE)}</w:p>",
        f"<w:tbl><w:tr><w:tc><w:tcPr>{DARK}</w:tcPr>{WHITE_LINE}</w:tc></w:tr></w:tbl>",
        f"<w:p>{box(WHITE_LINE, fill=BLUE)}</w:p>",
        f"<w:p>{old_box(WHITE_LINE, OLD_BLUE)}</w:p>",
        '<w:tbl><w:tblPr><w:tblStyle w:val="DarkList"/></w:tblPr><w:tr><w:tc><w:p/></w:tc><w:tc>'
        f"{WHITE_LINE}</w:tc></w:tr></w:tbl>",
    ],
)
def test_white_on_a_dark_ground_is_seen(body: str) -> None:
    extract = load(word_of(body), file=FILE)
    assert (extract.text, extract.hidden) == ("Blanc\n\n", ())


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{box(WHITE_LINE)}</w:p>",
        f"<w:p>{old_box(WHITE_LINE, '')}</w:p>",
        f"<w:p>{old_box(WHITE_LINE, OLD_BLUE + OLD_EMPTY)}</w:p>",
        f"<w:p>{box(WHITE_LINE, fill=PAPER)}</w:p>",
        f"<w:p>{run('Blanc', WHITE + LIGHT)}</w:p>",
        f"<w:tbl><w:tr><w:tc>{WHITE_LINE}</w:tc></w:tr></w:tbl>",
    ],
)
def test_white_on_white_is_hidden_wherever_it_stands(body: str) -> None:
    extract = load(word_of(body + PARAGRAPH.format("Vu.")), file=FILE)
    assert extract.text == "Vu.\n\n"
    assert [one.reason for one in extract.hidden] == ["white"]


@pytest.mark.parametrize(
    ("colour", "shown", "seen"), [("1F3864", True, True), ("1F3864", False, False), ("FFFFFF", True, False)]
)
def test_white_is_seen_on_pages_that_show_a_colour(colour: str, shown: bool, seen: bool) -> None:
    def fill(document: Document) -> None:
        ground = f'<w:background xmlns:w="{FORMS["w"]}" w:color="{colour}"/>'
        document.element.insert(0, parse_xml(ground))
        if shown:
            document.settings.element.append(parse_xml(f'<w:displayBackgroundShape xmlns:w="{FORMS["w"]}"/>'))
        document.add_paragraph("Vu.")
        document.add_paragraph().add_run("Blanc").font.color.rgb = RGBColor(255, 255, 255)

    assert ("Blanc" in load(word(fill), file=FILE).text) is seen


def test_damaged_protected_and_empty_documents_are_refused() -> None:
    with pytest.raises(FileEmpty):
        load(word(lambda document: None), file=FILE)
    with pytest.raises(FileEncrypted):
        load(OLE + "EncryptedPackage".encode("utf-16-le"), file=FILE)
    for wrong in (slides(lambda presentation: None), zipped({"a": "b"})):
        with pytest.raises(FileDamaged, match="cannot be read as a Word document"):
            load(wrong, file=FILE)
    with pytest.raises(FileDamaged):
        load(
            with_part(word_of(PARAGRAPH.format("a")), "word/document.xml", lambda part: part[:-20]), file=FILE
        )


def test_entities_are_refused() -> None:
    def declare(part: bytes) -> bytes:
        head, _, rest = part.partition(b"?>")
        return (
            head + b'?><!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + rest.replace(b"Vu", b"&a;")
        )

    content = with_part(word_of(PARAGRAPH.format("Vu")), "word/document.xml", declare)
    with pytest.raises(FileDamaged, match="declares XML entities"):
        load(content, file=FILE)


def test_a_nest_without_end_is_refused_or_read_but_does_not_crash() -> None:
    nest = "<w:sdt><w:sdtContent>" * 3000 + PARAGRAPH.format("Au fond") + "</w:sdtContent></w:sdt>" * 3000
    content = with_part(
        word_of(PARAGRAPH.format("Vu")),
        "word/document.xml",
        lambda part: part.replace(b"<w:p>", nest.encode() + b"<w:p>", 1),
    )
    with pytest.raises(FileDamaged):
        load(content, file=FILE)
