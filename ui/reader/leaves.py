"""Leaves: the text of a document cut into its pages, or parts, and each set as headings and paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus.records import Filed

Span = tuple[int, int]
Kind = Literal["heading", "paragraph", "item"]
LONGEST = 40_000
"""Characters of a part of a text that has no pages, or pages longer than this."""
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*")
_BULLET = re.compile(r"[ \t]*(?:[-*•–][ \t]+)(?=\S)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page or part of a text, by its number from 1, and where in the text it is."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leaves:
    """All that have text, in their order. `are_pages` says that the numbers are those of the file's pages."""

    all: tuple[Leaf, ...]
    are_pages: bool

    @property
    def count(self) -> int:
        """The number of the last."""
        return self.all[-1].number if self.all else 0

    def of(self, number: int) -> Leaf | None:
        """Return the leaf of a number, None when it has no text."""
        return next((one for one in self.all if one.number == number), None)

    def at(self, offset: int) -> Leaf | None:
        """Return the leaf that a place in the text is on, or that comes next."""
        return next((one for one in self.all if offset < one.end), self.all[-1] if self.all else None)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    kind: Kind
    pieces: tuple[Piece, ...]


def leaves_of(text: str, passages: Sequence[Filed]) -> Leaves:
    """Cut a text into its pages, as far as its passages say where they are and none is too long, or parts."""
    bounds: dict[int, Span] = {}
    for one in passages:
        if one.page is not None:
            start, end = bounds.get(one.page, (one.start, one.end))
            bounds[one.page] = min(start, one.start), max(end, one.end)
    if bounds and all(end - start <= LONGEST for start, end in bounds.values()):
        return Leaves(tuple(Leaf(page, *bounds[page]) for page in sorted(bounds)), are_pages=True)
    return Leaves(tuple(_parts(text)), are_pages=False)


def blocks_of(
    text: str, leaf: Leaf, passages: Sequence[Filed], *, title: str, marks: Sequence[Span], markdown: bool
) -> list[Block]:
    """Set the text of a leaf, with some spans of it marked.

    The headings are those of the passages' sections, and those that a Markdown text has itself; the title of
    the document is not said again.
    """
    said = title
    blocks: list[Block] = []
    headings = _headings(leaf, passages)
    for start, end in _stretches(text, leaf, list(headings)):
        if (heading := headings.get(start, "")) and heading != said:
            said = heading
            blocks.append(Block("heading", (Piece(heading),)))
        for kind, first, last in _lines(text, start, end, markdown=markdown):
            if kind == "heading":
                if text[first:last] != said:
                    said = text[first:last]
                    blocks.append(Block("heading", (Piece(said),)))
            else:
                blocks.append(Block(kind, tuple(_pieces(text, first, last, marks))))
    return blocks


def plain_block(text: str, marks: Sequence[Span]) -> Block:
    """Return a text as one paragraph, some spans of it marked."""
    return Block("paragraph", tuple(_pieces(text, 0, len(text), marks)))


def _parts(text: str) -> Iterator[Leaf]:
    start, number = 0, 1
    while start < len(text):
        end = start + LONGEST
        if end < len(text):
            cuts = (text.rfind(mark, start + LONGEST // 2, end) for mark in ("\n\n", "\n", " "))
            end = next((cut for cut in cuts if cut > 0), end)
        yield Leaf(number, start, min(end, len(text)))
        start, number = end, number + 1


def _headings(leaf: Leaf, passages: Sequence[Filed]) -> dict[int, str]:
    """Return where sections begin on a leaf, with their headings."""
    found: dict[int, str] = {}
    before = ""
    for one in passages:
        if one.start >= leaf.end:
            break
        if one.end > leaf.start and (one.section != before or not found):
            found[max(one.start, leaf.start)] = one.section
        before = one.section
    return found


def _stretches(text: str, leaf: Leaf, cuts: Sequence[int]) -> Iterator[Span]:
    """Yield the paragraphs of a leaf, cut where a section begins too."""
    edges = {leaf.start, leaf.end, *cuts}
    for gap in _PARAGRAPH.finditer(text, leaf.start, leaf.end):
        edges.add(gap.end())
    ordered = sorted(edges)
    yield from pairwise(ordered)


def _lines(text: str, start: int, end: int, *, markdown: bool) -> Iterator[tuple[Kind, int, int]]:
    """Yield what a paragraph is made of: items, headings in Markdown, and lines that belong together."""
    begun: int | None = None
    done = start
    for line in text[start:end].splitlines(keepends=True):
        bare = line.rstrip()
        heading = _HEADING.fullmatch(bare) if markdown else None
        bullet = _BULLET.match(bare)
        if heading or bullet or not bare:
            if begun is not None:
                yield "paragraph", begun, begun + len(text[begun:done].rstrip())
                begun = None
            if heading:
                yield "heading", done + heading.start(1), done + heading.end(1)
            elif bullet:
                yield "item", done + bullet.end(), done + len(bare)
        elif begun is None:
            begun = done
        done += len(line)
    if begun is not None:
        yield "paragraph", begun, begun + len(text[begun:done].rstrip())


def _pieces(text: str, start: int, end: int, marks: Sequence[Span]) -> Iterator[Piece]:
    done = start
    for first, last in sorted(marks):
        here, there = max(first, done), min(last, end)
        if here >= there:
            continue
        if here > done:
            yield Piece(text[done:here])
        yield Piece(text[here:there], marked=True)
        done = there
    if done < end:
        yield Piece(text[done:end])
