"""Office documents, books and web pages of the Atelier des Marées, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from odf.opendocument import OpenDocumentPresentation, OpenDocumentText
from odf.style import DrawingPageProperties, MasterPage, PageLayout, PageLayoutProperties, Style
from openpyxl import Workbook
from pptx import Presentation
from pptx.presentation import Presentation as PowerPoint

FORMS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "v": "urn:schemas-microsoft-com:vml",
}
PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_NAMESPACES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in FORMS.items())
_NOTES = {"footnote": RELATIONSHIP_TYPE.FOOTNOTES, "endnote": RELATIONSHIP_TYPE.ENDNOTES}
_CONTAINER = """<?xml version="1.0"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of these parts."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """Return what is in an archive, by name."""
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return an archive with one part changed, or added."""
    parts = parts_of(content)
    return zipped({**parts, name: change(parts.get(name, b""))})


def word(fill: Callable[[WordDocument], None]) -> bytes:
    """Return a .docx that `fill` wrote."""
    document = Document()
    fill(document)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def word_of(body: str, *, notes: Mapping[str, str] | None = None, links: tuple[str, ...] = ()) -> bytes:
    """Return a .docx of a body in WordprocessingML; `notes` hold a footnote or endnote of id 2 each.

    The links are rIdLink0, rIdLink1…
    """

    def fill(document: WordDocument) -> None:
        root = parse_xml(f"<w:body {_NAMESPACES}>{body}</w:body>")
        for place, block in enumerate(list(root)):
            document.element.body.insert(place, block)
        for kind, text in (notes or {}).items():
            line = f'<w:{kind} w:type="separator" w:id="0">{PARAGRAPH.format("trait")}</w:{kind}>'
            note = f'<w:{kind} w:id="2">{PARAGRAPH.format(text)}</w:{kind}>'
            xml = f"<w:{kind}s {_NAMESPACES}>{line}{note}</w:{kind}s>"
            media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
            package = document.part.package
            assert package is not None
            part = Part(PackURI(f"/word/{kind}s.xml"), media, xml.encode(), package)
            document.part.relate_to(part, _NOTES[kind])
        for number, link in enumerate(links):
            document.part.rels.add_relationship(
                RELATIONSHIP_TYPE.HYPERLINK, link, f"rIdLink{number}", is_external=True
            )

    return word(fill)


def slides(fill: Callable[[PowerPoint], None]) -> bytes:
    """Return a .pptx that `fill` wrote."""
    presentation = Presentation()
    fill(presentation)
    made = BytesIO()
    presentation.save(made)
    return made.getvalue()


def workbook(fill: Callable[[Workbook], None]) -> bytes:
    """Return a .xlsx that `fill` wrote."""
    book = openpyxl.Workbook()
    fill(book)
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def open_text(fill: Callable[[Any], None]) -> bytes:
    """Return a .odt that `fill` wrote; odfpy has no types."""
    return _saved(OpenDocumentText(), fill)


def open_slides(fill: Callable[[Any, Any], None], *, ground: str | None = None) -> bytes:
    """Return a .odp of 28 cm by 21 that `fill` wrote, given the document and its master page of a colour."""

    def with_master(document: Any) -> None:
        layout = PageLayout(name="Ecran")
        layout.addElement(PageLayoutProperties(pagewidth="28cm", pageheight="21cm"))
        document.automaticstyles.addElement(layout)
        page = Style(name="Fond", family="drawing-page")
        filled = {"fill": "solid", "fillcolor": ground} if ground else {"fill": "none"}
        page.addElement(DrawingPageProperties(**filled))
        document.automaticstyles.addElement(page)
        master = MasterPage(name="Standard", pagelayoutname=layout, stylename=page)
        document.masterstyles.addElement(master)
        fill(document, master)

    return _saved(OpenDocumentPresentation(), with_master)


def book(
    chapters: Mapping[str, str], *, title: str = "Carnet de bord", more: Mapping[str, str] | None = None
) -> bytes:
    """Return a .epub of these pages, the bodies of XHTML, by name; `more` are parts beside them."""
    items = "".join(
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></metadata>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {
        f"OEBPS/{name}": '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f"<title/></head><body>{body}</body></html>"
        for name, body in chapters.items()
    }
    given = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OEBPS/book.opf": package,
    }
    return zipped({**given, **pages, **(more or {})})


def _saved(document: Any, fill: Callable[[Any], None]) -> bytes:
    fill(document)
    made = BytesIO()
    document.write(made)
    return made.getvalue()
