"""Word documents, opened with python-docx: the maintained library that knows how their parts hang together.

Its `paragraphs` and `tables` come apart, and leave out footnotes, text boxes, links and tracked changes; so
the XML that it hands out is walked here, in the order of the page. (pandoc and LibreOffice would be programs
of their own, mammoth makes HTML of it and drops what is hidden without a word.)
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import takewhile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree

from ingest.extract import Draft, Extract, Reason
from ingest.loaders.archive import checked, local_name, parse_xml
from ingest.loaders.colours import is_white
from ingest.loaders.docx_styles import Styles, W, is_filled, is_shaded
from ingest.loaders.reading import finished, reading, with_target, write_heading
from ingest.loaders.rows import write_rows

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BOX = W + "txbxContent"
_NOTES = {
    "footnoteReference": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnoteReference": RELATIONSHIP_TYPE.ENDNOTES,
}
# They only mark what is in them; `del` and `moveFrom`, which are not here, hold what was taken out.
_WRAPPERS = frozenset({"ins", "moveTo", "smartTag", "sdtContent", "customXml", "fldSimple", "bdo", "dir"})
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def load(content: bytes, *, file: str) -> Extract:
    """Read a .docx file as it is after its tracked changes, without headers and footers; it has no pages."""
    checked(content, file=file).close()
    draft = Draft()
    with reading("a Word document", file=file):
        document = Document(io.BytesIO(content))
        writer = _Writer(
            draft,
            Styles(document.styles.element),
            {name: _notes(document, kind, file=file) for name, kind in _NOTES.items()},
            {id_: link.target_ref for id_, link in document.part.rels.items() if link.is_external},
        )
        writer.blocks(document.element.body, backed=_has_background(document))
    return finished(draft, file=file)


@dataclass(slots=True)
class _Line:
    """The text of a paragraph, and what hangs on it."""

    words: list[str] = field(default_factory=list)
    hidden: dict[Reason, list[str]] = field(default_factory=lambda: defaultdict(list))
    notes: list[etree._Element] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Writer:
    draft: Draft
    styles: Styles
    notes: Mapping[str, Mapping[str, etree._Element]]
    links: Mapping[str, str]

    def blocks(self, parent: etree._Element, *, backed: bool) -> None:
        """Write paragraphs and tables; `backed` says that they stand on a colour."""
        for block in _unwrapped(parent):
            if local_name(block) == "p":
                self.paragraph(block, backed=backed)
            elif local_name(block) == "tbl":
                self.table(block, backed=backed or self.styles.colours(block))

    def paragraph(self, paragraph: etree._Element, *, backed: bool) -> None:
        line = self.line(paragraph, backed=backed)
        text = "".join(line.words)
        if self.styles.is_title(paragraph) and not self.draft.title:
            self.draft.title = " ".join(text.split())
        elif self.styles.is_heading(paragraph):
            write_heading(self.draft, text)
        elif not self.styles.is_contents(paragraph):
            self.draft.paragraph(text)
        self.hangers(line, paragraph, backed=backed)

    def hangers(self, line: _Line, holder: etree._Element, *, backed: bool) -> None:
        """Write what hangs on a line: the notes it calls and the text boxes that are anchored in it."""
        for reason, words in line.hidden.items():
            self.draft.hide("".join(words), reason)
        for note in line.notes:
            self.blocks(note, backed=False)
        for box in line.boxes:
            shape = next(
                parent for parent in box.iterancestors() if local_name(parent) not in {"txbx", "textbox"}
            )
            behind = (
                backed
                or any(True for _ in holder.iter("{*}pic"))
                or any(is_filled(other) for other in holder.iter("{*}wsp") if other is not shape)
            )
            self.blocks(box, backed=is_filled(shape, otherwise=behind))

    def line(self, paragraph: etree._Element, *, backed: bool) -> _Line:
        line = _Line()
        self._inline(paragraph, paragraph, line, backed=backed)
        return line

    def table(self, table: etree._Element, *, backed: bool) -> None:
        rows = [row for row in _unwrapped(table) if local_name(row) == "tr" and not _is_deleted(row)]
        cells = [[cell for cell in _unwrapped(row) if local_name(cell) == "tc"] for row in rows]
        headed = any(self.styles.is_heading(text) for text in table.iter(W + "p"))
        if headed or max(map(len, cells), default=0) < 2:  # it only lays text out
            for cell in (cell for row in cells for cell in row):
                self.blocks(cell, backed=backed or is_shaded(cell.find(f"{W}tcPr/{W}shd")))
            return
        marked = rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        hanging: list[_Line] = []
        texts = list(self._texts(cells, hanging, backed=backed))
        write_rows(self.draft, texts, header=True if marked else None)
        for line in hanging:
            self.hangers(line, table, backed=backed)

    def _texts(
        self, rows: list[list[etree._Element]], hanging: list[_Line], *, backed: bool
    ) -> Iterator[list[str]]:
        """Yield the texts of each row, a tall cell's in each of its rows, a wide one's in its first."""
        above: list[str] = []
        for row in rows:
            texts: list[str] = []
            for cell in row:
                merged = cell.find(f"{W}tcPr/{W}vMerge")
                lines = [
                    self.line(text, backed=backed or is_shaded(cell.find(f"{W}tcPr/{W}shd")))
                    for text in cell.iter(W + "p")
                    if not any(parent.tag == _BOX for parent in _between(text, cell))
                ]
                hanging += lines
                text = " ".join("".join(line.words) for line in lines)
                if merged is not None and merged.get(W + "val", "continue") == "continue":
                    text = above[len(texts)] if len(texts) < len(above) else ""
                wide = cell.find(f"{W}tcPr/{W}gridSpan")
                texts += [
                    text,
                    *[""] * (min(int(wide.get(W + "val", "1")), 64) - 1 if wide is not None else 0),
                ]
            above = texts
            yield texts

    def _inline(self, node: etree._Element, paragraph: etree._Element, line: _Line, *, backed: bool) -> None:
        for child in _unwrapped(node):
            match local_name(child):
                case "r":
                    reason = self.styles.hidden(child, paragraph, backed=backed)
                    words = self._run(child, line)
                    (line.hidden[reason] if reason else line.words).append(words)
                case "hyperlink":
                    start = len(line.words)
                    self._inline(child, paragraph, line, backed=backed)
                    text = "".join(line.words[start:])
                    line.words[start:] = [with_target(text, self.links.get(child.get(_ID, ""), ""))]
                case "oMath" | "oMathPara":
                    line.words += [text.text or "" for text in child.iter("{*}t")]

    def _run(self, run: etree._Element, line: _Line) -> str:
        """Return the words of a run; notes and text boxes go to the line."""
        words: list[str] = []
        for child in run:
            name = local_name(child)
            if name == "t":
                words.append(child.text or "")
            elif name in self.notes:
                if (note := self.notes[name].get(child.get(W + "id", ""))) is not None:
                    line.notes.append(note)
            elif name in {"drawing", "pict", "object", "AlternateContent"}:
                line.boxes += _boxes(child)
            else:
                words.append(_SIGNS.get(name, ""))
        return "".join(words)


def _unwrapped(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children, and in place of what wraps some, these; no contents list, nothing deleted."""
    for child in parent:
        name = local_name(child)
        if name == "sdt":
            gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
            if gallery is None or gallery.get(W + "val") != "Table of Contents":
                yield from (part for inner in child.iterfind(W + "sdtContent") for part in _unwrapped(inner))
        elif name in _WRAPPERS:
            yield from _unwrapped(child)
        else:
            yield child


def _is_deleted(row: etree._Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _boxes(drawing: etree._Element) -> list[etree._Element]:
    """Return the text boxes of a drawing that are not in one another; of two ways to draw it, the newer."""
    choice = drawing.find("{*}Choice")
    holder = choice if choice is not None and choice.find(f".//{_BOX}") is not None else drawing
    outer = [box for box in holder.iter(_BOX) if not any(part.tag == _BOX for part in _between(box, holder))]
    return [
        box
        for box in outer
        if holder is choice or not any(local_name(p) == "Choice" for p in _between(box, holder))
    ]


def _between(inner: etree._Element, outer: etree._Element) -> Iterator[etree._Element]:
    return takewhile(lambda parent: parent is not outer, inner.iterancestors())


def _notes(document: WordDocument, kind: str, *, file: str) -> dict[str, etree._Element]:
    """Return the footnotes or endnotes by their id; the lines that part them from the text have a type."""
    parts = [link.target_part for link in document.part.rels.values() if link.reltype == kind]
    return {
        note.get(W + "id", ""): note
        for part in parts
        for note in parse_xml(part.blob, file=file, name=str(part.partname))
        if note.get(W + "type", "normal") == "normal"
    }


def _has_background(document: WordDocument) -> bool:
    """Say whether the pages have a colour, and show it."""
    background = document.element.find(W + "background")
    shown = document.settings.element.find(W + "displayBackgroundShape") is not None
    return background is not None and shown and not is_white(background.get(W + "color", "FFFFFF"))
