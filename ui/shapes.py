"""The shapes that an answer is laid out in, and the pieces of its text, for every face that shows one.

An answer quotes documents, and a document may hold anything: HTML, images and links of Markdown, odd
addresses. None of that is read as markup: only paragraphs, lists, tables, bold and italics are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from ui.text import unbroken

_SHAPES = ["table", "list", "emphasis", "escape", "newline"]
_MARKER_OR_LINK = re.compile(r"\[(?P<marker>\d{1,4})\]|(?P<link>https?://[^\s<>\"«»“”]+)")
# No marker begins a line.
_BEFORE_MARKER = re.compile(r" (?=\[\d{1,4}\])")
# Lists in lists on one line: beyond a depth markdown-it leaves out whatever follows.
_DEEP = re.compile(r"^((?:[ \t]*(?:[-+*]|\d{1,9}[.)])[ \t]+){3})([-+*]|\d{1,9}(?=[.)]))", re.MULTILINE)
_AFTER_LINK = ".,;:!?)]}'’"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: plain words, a marker such as `[1]`, or an address of the web as it is written."""

    kind: Literal["text", "marker", "link"]
    text: str

    @property
    def marker(self) -> int:
        """The number of a marker."""
        return int(self.text.strip("[]"))


def parser() -> MarkdownIt:
    """Return what parses the text of an answer into those shapes and no others."""
    markdown = MarkdownIt("zero").enable(_SHAPES)
    markdown.core.ruler.before("block", "shallow", _shallow)
    return markdown


def _shallow(state: StateCore) -> None:
    state.src = _DEEP.sub(lambda found: found[1] + _as_text(found[2]), state.src)


def _as_text(mark: str) -> str:
    return f"{mark}\\" if mark.isdigit() else f"\\{mark}"


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text in order, its typography kept from being parted at the end of a line."""
    place = 0
    text = unbroken(_BEFORE_MARKER.sub("\u00a0", text))
    for found in _MARKER_OR_LINK.finditer(text):
        whole = found[0] if found["marker"] else found["link"].rstrip(_AFTER_LINK)
        if found.start() > place:
            yield Piece("text", text[place : found.start()])
        yield Piece("marker" if found["marker"] else "link", whole)
        place = found.start() + len(whole)
    if place < len(text):
        yield Piece("text", text[place:])
