"""The text of OpenDocument: paragraphs, lists and tables are the same in a text and on a slide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.extract import Draft, Reason
from ingest.loaders.archive import local_name
from ingest.loaders.odf_styles import DRAW, TABLE, TEXT, XLINK, Chain, Styles, hidden, named, paints
from ingest.loaders.reading import with_target, write_heading
from ingest.loaders.rows import write_rows

SHAPES = frozenset(
    {"frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "regular-polygon", "g", "line"}
)
_WRAPPERS = frozenset(
    {"list", "list-item", "list-header", "numbered-paragraph", "index-body", "bibliography"}
)
_ROWS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
# Indexes are made of the headings; the rest is no text of the page.
_LEFT_OUT = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "event-listeners",
        "script",
        "ruby-text",
        "title",
        "desc",
    }
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_BLANKS = 100


@dataclass(slots=True)
class _Line:
    """The text of a paragraph, and what hangs on it."""

    words: list[str] = field(default_factory=list)
    hidden: dict[Reason, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: list[etree._Element] = field(default_factory=list)
    shapes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TextWriter:
    """Writes blocks: `backed` says that they stand on a colour, `around` are the styles of their shape."""

    draft: Draft
    styles: Styles

    def blocks(self, parent: etree._Element, *, backed: bool = False, around: Chain = ()) -> None:
        """Write the paragraphs, lists, tables and shapes inside an element."""
        for block in parent:
            name = local_name(block)
            if name in {"p", "h"}:
                self.paragraph(block, backed=backed, around=around)
            elif name in _WRAPPERS:
                self.blocks(block, backed=backed, around=around)
            elif name == "section":
                if block.get(TEXT + "display", "true") == "true":
                    self.blocks(block, backed=backed, around=around)
                else:
                    self.draft.hide(all_text(block), "invisible")
            elif name == "table":
                self.table(block, backed=backed, around=around)
            elif name in SHAPES:
                self.shape(block, backed=backed)

    def shape(self, shape: etree._Element, *, backed: bool) -> None:
        """Write what is in a shape, a frame or a group of them."""
        if shape.get(DRAW + "display", "always") in {"none", "printer"}:
            self.draft.hide(all_text(shape), "invisible")
            return
        chain = self.styles.shape(shape)
        painted = paints(chain)
        backed = backed if painted is None else painted or (backed and not is_solid(chain))
        for holder in (shape, *shape.iterfind(DRAW + "text-box")):
            self.blocks(holder, backed=backed, around=chain)

    def paragraph(self, paragraph: etree._Element, *, backed: bool, around: Chain) -> None:
        """Write a paragraph or heading, then the notes that it calls and the shapes in it."""
        line = self.line(paragraph, backed=backed, around=around)
        text = "".join(line.words)
        title = "Title" in named(self.styles.chain("paragraph", paragraph.get(TEXT + "style-name")))
        if local_name(paragraph) == "h":
            write_heading(self.draft, text)
        elif title and not self.draft.title:
            self.draft.title = " ".join(text.split())
        else:
            self.draft.paragraph(text)
        self.hangers(line, backed=backed)

    def hangers(self, line: _Line, *, backed: bool) -> None:
        """Write what hangs on a line of text."""
        for reason, words in line.hidden.items():
            self.draft.hide("".join(words), reason)
        for note in line.notes:
            self.blocks(note)
        for shape in line.shapes:
            self.shape(shape, backed=backed)

    def line(self, paragraph: etree._Element, *, backed: bool, around: Chain) -> _Line:
        """Return the words of a paragraph, told from those that nobody sees."""
        line = _Line()
        chain = self.styles.chain("paragraph", paragraph.get(TEXT + "style-name"))
        self._inline(paragraph, (chain, around), line, backed=backed)
        marks = paragraph.iter(TEXT + "hidden-paragraph")
        if any(mark.get(TEXT + "is-hidden") == "true" for mark in marks):
            line.hidden["invisible"] += line.words
            line.words.clear()
        return line

    def table(self, table: etree._Element, *, backed: bool, around: Chain) -> None:
        """Write a table row by row; one of a single column, or with headings, only lays text out."""
        rows = [row for row in _rows(table) if not self._is_hidden(row)]
        cells = [list(_cells(row)) for row in rows]
        if max(map(len, cells), default=0) < 2 or next(table.iter(TEXT + "h"), None) is not None:
            for cell in (cell for row in cells for cell in row):
                self.blocks(cell, backed=self._is_backed(cell, backed), around=around)
            return
        hanging: list[_Line] = []
        texts = [list(self._texts(row, hanging, backed=backed, around=around)) for row in cells]
        _fill_tall(cells, texts)
        marked = local_name(_parent(rows[0])) == "table-header-rows"
        marked = marked or table.get(TABLE + "use-first-row-styles") == "true"
        write_rows(self.draft, texts, header=True if marked else None)
        for line in hanging:
            self.hangers(line, backed=backed)

    def _texts(
        self, row: list[etree._Element], hanging: list[_Line], *, backed: bool, around: Chain
    ) -> Iterator[str]:
        for cell in row:
            seen = self._is_backed(cell, backed)
            texts = [text for text in cell.iter(TEXT + "p", TEXT + "h") if not _is_aside(text, cell)]
            lines = [self.line(text, backed=seen, around=around) for text in texts]
            hanging += lines
            yield " ".join("".join(line.words) for line in lines)

    def _is_backed(self, cell: etree._Element, backed: bool) -> bool:
        painted = paints(self.styles.shape(cell))
        return backed if painted is None else painted

    def _is_hidden(self, row: etree._Element) -> bool:
        if row.get(TABLE + "visibility", "visible") == "visible":
            return False
        self.draft.hide(all_text(row), "invisible")
        return True

    def _inline(self, node: etree._Element, chains: tuple[Chain, ...], line: _Line, *, backed: bool) -> None:
        """Gather the words of an element, `chains` being the styles it is in, the nearest first."""
        reason = hidden(chains, backed=backed)
        words = line.hidden[reason] if reason else line.words
        words.append(_plain(node.text))
        for child in node:
            name = local_name(child)
            if name == "s":
                blanks = child.get(TEXT + "c", "1")
                words.append(" " * min(int(blanks), _MOST_BLANKS))
            elif name in {"tab", "line-break"}:
                words.append(" " if name == "tab" else "\n")
            elif name == "note":
                line.notes += child.iterfind(TEXT + "note-body")
            elif name == "hidden-text":
                text = child.get(TEXT + "string-value") or "".join(map(str, child.itertext()))
                shown = child.get(TEXT + "is-hidden") == "false"
                (words if shown else line.hidden["invisible"]).append(text)
            elif name in SHAPES:
                line.shapes.append(child)
            elif name == "a":
                start = len(line.words)
                self._inline(child, chains, line, backed=backed)
                text = "".join(line.words[start:])
                line.words[start:] = [with_target(text, child.get(XLINK + "href", ""))]
            elif name and name not in _LEFT_OUT:
                own = self.styles.chain("text", child.get(TEXT + "style-name")) if name == "span" else ()
                self._inline(child, (own, *chains), line, backed=backed)
            words.append(_plain(child.tail))


def is_solid(chain: Chain) -> bool:
    """Say whether a shape hides what is behind it."""
    return any(part.get(DRAW + "fill") == "solid" for style in chain for part in style)


def all_text(element: etree._Element) -> str:
    """Return all words inside, whatever they look like."""
    return " ".join(
        "".join(str(text) for text in part.itertext()) for part in element.iter(TEXT + "p", TEXT + "h")
    )


def _plain(text: str | None) -> str:
    """Return a text as it is shown: blanks and line ends in a row are one blank."""
    return _BLANKS.sub(" ", text) if text else ""


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    return element if parent is None else parent


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for part in table:
        if local_name(part) == "table-row":
            yield part
        elif local_name(part) in _ROWS:
            yield from _rows(part)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    """Yield the cells; of those that stand for several empty ones in a row, one for each of the first few."""
    for cell in row:
        if local_name(cell) in {"table-cell", "covered-table-cell"}:
            yield from [cell] * min(int(cell.get(TABLE + "number-columns-repeated", "1")), _MOST_BLANKS)


def _fill_tall(cells: list[list[etree._Element]], texts: list[list[str]]) -> None:
    """Put the text of a cell that is merged downwards into each of its rows."""
    left: dict[int, int] = {}
    for number, row in enumerate(cells):
        for column, cell in enumerate(row):
            if local_name(cell) == "table-cell":
                left[column] = int(cell.get(TABLE + "number-rows-spanned", "1"))
            elif left.get(column, 0) > 1 and number and column < len(texts[number - 1]):
                left[column] -= 1
                texts[number][column] = texts[number - 1][column]


def _is_aside(text: etree._Element, cell: etree._Element) -> bool:
    """Say whether a paragraph is in a note or a shape of the cell, which are written after the table."""
    for parent in text.iterancestors():
        if parent is cell:
            return False
        if local_name(parent) in {"note", "annotation", *SHAPES}:
            return True
    return False
