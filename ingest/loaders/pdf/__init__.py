"""PDF: the text that a reader sees, in the order of reading, with its headings, tables and pages.

pypdfium2 was chosen: Chromium's engine, ten times as fast as pdfminer, under BSD and Apache licences where
pymupdf is AGPL, and the only one that can also draw a page to tell what is hidden on it. It gives characters
with places; `lines`, `columns` and `paragraphs` make text of them, pdfplumber's finder the ruled
tables. Annotations, attachments and scripts are not looked at. pdfium is not safe for threads: one call at a
time in a process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

from corpus.errors import FileDamaged, FileEmpty, FileEncrypted, FileTooLong
from ingest.extract import Draft, Extract, Reason
from ingest.loaders.pdf.columns import in_order
from ingest.loaders.pdf.drawings import Drawings, covered, read_drawings
from ingest.loaders.pdf.glyphs import Frame, Written, read_glyphs, turned
from ingest.loaders.pdf.hidden import reasons
from ingest.loaders.pdf.lines import Line, read_lines
from ingest.loaders.pdf.margins import without_margins
from ingest.loaders.pdf.paragraphs import Body, Item, read_items
from ingest.loaders.pdf.tables import find_ruled, holds, read_ruled
from ingest.loaders.reading import finished, reading

PAGE_LIMIT = 5_000
_MOST_OF_PAGE = 0.5
_FEW_LETTERS = 10
_OUTLINES = 100  # letters drawn as paths: a page of nothing else must be read by OCR
_START = 1024  # bytes within which a PDF says what it is
_JUNK_TITLE = re.compile(
    r"\.(?:docx?|pptx?|xlsx?|odt|indd|pdf|tex|dvi)\b|^microsoft|^untitled|^sans titre", re.I
)


@dataclass(slots=True)
class _Page:
    """A page as read: lines of its main direction and, apart, of others, hidden texts, and top and bottom."""

    lines: list[Line] = field(default_factory=list)
    others: list[list[Line]] = field(default_factory=list)
    hidden: list[tuple[str, Reason]] = field(default_factory=list)
    height: tuple[float, float] = (0.0, 0.0)
    unread: bool = False


def load(content: bytes, *, file: str) -> Extract:
    """Read a PDF.

    Raises FileEmpty, FileDamaged, FileTooLong, and FileEncrypted unless the empty password opens it.
    """
    with opened(content, file=file) as document:
        pages = [_read(document, index, file=file) for index in range(len(document))]
        told = str(document.get_metadata_dict().get("Title", ""))
    body = _body(pages)
    kept = without_margins(
        [page.lines for page in pages], heights=[page.height for page in pages], body=body.size
    )
    items = []
    for page, lines in zip(pages, kept, strict=True):
        columns = [column for group in (lines, *page.others) for column in in_order(group)]
        items.append(read_items(columns, body))
    return finished(_write(pages, items, title=told), file=file)


@contextmanager
def opened(content: bytes, *, file: str) -> Iterator[pdfium.PdfDocument]:
    """Open a PDF of at most `PAGE_LIMIT` pages; what the library raises within is FileDamaged."""
    if not content.strip():
        raise FileEmpty(file=file)
    if b"%PDF-" not in content[:_START]:
        raise FileDamaged(file=file, reason="it does not begin as a PDF does")
    if _is_cut_short(content):
        raise FileDamaged(file=file, reason="its end is missing")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise FileEncrypted(file=file) from error
        raise FileDamaged(file=file, reason="its structure cannot be read") from error
    try:
        with reading("a PDF", file=file):
            if len(document) > PAGE_LIMIT:
                raise FileTooLong(file=file, count=len(document), limit=PAGE_LIMIT)
            yield document
    finally:
        document.close()


def _is_cut_short(content: bytes) -> bool:
    """Say whether the end is missing. pdfium would mend such a file without a word, and lose pages."""
    end = max(content.rfind(b"%%EOF"), content.rfind(b"startxref"))
    if end < 0 or b" obj" in content[end:]:
        return True
    # A file made for the web has such an end near its beginning too, and says its own length.
    length = re.search(rb"/Linearized\b.{0,200}?/L\s+(\d{1,15})", content[:_START], re.DOTALL)
    return length is not None and int(length.group(1)) > len(content.rstrip()) + 2


def _read(document: pdfium.PdfDocument, index: int, *, file: str) -> _Page:
    try:
        page = document[index]
    except pdfium.PdfiumError as error:
        raise FileDamaged(file=file, reason=f"page {index + 1} cannot be read") from error
    try:
        text_page = page.get_textpage()
        try:
            return _take(page, read_glyphs(text_page))
        finally:
            text_page.close()
    finally:
        page.close()


def _take(page: pdfium.PdfPage, written: Written) -> _Page:
    """Return what a reader sees of a page, and what is hidden from him."""
    drawings, box = read_drawings(page), page.get_bbox()
    scan = covered(drawings.images, page=box) > _MOST_OF_PAGE
    why = reasons(page, written, scan=scan)
    found = _Page(hidden=_hidden(written, why))
    frame = Frame(written.angle)
    found.height = frame.box(*box)[1::2]
    seen = [glyph for glyph, reason in zip(written.glyphs, why, strict=True) if reason is None]
    letters = sum(glyph.char.isalnum() for glyph in seen)
    garbled = written.garbled > max(letters, _FEW_LETTERS)
    found.unread = _is_unread(drawings, letters=letters, scan=scan) or garbled
    if not garbled:
        _set_lines(found, Written(seen, written.styles, 0), drawings, frame)
    return found


def _is_unread(drawings: Drawings, *, letters: int, scan: bool) -> bool:
    if letters >= _FEW_LETTERS:
        return False
    return scan or (not letters and (bool(drawings.images) or drawings.paths >= _OUTLINES))


def _set_lines(page: _Page, written: Written, drawings: Drawings, frame: Frame) -> None:
    """Put the lines and tables of a page down, those that run another way than most apart."""
    angles: dict[int, list[int]] = {frame.angle: []}
    last = frame.angle
    for at, glyph in enumerate(written.glyphs):
        last = written.styles[glyph.style].angle if glyph.style >= 0 else last
        angles.setdefault(last, []).append(at)
    for angle, where in angles.items():
        glyphs = turned([written.glyphs[at] for at in where], Frame(angle))
        if angle != frame.angle:
            page.others.append(read_lines(glyphs, written.styles))
            continue
        for ruled in find_ruled(drawings.edges, frame):
            inside = [glyph for glyph in glyphs if holds(ruled.box, glyph)]
            table = read_ruled(ruled, inside, written.styles)
            if table:
                page.lines.append(table)
                glyphs = [glyph for glyph in glyphs if not holds(ruled.box, glyph)]
        page.lines += read_lines(glyphs, written.styles)


def _hidden(written: Written, why: Sequence[Reason | None]) -> list[tuple[str, Reason]]:
    """Return the hidden texts, a piece for each stretch with one reason; spaces belong to what is around."""
    told: list[tuple[str, Reason | None]] = []
    for glyph, reason in zip(written.glyphs, why, strict=True):
        space = glyph.char.isspace() and reason is None and told
        told.append((glyph.char, told[-1][1] if space else reason))
    pieces = []
    for reason, stretch in groupby(told, key=lambda pair: pair[1]):
        text = "".join(char for char, _ in stretch)
        if reason is not None and any(map(str.isalnum, text)):
            pieces.append((text, reason))
    return pieces


def _body(pages: Sequence[_Page]) -> Body:
    """Return how most letters of the document are set."""
    sizes: Counter[float] = Counter()
    bold = 0
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
            bold += len(line.text) if line.bold else 0
    common = sizes.most_common(1)
    return Body(common[0][0] if common else 0.0, bold > 0.4 * sizes.total())


def _write(pages: Sequence[_Page], items: Sequence[Sequence[Item]], *, title: str) -> Draft:
    """Write the pages down. A heading with nothing before the next one would be lost, and is a paragraph."""
    draft = Draft(title=_title(items, title), typeset=True)
    flat = [item for page in items for item in page]
    following = [item.kind for item in flat[1:]] + ["heading"]
    after = iter(following)
    for page, on_page in zip(pages, items, strict=True):
        draft.page(unread=page.unread)
        for text, reason in page.hidden:
            draft.hide(text, reason)
        for item in on_page:
            kind = next(after)
            if item.kind == "row":
                draft.row(item.text)
            elif item.kind == "paragraph":
                draft.paragraph(item.text)
            elif kind != "heading":
                draft.heading(item.text)
            elif " ".join(item.text.split()) != draft.title:
                draft.paragraph(item.text)
    return draft


def _title(items: Sequence[Sequence[Item]], told: str) -> str:
    """Return the title that the file names if its first page says it too, or that page's largest heading."""
    first = next((page for page in items if page), ())
    plain = " ".join(told.split())
    if (
        len(plain) > 3
        and plain.casefold() in " ".join(" ".join(item.text.split()) for item in first).casefold()
    ):
        return plain
    headings = [item for item in first if item.kind == "heading"]
    if headings:
        return " ".join(max(headings, key=lambda item: item.size).text.split())
    return "" if _JUNK_TITLE.search(plain) else plain
