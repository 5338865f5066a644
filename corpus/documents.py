"""Documents and the passages cut from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as it is cited: one file, read and cleaned.

    `id` is unique in the index; `sha256` is that of the file's bytes.
    """

    id: str
    title: str
    file: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous slice of one document: the unit we embed, retrieve and cite.

    Offsets count characters, so `document.text[start:end] == text` always holds. `section` is the heading
    above it, empty when there is none; `themes` and `initiative` are ids of the catalogue. `entry` is the id
    of the fiche that the passage is part of, as its own document has it; the catalogue may know the same
    thing by another (`Catalogue.resolve`).
    """

    document_id: str
    title: str
    file: str
    text: str
    start: int
    end: int
    section: str = ""
    page: int | None = None
    themes: tuple[str, ...] = ()
    initiative: str | None = None
    entry: str | None = None

    @property
    def id(self) -> str:
        """The id in the index: the document's, and where the slice begins."""
        return f"{self.document_id}#{self.start}"

    @property
    def heading(self) -> str:
        """What it is embedded under: a slice alone often does not say what it is about."""
        return f"{self.title} — {self.section}" if self.section else self.title

    @property
    def embedded_text(self) -> str:
        """What the embedding model sees."""
        return f"{self.heading}\n{self.text}"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question, with a score that orders hits of one question, best highest."""

    passage: Passage
    score: float
