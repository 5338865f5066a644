"""Parsing: one file, read and cleaned in a process that may be ended for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import FileUnreadable, OcrMissing, PagesUnread
from ingest.assembly import Assembled, assemble
from ingest.loaders import loader_for, signature


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a file: the document, or None and the 1-based pages that must be read by OCR first."""

    document: Assembled | None
    unread: tuple[int, ...] = ()


def parse(path: Path, *, file: str, suffix: str, texts: Mapping[int, str] | None = None) -> Parsed:
    """Read the file at `path` by its suffix and clean it; `texts` are pages that were read by OCR.

    Raises DocumentRefused by its subclasses and CatalogueWrong, each naming the file.
    """
    content = _content(path, file=file)
    signature.check(content, suffix=suffix, file=file)
    extract = loader_for(suffix)(content, file=file)
    missing = None
    if texts is not None or extract.unread:
        from ingest.loaders import ocr  # slow to import: only what is an image needs it

        extract = ocr.fill(extract, dict(texts)) if texts is not None else extract
        missing = ocr.available() if extract.unread else None
    if extract.unread and texts is None and not missing:
        return Parsed(None, extract.unread)
    if extract.unread and missing and not extract.text.strip():
        raise OcrMissing(file=file, reason=missing)
    document = assemble(extract, file=file)
    if extract.unread and missing:
        pages = ", ".join(map(str, extract.unread))
        note = PagesUnread(file=file, pages=pages, reason=missing)
        document = replace(document, notes=(*document.notes, note))
    return Parsed(document)


def read_pages(path: Path, *, file: str, suffix: str, pages: tuple[int, ...]) -> dict[int, str]:
    """Return the text of some pages that hold only images, by page. Raises DocumentRefused."""
    from ingest.loaders import ocr

    content = _content(path, file=file)
    if suffix == ".pdf":
        return ocr.read_pages(content, file=file, pages=pages)
    pictures = loader_for(suffix)(content, file=file).pictures
    return {
        page: "\n\n".join(text for one in pictures.get(page, ()) for text in ocr.read_image(one, file=file))
        for page in pages
    }


def _content(path: Path, *, file: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=file, reason=error.strerror or str(error)) from error
