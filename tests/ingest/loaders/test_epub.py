"""EPUB: chapters in the order of the book, and books under protection refused."""

from __future__ import annotations

import pytest

from corpus.errors import FileDamaged, FileEmpty, FileEncrypted
from ingest.loaders.epub import load
from tests.ingest.loaders.offices import book, with_part, zipped

FILE = "carnet.epub"
ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
    '<EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
    '<EncryptionMethod Algorithm="{algorithm}"/></EncryptedData></encryption>'
)
PACKAGE = "OEBPS/book.opf"


def test_chapters_are_read_in_the_order_of_the_spine() -> None:
    extract = load(
        book({"b.xhtml": "<h1>Un</h1><p>Premier.</p>", "a é.xhtml": "<h2>Deux</h2><p>Second.</p>"}), file=FILE
    )
    assert extract.title == "Carnet de bord"
    sections = [(one.heading, extract.text[one.start : one.end].strip()) for one in extract.sections]
    assert sections == [("Un", "Premier."), ("Deux", "Second.")]
    assert extract.pages == ()


def test_a_chapter_keeps_its_own_headers_and_notes_but_no_menu() -> None:
    body = "<header><p>Chapeau.</p></header><aside>Note.</aside><nav>Sommaire</nav><p>Texte.</p>"
    body += "<p hidden=''>Non</p>"
    extract = load(book({"a.xhtml": body}), file=FILE)
    assert extract.text.split("\n\n") == ["Chapeau.", "Note.", "Texte.", ""]
    assert [one.text for one in extract.hidden] == ["Non"]


def test_places_are_relative_to_the_package_and_percent_encoded() -> None:
    content = book({"a.xhtml": "<p>Ici.</p>"}, more={"texte/b c.xhtml": "<p>Ailleurs.</p>"})
    content = with_part(
        content, PACKAGE, lambda part: part.replace(b'"a.xhtml"', b'"../texte/b%20c.xhtml#x"')
    )
    assert load(content, file=FILE).text.strip() == "Ailleurs."


def test_the_table_of_contents_is_left_out() -> None:
    content = book({"a.xhtml": "<p>Sommaire</p>", "b.xhtml": "<p>Texte.</p>"})
    content = with_part(
        content, PACKAGE, lambda part: part.replace(b'<item id="c0"', b'<item properties="nav" id="c0"')
    )
    assert load(content, file=FILE).text.strip() == "Texte."


def test_a_book_under_protection_is_refused_and_scrambled_fonts_are_no_protection() -> None:
    chapters = {"a.xhtml": "<p>Texte.</p>"}
    drm = ENCRYPTION.format(algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(FileEncrypted):
        load(book(chapters, more={"META-INF/encryption.xml": drm}), file=FILE)
    fonts = ENCRYPTION.format(algorithm="http://www.idpf.org/2008/embedding")
    assert load(book(chapters, more={"META-INF/encryption.xml": fonts}), file=FILE).text


def test_damaged_and_empty_books_are_refused() -> None:
    with pytest.raises(FileDamaged, match="container"):
        load(zipped({"a": "b"}), file=FILE)
    with pytest.raises(FileDamaged, match="is missing"):
        load(
            with_part(book({"a.xhtml": "x"}), PACKAGE, lambda part: part.replace(b"a.xhtml", b"z.xhtml")),
            file=FILE,
        )
    with pytest.raises(FileDamaged, match="not well-formed"):
        load(with_part(book({"a.xhtml": "x"}), PACKAGE, lambda part: part[:-9]), file=FILE)
    with pytest.raises(FileEmpty):
        load(book({"a.xhtml": "<img src='x.png'/>"}), file=FILE)
