"""Filing: the passages of each version in the ledger, where they stand and what they are tagged with.

The store holds their texts and vectors; here they can be listed and counted without opening an index.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from corpus.documents import Passage
from corpus.records import Filed, Tag
from corpus.tables import PASSAGES, TAGS

_AT_ONCE = 2000  # rows

Sureness = Mapping[tuple[str, str], float]
"""By document and theme or initiative, 0 to 1: how sure is what somebody accepted. All else is certain."""


def file_passages(
    connection: Connection, number: int, passages: Iterable[Passage], *, sureness: Sureness
) -> None:
    """Write down the passages of a version with their tags."""
    left = iter(passages)
    while some := list(islice(left, _AT_ONCE)):
        connection.execute(insert(PASSAGES), [_row(number, one) for one in some])
        tags = [row for one in some for row in _tags(number, one, sureness)]
        if tags:
            connection.execute(insert(TAGS), tags)


def filed_passages(connection: Connection, number: int, document: str) -> list[Filed]:
    """Return the passages of one document of a version, in reading order."""
    tags: dict[str, list[Tag]] = defaultdict(list)
    wanted = (TAGS.c.version == number) & (TAGS.c.document == document)
    for row in connection.execute(select(TAGS).where(wanted).order_by(TAGS.c.kind, TAGS.c.target)):
        tags[row.passage].append(Tag(row.kind, row.target, row.confidence))
    wanted = (PASSAGES.c.version == number) & (PASSAGES.c.document == document)
    rows = connection.execute(select(PASSAGES).where(wanted).order_by(PASSAGES.c.start))
    return [
        Filed(row.id, row.document, row.start, row.end, row.section, row.page, tuple(tags[row.id]))
        for row in rows
    ]


def themes_filed(connection: Connection, number: int) -> dict[str, list[str]]:
    """Return the themes of each document of a version, that of most of its passages first."""
    count = func.count()
    query = (
        select(TAGS.c.document, TAGS.c.target)
        .where((TAGS.c.version == number) & (TAGS.c.kind == "theme"))
        .group_by(TAGS.c.document, TAGS.c.target)
        .order_by(TAGS.c.document, count.desc(), TAGS.c.target)
    )
    themes: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        themes[row.document].append(row.target)
    return dict(themes)


def strike_passages(connection: Connection, number: int) -> None:
    """Forget the passages of a version."""
    for table in (PASSAGES, TAGS):
        connection.execute(delete(table).where(table.c.version == number))


def _row(number: int, passage: Passage) -> dict[str, Any]:
    return {
        "version": number,
        "id": passage.id,
        "document": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "section": passage.section,
        "page": passage.page,
    }


def _tags(number: int, passage: Passage, sureness: Sureness) -> Iterator[dict[str, Any]]:
    targets = [("initiative", passage.initiative)] if passage.initiative else []
    targets += [("theme", theme) for theme in passage.themes]
    for kind, target in targets:
        yield {
            "version": number,
            "passage": passage.id,
            "document": passage.document_id,
            "kind": kind,
            "target": target,
            "confidence": sureness.get((passage.document_id, target), 1.0),
        }
