"""Plain text: its encoding is told, form feeds end pages, and what is no text is refused."""

from __future__ import annotations

import codecs

import pytest

from corpus.errors import FileEmpty, FileNotText
from ingest.loaders.text import decode, load

NOTE = "Les marées d’Œuf-sur-Mer montent à 7 h.\nElles coûtent 3 € l'heure."


@pytest.mark.parametrize(
    "content",
    [
        NOTE.encode(),
        codecs.BOM_UTF8 + NOTE.encode(),
        codecs.BOM_UTF16_LE + NOTE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + NOTE.encode("utf-16-be"),
        NOTE.encode("utf-16-le"),
        NOTE.encode("utf-16-be"),
        NOTE.encode("cp1252"),
    ],
)
def test_the_encodings_of_windows_and_of_the_web_are_read(content: bytes) -> None:
    assert decode(content, file="note.txt") == NOTE


@pytest.mark.parametrize(
    ("content", "offset"),
    [
        (b"PK\x03\x04\x00\x00 rest of an archive", 4),
        (b"\x01\x02\x03" * 30 + b"ab", 0),
        (b"texte" * 3 + b"\x81 apr\xe8s", 15),
        ("La marée des équinoxes, à Étretat".encode() + b"\xff fin", 37),
        (codecs.BOM_UTF16_LE + "marée".encode("utf-16-le") + b"\x00", 12),
        (codecs.BOM_UTF16_LE + "ma\x00rée".encode("utf-16-le"), 6),
        ("ma\x01\x02\x03é".encode(), 2),
    ],
)
def test_what_is_no_text_is_refused_at_its_first_wrong_byte(content: bytes, offset: int) -> None:
    with pytest.raises(FileNotText) as raised:
        decode(content, file="note.txt")
    assert raised.value.fields["offset"] == offset


def test_a_single_stray_control_character_does_not_refuse_a_text() -> None:
    assert "\x02" in decode((NOTE * 5 + "\x02").encode(), file="note.txt")


@pytest.mark.parametrize(
    "content", [b"", b" \n\t\r\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b" \x00\n\x00"]
)
def test_an_empty_file_is_refused(content: bytes) -> None:
    with pytest.raises(FileEmpty):
        decode(content, file="note.txt")


def test_a_text_without_form_feed_is_one_section_without_pages() -> None:
    extract = load(b"Un\r\n\r\nDeux\rTrois", file="note.txt")
    assert extract.text == "Un\n\nDeux\nTrois\n\n"
    assert extract.typeset
    assert (extract.pages, len(extract.sections)) == ((), 1)


def test_each_form_feed_begins_a_page() -> None:
    extract = load(b"Un\fDeux\f\fQuatre\f", file="note.txt")
    assert extract.pages == (0, 4, 10, 10)
    assert [extract.text[one.start : one.end].strip() for one in extract.sections] == ["Un", "Deux", "Quatre"]


def test_a_text_of_form_feeds_and_blanks_is_empty() -> None:
    with pytest.raises(FileEmpty):
        load(b"\f\f \f", file="note.txt")
