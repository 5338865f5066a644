"""Splitting: a document becomes passages, each a slice of its text under one heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from langchain_text_splitters import RecursiveCharacterTextSplitter

from corpus.documents import Document, Passage
from ingest.extract import Section

# Where a French or English text is best cut, first choice first; a separator stays with what precedes it.
_SEPARATORS = [r"\n\n", r"\n", r"(?<=[.!?…])\s+", r"(?<=[;:])\s+", r"(?<=,)\s+", r"\s+", ""]


def split(document: Document, sections: Sequence[Section], *, size: int) -> list[Passage]:
    """Return the passages of a document in reading order, at most `size` characters each.

    A passage never crosses a section, and is cut between paragraphs if it can be, else between sentences.
    """
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=size,
        chunk_overlap=0,
        separators=_SEPARATORS,
        is_separator_regex=True,
        keep_separator="end",
        strip_whitespace=False,
    )
    return [
        Passage(
            document_id=document.id,
            title=document.title,
            file=document.file,
            text=document.text[start:end],
            start=start,
            end=end,
            section=section.heading,
            page=section.page,
            entry=section.entry,
        )
        for section in sections
        for start, end in _slices(document.text, section, splitter)
    ]


def _slices(
    text: str, section: Section, splitter: RecursiveCharacterTextSplitter
) -> Iterator[tuple[int, int]]:
    position = section.start
    for piece in splitter.split_text(text[section.start : section.end]):
        start = text.index(piece, position)
        position = start + len(piece)
        bare = piece.strip()
        if bare:
            lead = len(piece) - len(piece.lstrip())
            yield start + lead, start + lead + len(bare)
