"""Tables of web pages: cells that span several columns or rows are put where a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import NavigableString, Tag

from ingest.extract import Draft
from ingest.loaders.rows import write_rows

_INLINE = re.compile(
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|img|ins|kbd|label|mark|math|q|rp|rt|ruby|s|"
    "samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_WIDEST = 50


def write_table(draft: Draft, table: Tag) -> None:
    """Put a table down, row by row; one of a single column only lays text out, and gives paragraphs."""
    if isinstance(caption := table.find("caption"), Tag):
        draft.paragraph(line(caption))
    rows = [row for row in table.find_all("tr") if row.find(["td", "th"])]
    texts = list(_rows(rows))
    if max(map(len, texts), default=0) > 1 and table.get("role") != "presentation":
        write_rows(draft, texts, header=True if _names_columns(rows[0]) else None)
        return
    for text in texts:
        for cell in text:
            draft.paragraph(cell)


def line(element: Tag) -> str:
    """Return the text of an element on one line, with a blank wherever a reader sees a new one."""
    words: list[str] = []
    for node in element.descendants:
        if isinstance(node, Tag):
            words.append("" if is_inline(node) else " ")
        elif isinstance(node, NavigableString):
            after = node.previous_sibling
            words.append(f" {node}" if isinstance(after, Tag) and not is_inline(after) else str(node))
    return " ".join("".join(words).split())


def is_inline(element: Tag) -> bool:
    """Say whether an element stands in a line of text, rather than beginning one."""
    return _INLINE.fullmatch(element.name) is not None


def _names_columns(row: Tag) -> bool:
    """Say whether the page itself marks a row as the names of the columns."""
    cells = row.find_all(["td", "th"])
    return len(cells) > 1 and (row.find("td") is None or row.find_parent("thead") is not None)


def _rows(rows: list[Tag]) -> Iterator[list[str]]:
    running: dict[int, tuple[int, str]] = {}  # by column: how many more rows a tall cell fills, and its text
    for row in rows:
        texts: list[str] = []
        for cell in row.find_all(["td", "th"]):
            _fill(texts, running)
            text, tall = line(cell), _span(cell, "rowspan")
            if tall > 1:
                running[len(texts)] = (tall, text)
            texts += [text, *[""] * (_span(cell, "colspan") - 1)]
        _fill(texts, running)
        running = {column: (left - 1, text) for column, (left, text) in running.items() if left > 1}
        yield texts


def _fill(texts: list[str], running: dict[int, tuple[int, str]]) -> None:
    while len(texts) in running:
        texts.append(running[len(texts)][1])


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, ""))
    return min(int(value), _WIDEST) if value.isdecimal() and 0 < len(value) < 6 else 1
