"""The tree of a document, in the JSON form of pandoc's own: built as plain dicts, never as markup.

Whatever text enters it, it enters as words: no document can say anything that is taken for a heading, a link
or a command. Pandoc writes it as Word and Markdown, and `note.typ` walks the same tree to set it as PDF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from corpus.documents import Language
from corpus.words import printable

Node = dict[str, Any]
"""A block or an inline: {"t": its kind, "c": its content}."""

PANDOC_TYPES = [1, 23, 1]
AGAIN = "footnote-again"
"""The format of an inline that only `note.typ` reads: the number of a footnote that is cited once more."""
_PLAIN = ["", [], []]
SPACE: Node = {"t": "Space"}
NO_BREAK: Node = {"t": "Str", "c": "\u00a0"}
_REGION = {"fr": "fr-FR", "en": "en-GB"}
# Of a web address, what may stand in it as it is; the rest is written as %XX, as RFC 3986 has it.
_IN_ADDRESS = ":/?#@!$&'*+,;=%~-._[]"


def words(text: str) -> list[Node]:
    """Return a text as words and the spaces between them, and around them where there are some.

    Control characters, lone surrogates and invisible marks are left out; no-break spaces stay in their word.
    """
    parts = printable(text).split(" ") if text.strip() else []
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :] if parts else ""
    found = [_space(before)] if before else []
    for place, part in enumerate(parts):
        found += [SPACE, _word(part)] if place else [_word(part)]
    return [*found, _space(after)] if after else found


def _word(text: str) -> Node:
    return {"t": "Str", "c": text}


def _space(run: str) -> Node:
    return NO_BREAK if "\u00a0" in run else SPACE


def strong(inlines: Sequence[Node]) -> Node:
    """Return inlines in bold."""
    return {"t": "Strong", "c": list(inlines)}


def emphasis(inlines: Sequence[Node]) -> Node:
    """Return inlines in italics."""
    return {"t": "Emph", "c": list(inlines)}


def line_break() -> Node:
    """Return the end of a line inside a paragraph."""
    return {"t": "LineBreak"}


def link(address: str, label: str | None = None) -> list[Node]:
    """Return an address as a link, and as plain words unless it is one of the web."""
    shown = words(label or address)
    target = reachable(address)
    return [{"t": "Link", "c": [_PLAIN, shown, [target, ""]]}] if target and shown else shown


def reachable(address: str) -> str:
    """Return an http or https address fit to be a link's target, "" for any other."""
    if printable(address) != address or not re.match(r"https?://[^\s<>\"]+\Z", address):
        return ""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return ""
    return quote(address, safe=_IN_ADDRESS) if host else ""


def footnote(number: int, inlines: Sequence[Node]) -> Node:
    """Return a footnote; its number is that at which it will stand, counted from 1."""
    note: Node = {"t": "Note", "c": [para(inlines)]}
    return {"t": "Span", "c": [[f"note{number}", [], []], [note]]}


def footnote_again(number: int) -> list[Node]:
    """Return a further reference to a footnote, each format in its own way: Word keeps its number right."""
    run = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>{}</w:r>'
    word = "".join(
        run.format(part)
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            f'<w:instrText xml:space="preserve"> NOTEREF note{number} \\f \\h </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            f"<w:t>{number}</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return [_raw("openxml", word), _raw("markdown", f"[^{number}]"), _raw(AGAIN, str(number))]


def between_footnotes() -> list[Node]:
    """Return what parts two numbers side by side, so that 1 and 2 are not read as 12."""
    run = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>,</w:t></w:r>'
    return [_raw("openxml", run), _raw(AGAIN, ",")]


def _raw(form: str, text: str) -> Node:
    return {"t": "RawInline", "c": [form, text]}


def para(inlines: Sequence[Node]) -> Node:
    """Return a paragraph."""
    return {"t": "Para", "c": list(inlines)}


def plain(inlines: Sequence[Node]) -> Node:
    """Return a line of a list or a cell, without the space of a paragraph around it."""
    return {"t": "Plain", "c": list(inlines)}


def heading(level: int, inlines: Sequence[Node]) -> Node:
    """Return a heading; that of level 1 is the title of the document."""
    return {"t": "Header", "c": [level, _PLAIN, list(inlines)]}


def bullets(items: Iterable[Sequence[Node]]) -> Node:
    """Return a list; each item is a sequence of blocks."""
    return {"t": "BulletList", "c": [list(item) for item in items]}


def numbered(items: Iterable[Sequence[Node]], *, start: int = 1) -> Node:
    """Return a numbered list."""
    counted = [start, {"t": "Decimal"}, {"t": "Period"}]
    return {"t": "OrderedList", "c": [counted, [list(item) for item in items]]}


def styled(style: str, blocks: Sequence[Node]) -> Node:
    """Return blocks in a paragraph style of ours."""
    return {"t": "Div", "c": [["", [], [["custom-style", style]]], list(blocks)]}


def spoken(language: Language, blocks: Sequence[Node]) -> Node:
    """Return blocks that are in another language than the document."""
    return {"t": "Div", "c": [["", [], [["lang", _REGION[language]]]], list(blocks)]}


def table(head: Sequence[Sequence[Node]], rows: Iterable[Sequence[Sequence[Node]]]) -> Node:
    """Return a table as wide as the page, its cells sequences of inlines; the first column heads the rows."""
    first = 0.6 if len(head) > 1 else 1.0
    share = 1 / (len(head) - 1 + first)
    widths = [first * share, *[share] * (len(head) - 1)]
    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": width}] for width in widths]
    body = [_PLAIN, 1, [], [_row(row) for row in rows]]
    content = [_PLAIN, [None, []], columns, [_PLAIN, [_row(head)]], [body], [_PLAIN, []]]
    return {"t": "Table", "c": content}


def _row(cells: Sequence[Sequence[Node]]) -> list[Any]:
    return [_PLAIN, [[_PLAIN, {"t": "AlignDefault"}, 1, 1, [plain(cell)]] for cell in cells]]


def document(blocks: Sequence[Node], *, title: str, language: Language) -> Node:
    """Return the whole, as pandoc reads it."""
    meta = {
        "title": {"t": "MetaInlines", "c": words(title)},
        "lang": {"t": "MetaString", "c": _REGION[language]},
    }
    return {"pandoc-api-version": PANDOC_TYPES, "meta": meta, "blocks": list(blocks)}


def with_words(node: Any, change: Callable[[str, bool], Node], *, begins: bool = False) -> Any:
    """Return a part of the tree with each word replaced by what `change` makes of it.

    It is told whether a word begins a block or a line of one.
    """
    if isinstance(node, list):
        before = [line_break(), *node]
        return [
            with_words(one, change, begins=last == line_break())
            for last, one in zip(before, node, strict=False)
        ]
    if not isinstance(node, dict):
        return node
    if node.get("t") == "Str":
        return change(node["c"], begins)
    return {name: with_words(one, change) for name, one in node.items()}
