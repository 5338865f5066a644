"""Signatures: a file that begins like another format than its suffix says is refused."""

from __future__ import annotations

import pytest

from corpus.errors import FileDamaged
from ingest.loaders.signature import check
from tests.ingest.loaders.offices import zipped

PNG = b"\x89PNG\r\n\x1a\n" + bytes(8)
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(64)
ZIP = zipped({"a": "b"})


@pytest.mark.parametrize(
    ("content", "suffix", "reason"),
    [
        (b"%PDF-1.7\n", ".docx", "a PDF"),
        (b"%PDF-1.7\n", ".txt", "a PDF"),
        (ZIP, ".pdf", "a zip archive"),
        (ZIP, ".csv", "a zip archive"),
        (PNG, ".pdf", "an image"),
        (b"\xff\xd8\xff\xe0", ".html", "an image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", ".md", "an image"),
        (b"BM\x36\x00\x00\x00", ".txt", "an image"),
        (OLE, ".docx", "an Office document of before 2007"),
        (OLE, ".odt", "an Office document of before 2007"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ".odt", "an Office document of before 2007"),
        (b"{\\rtf1\\ansi", ".docx", "an RTF document"),
        (b"\x7fELF\x02\x01", ".pdf", "a program"),
        (b"\x7fELF\x02\x01", ".txt", "a program"),
        (b"MZ\x90\x00\x03\x00", ".docx", "a program"),
        (b"\x1f\x8b\x08\x00", ".epub", "a gzip archive"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><title>", ".docx", "a web page"),
        (b"<html>", ".xlsx", "a web page"),
        (b"<html>", ".csv", "a web page"),
    ],
)
def test_another_format_than_the_suffix_is_named(content: bytes, suffix: str, reason: str) -> None:
    with pytest.raises(FileDamaged, match=f"begins like {reason}"):
        check(content, suffix=suffix, file=f"carnet{suffix}")


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"%PDF-1.7\n", ".PDF"),
        (ZIP, ".docx"),
        (ZIP, ".epub"),
        (PNG, ".png"),
        (PNG, ".jpg"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), ".docx"),
        (b"<!doctype html>", ".html"),
        (b"<html>", ".md"),
        (b"BMW et MZ roulent", ".txt"),
        (b"", ".pdf"),
        (b"\x00\x01garbage", ".docx"),
    ],
)
def test_the_right_format_and_the_unknown_pass(content: bytes, suffix: str) -> None:
    check(content, suffix=suffix, file="carnet")
