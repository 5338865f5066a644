"""The extract: what a loader takes out of a file, in reading order, before it is cleaned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

Reason = Literal["white", "tiny", "off page", "invisible"]


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text, `start` to `end`, under one heading ("" above the first).

    A passage never crosses the end of a section. `page` is the 1-based page or slide that it begins on;
    `entry` is the id of the fiche that it is part of, if it is part of one.
    """

    heading: str
    start: int
    end: int
    page: int | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a reader of the file would not see, and why: it is left out and reported."""

    page: int | None
    text: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file as it stands there, its sections in order, and where each page begins in it.

    `pages` is empty when the format has none. `typeset` says that lines are broken where the page ended, and
    that words may be misread: `ingest.cleaning` mends both. `unread` are the 1-based pages that hold only an
    image; `pictures` are the bytes of those images, where the format keeps them apart (pages of a PDF are
    drawn instead). `fields` is the front matter of a Markdown file.
    """

    text: str
    sections: tuple[Section, ...]
    pages: tuple[int, ...] = ()
    title: str = ""
    typeset: bool = False
    hidden: tuple[Hidden, ...] = ()
    unread: tuple[int, ...] = ()
    pictures: Mapping[int, Sequence[bytes]] = field(default_factory=dict)
    fields: dict[str, object] | None = None


class Loader(Protocol):
    """Takes the text out of the bytes of one format.

    `file` is the name that errors show. Raises DocumentRefused by its subclasses: FileDamaged, FileEncrypted,
    FileEmpty when there is not even an image, FileInflated, FileTooLong. Nothing outside the bytes is read.
    """

    def __call__(self, content: bytes, *, file: str) -> Extract: ...


@dataclass
class Draft:
    """An extract in the making: pages, headings, paragraphs and rows are put down in reading order.

    The same headings stand in the text of no passage: they go beside it, as `Section.heading`.
    """

    title: str = ""
    typeset: bool = False
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _pages: list[int] = field(default_factory=list)
    _sections: list[Section] = field(default_factory=list)
    _hidden: list[Hidden] = field(default_factory=list)
    _unread: list[int] = field(default_factory=list)
    _pictures: dict[int, Sequence[bytes]] = field(default_factory=dict)
    _heading: str = ""
    _start: int | None = None

    @property
    def page_number(self) -> int | None:
        """The page that is being written, 1-based, None before the first."""
        return len(self._pages) or None

    def page(self, *, unread: bool = False) -> None:
        """Begin the next page or slide; its text will be a section of its own under the heading in force.

        `unread` says that it holds only an image.
        """
        self._close()
        self._pages.append(self._length)
        if unread:
            self._unread.append(len(self._pages))

    def picture(self, *images: bytes) -> None:
        """Say that the page holds only these pictures, in reading order: its text must be read by OCR."""
        number = len(self._pages)
        self._unread.append(number)
        self._pictures[number] = images

    def heading(self, text: str) -> None:
        """Begin a section; "" goes back to none."""
        self._close()
        self._heading = " ".join(text.split())

    def paragraph(self, text: str) -> None:
        """Add a paragraph; line ends within it stay."""
        text = text.strip()
        if not text:
            return
        if self._start is None:
            self._start = self._length
        self._put(text + "\n\n")

    def row(self, text: str) -> None:
        """Add what is a passage by itself, such as a row of a table."""
        self._close()
        self.paragraph(text)
        self._close()

    def hide(self, text: str, reason: Reason) -> None:
        """Note a text that is left out because no reader would see it."""
        if text.strip():
            self._hidden.append(Hidden(self.page_number, " ".join(text.split()), reason))

    def finish(self) -> Extract:
        """Return the extract."""
        self._close()
        return Extract(
            text="".join(self._parts),
            sections=tuple(self._sections),
            pages=tuple(self._pages),
            title=" ".join(self.title.split()),
            typeset=self.typeset,
            hidden=tuple(self._hidden),
            unread=tuple(self._unread),
            pictures=self._pictures,
        )

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _close(self) -> None:
        if self._start is not None:
            self._sections.append(Section(self._heading, self._start, self._length, self.page_number))
            self._start = None
