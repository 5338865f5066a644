"""What is asked of the reader, and where the words that are looked for stand in a document's text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ui.reader.address import CUT
from ui.reader.leaves import Leaf, Leaves
from ui.reader.matching import match

Span = tuple[int, int]
_LONGEST = 600  # characters of a quote
_NUMBER = re.compile(r"[0-9]{1,9}")
_END = re.compile(r"(?<=[.!?…])[»\"”)\]]*(?=\s|\Z)|\n\s*\n|\Z")
_TAIL = re.compile(r"[^\w\s]*\Z")
_FARTHEST = 500  # characters from where a quote was cut to where its sentence ends
_SEARCHED = 2_000_000  # characters


@dataclass(frozen=True, slots=True)
class Asked:
    """A page, from 1, some words, and where about in the text they stand; each may be missing."""

    page: int | None = None
    quote: str = ""
    at: int | None = None


def read_asked(*, page: str, quote: str, at: str) -> Asked:
    """Return what an address asks for; what makes no sense in it is left out."""
    number = int(page) if _NUMBER.fullmatch(page) else None
    return Asked(
        page=number or None,
        quote=" ".join(quote[: 2 * _LONGEST].split())[:_LONGEST],
        at=int(at) if _NUMBER.fullmatch(at) else None,
    )


def find_words(asked: Asked, text: str, leaves: Leaves) -> Span | None:
    """Return where the words asked for stand in a text, None when they do not.

    They are looked for on their page first. A quote that the address cut is found to the end of its sentence.
    """
    words = asked.quote.removesuffix(CUT)
    if not words:
        return None
    leaf = leaves.of(asked.page) if asked.page and leaves.are_pages else None
    near = asked.at if asked.at is not None else leaf.start if leaf else 0
    found = (leaf and _within(words, text, leaf, near)) or _within(
        words, text, Leaf(1, 0, min(len(text), _SEARCHED)), near
    )
    if found and asked.quote.endswith(CUT):
        end = _END.search(text, found[1], min(len(text), found[1] + _FARTHEST))
        return found[0], end.end() if end else found[1]
    return _to_its_end(words, text, found) if found else None


def _to_its_end(words: str, text: str, found: Span) -> Span:
    """Return a span of letters with the full stop, and the like, that the words end with."""
    start, end = found
    tail = _TAIL.search(words)
    for mark in tail.group() if tail else "":
        end += text[end : end + 1] == mark
    return start, end


def _within(words: str, text: str, leaf: Leaf, near: int) -> Span | None:
    found = match(words, text[leaf.start : leaf.end], near=max(0, near - leaf.start))
    if found is None or not found.is_whole:
        return None
    return leaf.start + found.spans[0][0], leaf.start + found.spans[-1][1]
