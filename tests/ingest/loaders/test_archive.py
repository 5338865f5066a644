"""Archives: bombs, passwords and forged lists are refused before anything is unpacked."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from corpus.errors import FileDamaged, FileEncrypted, FileInflated
from ingest.loaders import archive
from ingest.loaders.archive import checked, parse_xml, read
from tests.ingest.loaders.offices import zipped

FILE = "carnet.docx"


def test_a_sound_archive_is_opened() -> None:
    opened = checked(zipped({"a.txt": "marée", "b.xml": "<a/>"}), file=FILE)
    assert read(opened, "a.txt", file=FILE) == "marée".encode()


def test_an_entry_that_is_not_packed_is_read() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_STORED) as writer:
        writer.writestr("mimetype", "application/epub+zip")
    assert read(checked(made.getvalue(), file=FILE), "mimetype", file=FILE) == b"application/epub+zip"


def test_an_archive_that_declares_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "SIZE_LIMIT", 1000)
    with pytest.raises(FileInflated, match="would unpack to 1200 bytes, the limit is 1000"):
        checked(zipped({"a": b"0" * 600, "b": b"0" * 600}), file=FILE)
    assert checked(zipped({"a": b"0" * 600, "b": b"0" * 400}), file=FILE)


def test_an_archive_of_too_many_entries_is_refused() -> None:
    many = zipped({str(number): b"" for number in range(archive.ENTRY_LIMIT + 1)})
    with pytest.raises(FileInflated, match="10001"):
        checked(many, file=FILE)


def test_an_entry_that_is_larger_than_it_declares_is_refused() -> None:
    """The first kilobyte and its checksum are forged into the list, so that zipfile itself sees no harm."""
    bomb = zipped({"word/document.xml": b" " * 5_000_000})
    checksum, size = zlib.crc32(b" " * 5_000_000), 5_000_000
    forged = bomb.replace(struct.pack("<I", checksum), struct.pack("<I", zlib.crc32(b" " * 1024)))
    forged = forged.replace(struct.pack("<I", size), struct.pack("<I", 1024))
    with ZipFile(BytesIO(forged)) as trusting:
        assert len(trusting.read("word/document.xml")) == 1024
    with pytest.raises(FileDamaged, match=r"document\.xml has not the size that it declares"):
        checked(forged, file=FILE)


def test_an_encrypted_entry_is_refused() -> None:
    content = bytearray(zipped({"a.txt": "marée"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileEncrypted):
        checked(bytes(content), file=FILE)


def test_an_office_file_with_a_password_is_told_from_one_of_before_2007() -> None:
    with pytest.raises(FileEncrypted):
        checked(archive.OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), file=FILE)
    with pytest.raises(FileDamaged, match="before 2007"):
        checked(archive.OLE + bytes(600) + "WordDocument".encode("utf-16-le"), file=FILE)


# Named: an archive holds the time, and two workers would not agree on what the test is called.
@pytest.mark.parametrize(
    "content",
    [b"", b"Les marees", zipped({"a": "marée" * 100})[:-30], b"PK\x03\x04"],
    ids=["empty", "text", "cut off", "head alone"],
)
def test_what_is_no_whole_archive_is_refused(content: bytes) -> None:
    with pytest.raises(FileDamaged, match="zip archive"):
        checked(content, file=FILE)


def test_an_archive_whose_beginning_was_cut_off_is_refused() -> None:
    content = zipped({"a": bytes(range(256)) * 4, "b": "x"})
    with pytest.raises(FileDamaged):
        checked(content[40:], file=FILE)


def test_an_entry_packed_in_an_unusual_way_is_refused() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_BZIP2) as writer:
        writer.writestr("a.txt", "marée")
    with pytest.raises(FileDamaged, match="packed in an unusual way"):
        checked(made.getvalue(), file=FILE)


def test_a_corrupt_or_missing_entry_is_named() -> None:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as writer:
        writer.writestr("a.txt", "marée")
    content = made.getvalue()
    checksum = struct.pack("<I", zlib.crc32("marée".encode()))
    opened = checked(content.replace(checksum, b"abcd"), file=FILE)
    with pytest.raises(FileDamaged, match=r"a\.txt is corrupt"):
        read(opened, "a.txt", file=FILE)
    with pytest.raises(FileDamaged, match=r"b\.txt is missing"):
        read(opened, "b.txt", file=FILE)


LAUGHS = '<!DOCTYPE a [<!ENTITY b "marée"><!ENTITY c "&b;&b;">]><a>&c;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize("text", [LAUGHS, OUTSIDE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_part_that_declares_entities_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(FileDamaged, match="declares XML entities"):
        checked(zipped({"word/document.xml": text.encode(encoding)}), file=FILE)
    with pytest.raises(FileDamaged, match="declares XML entities"):
        parse_xml(text.encode(encoding), file=FILE, name="document.xml")


@pytest.mark.parametrize("padding", ["", " " * 3000])
def test_a_part_in_an_encoding_that_could_hide_entities_is_refused(padding: str) -> None:
    text = f'<?xml version="1.0"{padding} encoding="UTF-7"?><a/>'.encode() + LAUGHS.encode("utf-7")
    with pytest.raises(FileDamaged, match="unusual encoding"):
        checked(zipped({"a.xml": text}), file=FILE)
    with pytest.raises(FileDamaged, match="unusual encoding"):
        checked(zipped({"a.xml": f'<?xml version="1.0"?>{LAUGHS}'.encode("cp037")}), file=FILE)


def test_a_document_type_without_entities_is_not_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    root = parse_xml(
        b'<!DOCTYPE a PUBLIC "-//A//B" "http://127.0.0.1:9/a.dtd"><a>x</a>', file=FILE, name="a.xml"
    )
    assert root.text == "x"


def test_a_part_that_is_no_xml_is_named() -> None:
    with pytest.raises(FileDamaged, match=r"its part a\.xml is not well-formed XML"):
        parse_xml(b"<a><b></a>", file=FILE, name="a.xml")
