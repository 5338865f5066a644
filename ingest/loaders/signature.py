"""Signatures: the first bytes of a file tell its format, whatever its name says.

No library: libmagic knows a thousand formats and brings a C library; the dozen that get renamed by mistake
are told by a dozen prefixes.
"""

from __future__ import annotations

from corpus.errors import FileDamaged

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (bytes.fromhex("d0cf11e0a1b11ae1"), "an Office document of before 2007"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF87a", "an image"),
    (b"GIF89a", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_ZIPS = frozenset({".docx", ".pptx", ".xlsx", ".odt", ".odp", ".epub"})
_IMAGES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp", ".gif"})
_OFFICE = frozenset({".docx", ".pptx", ".xlsx"})
# Markdown and plain text may well begin with a tag.
_TEXTS = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".xhtml"})
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


def check(content: bytes, *, suffix: str, file: str) -> None:
    """Raise FileDamaged when the first bytes tell another format than the suffix.

    What begins like nothing known is let through: its loader says what is wrong with it.
    """
    begins = _told_by(content)
    if begins is not None and not _may_be(begins, content, suffix=suffix.lower()):
        raise FileDamaged(file=file, reason=f"it begins like {begins}")


def _told_by(content: bytes) -> str | None:
    head = content[:64]
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for signature, name in _SIGNATURES:
        if (plain if name == "a web page" else head).startswith(signature):
            return name
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "an image"
    # Two letters begin many a text too ("BMW", "MZ"), but a text has no zero byte so early.
    if b"\x00" in head and head.startswith(b"BM"):
        return "an image"
    if b"\x00" in head and head.startswith(b"MZ"):
        return "a program"
    return None


def _may_be(begins: str, content: bytes, *, suffix: str) -> bool:
    if begins == "a PDF":
        return suffix == ".pdf"
    if begins == "a zip archive":
        return suffix in _ZIPS
    if begins == "an image":
        return suffix in _IMAGES  # a JPEG named .png opens everywhere
    if begins == "a web page":
        return suffix in _TEXTS
    # A password turns an Office document into such a container: the loader says so.
    return begins.startswith("an Office") and suffix in _OFFICE and _ENCRYPTED_PACKAGE in content
