"""The spread: what the reader shows of a document at one time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from corpus.catalogue import Initiative, Theme
from corpus.errors import DocumentRefused, FileMissing
from corpus.records import DocumentRow, Filed
from ui.errors import OriginalAltered, PagesBusy, PageUnknown
from ui.reader.asked import Asked, Span, find_words
from ui.reader.drawing.sheet import Rectangle, Sheet
from ui.reader.leaves import Block, Leaf, Leaves, blocks_of, leaves_of, plain_block
from ui.reader.matching import Match, match
from ui.reader.shelf import Volume

_MARKDOWN = (".md", ".markdown")
_SLIDES = (".pptx", ".odp")
_MOST_TAGS = 6


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say of what is shown: the key of a phrase and what fills it."""

    key: str
    fields: dict[str, object] = field(default_factory=dict)
    is_doubt: bool = True


@dataclass(frozen=True, slots=True)
class Spread:
    """One page of a document: as a picture with places marked on it, if there is one, and as text.

    `unit` is "page", "slide" or "part". `count` is 0 when nothing is known of the document's pages. `unread`
    says that the words on the picture are being read by OCR. `goes_on` says that the words do, on a page
    before or after.
    """

    number: int
    count: int
    unit: str
    notes: tuple[Note, ...] = ()
    sheet: Sheet | None = None
    marks: tuple[Rectangle, ...] = ()
    unread: bool = False
    goes_on: bool = False
    blocks: tuple[Block, ...] = ()
    themes: tuple[Theme, ...] = ()
    initiatives: tuple[Initiative, ...] = ()

    @property
    def is_marked(self) -> bool:
        """Whether the words are marked somewhere in the text."""
        return any(piece.marked for block in self.blocks for piece in block.pieces)


class Sheets(Protocol):
    """Gives the pages of a document as they are drawn; raises as `Press.sheet` does."""

    def sheet(self, row: DocumentRow, page: int) -> Sheet: ...


def open_spread(volume: Volume, asked: Asked, sheets: Sheets | None) -> Spread:
    """Return what is shown of a document. `sheets` is None for one that is shown as text only."""
    leaves = leaves_of(volume.text, volume.passages)
    words = find_words(asked, volume.text, leaves)
    if sheets is not None:
        try:
            return _drawn(volume, asked, sheets, leaves, words)
        except DocumentRefused as reason:
            return _written(volume, asked, leaves, words, (_undrawn(reason),))
        except PagesBusy:
            return _written(volume, asked, leaves, words, (Note("reader.busy"),))
    return _written(volume, asked, leaves, words, ())


def _drawn(volume: Volume, asked: Asked, sheets: Sheets, leaves: Leaves, words: Span | None) -> Spread:
    """Return a page as it is drawn: the one asked for, or the next to it that has the words."""
    quote = volume.text[slice(*words)] if words else asked.quote
    leaf = leaves.at(words[0]) if words and leaves.are_pages else None
    wanted = asked.page or (leaf.number if leaf else 1)
    notes = []
    try:
        sheet = sheets.sheet(volume.row, wanted)
    except PageUnknown as unknown:
        wanted = int(str(unknown.fields["count"]))
        sheet = sheets.sheet(volume.row, wanted)
        notes.append(Note("reader.beyond", {"page": asked.page, "count": wanted}))
    number, sheet, found = _with_words(volume.row, wanted, sheet, quote, sheets)
    if number != wanted:
        notes.append(Note("reader.moved", {"page": number, "asked": wanted}, is_doubt=False))
    blocks = _text_of(volume, leaves, number, sheet, words, found)
    spread = Spread(
        number=number,
        count=sheet.count,
        unit="slide" if volume.row.file.lower().endswith(_SLIDES) else "page",
        sheet=sheet,
        marks=tuple(sheet.rectangles(found.spans)) if found else (),
        unread=bool(quote) and sheet.unread,
        goes_on=found is not None and not found.is_whole,
        blocks=blocks,
    )
    notes += _said_of_words(spread, quote)
    return _tagged(volume, spread, notes, words, leaves.of(number) if leaves.are_pages else None)


def _with_words(
    row: DocumentRow, wanted: int, sheet: Sheet, quote: str, sheets: Sheets
) -> tuple[int, Sheet, Match | None]:
    """Return the page that holds a quote: the one wanted unless one beside it holds more.

    A sentence that a page's end cuts is filed under the page that it begins on.
    """
    if not quote or sheet.unread:
        return wanted, sheet, None
    found = [(wanted, sheet, match(quote, sheet.text))]
    for number in (wanted + 1, wanted - 1):
        if any(one and one.is_whole for _, _, one in found) or not 1 <= number <= sheet.count:
            continue
        try:
            other = sheets.sheet(row, number)
        except (DocumentRefused, PagesBusy, PageUnknown):
            continue
        found.append((number, other, match(quote, other.text)))
    # Of two that hold a part, the one asked for is shown: the other is a step away.
    return max(found, key=lambda one: (one[2] is not None and one[2].is_whole, one[2] is not None))


def _text_of(
    volume: Volume, leaves: Leaves, number: int, sheet: Sheet, words: Span | None, found: Match | None
) -> tuple[Block, ...]:
    """Return the text of a drawn page: cleaned, unless its words are told under another page."""
    leaf = leaves.of(number) if leaves.are_pages else None
    holds = bool(leaf and words and words[0] < leaf.end and words[1] > leaf.start)
    if leaf is None or (found and not holds):
        return (plain_block(sheet.text, found.spans if found else ()),) if sheet.words else ()
    return _set(volume, leaf, words)


def _written(
    volume: Volume, asked: Asked, leaves: Leaves, words: Span | None, notes: Sequence[Note]
) -> Spread:
    """Return a page or part as text."""
    said = list(notes)
    if not volume.text:
        return Spread(asked.page or 1, 0, "page", notes=(*said, Note("reader.untold")))
    leaf = leaves.at(words[0]) if words else None
    if leaf is None and asked.page:
        leaf = leaves.of(asked.page)
        if leaf is None and asked.page > leaves.count:
            said.append(Note("reader.beyond", {"page": asked.page, "count": leaves.count}))
            leaf = leaves.all[-1]
    # A page without text lies between two that have some.
    leaf = leaf or next((one for one in leaves.all if one.number >= (asked.page or 1)), leaves.all[0])
    spread = Spread(
        number=leaf.number,
        count=leaves.count,
        unit="page" if leaves.are_pages else "part",
        blocks=_set(volume, leaf, words),
    )
    said += _said_of_words(spread, asked.quote)
    return _tagged(volume, spread, said, words, leaf)


def _set(volume: Volume, leaf: Leaf, words: Span | None) -> tuple[Block, ...]:
    return tuple(
        blocks_of(
            volume.text,
            leaf,
            volume.passages,
            title=volume.row.title,
            marks=[words] if words else [],
            markdown=volume.row.file.lower().endswith(_MARKDOWN),
        )
    )


def _said_of_words(spread: Spread, quote: str) -> list[Note]:
    """Say where the words are, when they are not simply marked on the page."""
    if not quote:
        return []
    if spread.goes_on:
        return [Note("reader.partly", is_doubt=False)]
    if spread.unread:
        return [Note("reader.unread" if spread.is_marked else "reader.unread.lost", is_doubt=False)]
    if spread.sheet is not None and not spread.marks:
        return [Note("reader.unseen" if spread.is_marked else "reader.lost")]
    return [] if spread.is_marked else [Note("reader.lost")]


def _tagged(
    volume: Volume, spread: Spread, notes: Sequence[Note], words: Span | None, leaf: Leaf | None
) -> Spread:
    """Return a spread with its notes, and the themes and initiatives of its words, or else of its page."""
    about = _between(volume.passages, *words) if words else []
    if not about and leaf is not None:
        about = _between(volume.passages, leaf.start, leaf.end)
    targets = list(dict.fromkeys(tag.target for passage in about for tag in passage.tags))
    known = [volume.catalogue.get(one) for one in targets]
    themes = [one for one in known if isinstance(one, Theme)][:_MOST_TAGS]
    initiatives = [one for one in known if isinstance(one, Initiative)][:_MOST_TAGS]
    return replace(spread, notes=tuple(notes), themes=tuple(themes), initiatives=tuple(initiatives))


def _between(passages: Sequence[Filed], start: int, end: int) -> list[Filed]:
    return [one for one in passages if one.start < end and one.end > start]


def _undrawn(reason: DocumentRefused) -> Note:
    match reason:
        case FileMissing():
            return Note("reader.missing")
        case OriginalAltered():
            return Note("reader.altered")
        case _:
            return Note("reader.undrawn")
