"""Notes to test with, and what is read back from their files."""

from __future__ import annotations

import ctypes
import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date

import pypdfium2
import pypdfium2.raw as pdfium

from assistant.answer import Answer
from corpus.documents import Language
from tests.ui.fakes import answer, citation
from ui.briefing.note import Note, note_of
from ui.briefing.tree import Node

DAY = date(2026, 12, 1)


def note(*answers: Answer, language: Language = "fr", **fields: object) -> Note:
    """Return a note of answers, each to its own question; without any, of one that cites Houlocoop."""
    exchanges = [(one.question, one) for one in answers or (answer(),)]
    return note_of(exchanges, language, house="L'Atelier des Marées", day=DAY, **fields)  # type: ignore[arg-type]


def two_sources(text: str) -> Answer:
    """Return an answer that may cite by two markers."""
    second = citation(2, page=None, quote="Elle est née en 2011.", theme=None, initiative=None)
    return answer(text, citations=(citation(), second))


def told(nodes: object) -> str:
    """Return the words of a part of the tree, without its footnotes."""
    if isinstance(nodes, list):
        return "".join(told(one) for one in nodes)
    if not isinstance(nodes, dict) or nodes["t"] in ("Note", "RawInline"):
        return ""
    if nodes["t"] == "Str":
        return str(nodes["c"])
    return " " if nodes["t"] == "Space" else told(nodes.get("c", []))


def kinds(nodes: object) -> list[str]:
    """Return the kind of each node of a part of the tree."""
    if isinstance(nodes, list):
        return [kind for one in nodes for kind in kinds(one)]
    if not isinstance(nodes, dict):
        return []
    return [nodes["t"], *kinds(nodes.get("c", []))] if "t" in nodes else []


def footnotes(nodes: Sequence[Node]) -> list[str]:
    """Return the words of each footnote, in order."""
    return [told(one["c"]) for one in _all(nodes) if one["t"] == "Note"]


def _all(nodes: object) -> list[Node]:
    if isinstance(nodes, list):
        return [found for one in nodes for found in _all(one)]
    return [nodes, *_all(nodes.get("c", []))] if isinstance(nodes, dict) and "t" in nodes else []


def part(file: bytes, name: str) -> str:
    """Return one part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return archive.read(name).decode("utf-8")


def word_text(file: bytes, name: str = "word/document.xml") -> str:
    """Return the words of one part of a Word file."""
    return " ".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", part(file, name)))


def word_links(file: bytes) -> list[str]:
    """Return where the links of a Word file lead."""
    relations = part(file, "word/_rels/document.xml.rels") + part(file, "word/_rels/footnotes.xml.rels")
    return [
        target
        for relation in re.findall(r"<Relationship [^>]*>", relations)
        if "External" in relation
        for target in re.findall(r"Target=\"([^\"]*)\"", relation)
    ]


def pdf_text(file: bytes) -> str:
    """Return the words of all pages of a PDF, lines joined."""
    document = pypdfium2.PdfDocument(file)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "\n")


def pdf_links(file: bytes) -> list[str]:
    """Return the web addresses that a PDF links to."""
    document = pypdfium2.PdfDocument(file)
    found = []
    for page in document:
        place, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, place, link):
            action = pdfium.FPDFLink_GetAction(link)
            size = pdfium.FPDFAction_GetURIPath(document.raw, action, None, 0)
            text = ctypes.create_string_buffer(size or 1)
            pdfium.FPDFAction_GetURIPath(document.raw, action, text, size)
            found += [text.value.decode("utf-8")] if size else []
    return found


def is_tagged(file: bytes) -> bool:
    """Say whether a PDF tells screen readers what is what."""
    document = pypdfium2.PdfDocument(file)
    return bool(pdfium.FPDFCatalog_IsTagged(document.raw))
