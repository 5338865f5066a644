"""The editions of a fiche that are still kept, and what changed from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import SequenceMatcher
from typing import Literal

from corpus.editions import editions_of
from corpus.ledger import Ledger
from corpus.records import DocumentRow
from ui.opening import Opening
from ui.team.catalogue.holdings import Holdings, edition_text

_AROUND = 2  # lines that are the same, shown around those that are not


@dataclass(frozen=True, slots=True)
class Edition:
    """One text of a fiche. `at` is when it first came in, in UTC; `versions` are those kept that hold it."""

    sha256: str
    at: datetime | None
    versions: tuple[int, ...]
    text: str
    is_live: bool
    is_pending: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line, and whether the other edition has them not."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of both editions, of the one before or of the one after; `apart` is where some are left out.

    The numbers count from 1.
    """

    kind: Literal["same", "gone", "come", "apart"]
    before: int | None = None
    after: int | None = None
    pieces: tuple[Piece, ...] = ()


def read_editions(opening: Opening, holdings: Holdings, id: str) -> list[Edition]:
    """Return the editions of a fiche, the latest first."""
    rows: dict[str, DocumentRow] = {}
    versions: dict[str, list[int]] = {}
    with closing(Ledger(opening.home.ledger)) as ledger:
        known = editions_of(ledger, id)
        for version in ledger.versions():
            for row in version.documents:
                if row.id == id:
                    rows[row.sha256] = row
                    versions.setdefault(row.sha256, []).append(version.number)
    live = next((row.sha256 for row in holdings.rows if row.id == id), "")
    model = next(reversed(rows.values()), None) or holdings.written(id)
    pending = holdings.pending.get(id)
    found = []
    for sha256 in dict.fromkeys([*known, *rows]):
        row = rows.get(sha256) or DocumentRow(id, id, model.file if model else f"{id}.md", sha256, 0)
        text = edition_text(opening, row)
        held = tuple(versions.get(sha256, ()))
        is_pending = pending is not None and sha256 == pending.row.sha256
        found.append(Edition(sha256, _came(opening, row), held, text, sha256 == live, is_pending))
    found.sort(key=lambda one: (one.at or datetime.min.replace(tzinfo=UTC), one.versions), reverse=True)
    if pending and pending.row.sha256 not in {one.sha256 for one in found}:
        found.insert(0, Edition(pending.row.sha256, None, (), pending.text, False, is_pending=True))
    return found


def compare(before: str, after: str) -> list[Line]:
    """Return what changed, line by line, with a few lines around it."""
    old, new = before.splitlines(), after.splitlines()
    groups = SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(_AROUND)
    lines: list[Line] = []
    for group in groups:
        if lines or group[0][1] > 0:
            lines.append(Line("apart"))
        for tag, a, b, c, d in group:
            if tag == "equal":
                both = zip(range(a, b), range(c, d), strict=True)
                lines += [Line("same", i + 1, j + 1, (Piece(old[i], False),)) for i, j in both]
            else:
                lines += _changed(old, new, (a, b), (c, d))
    return lines


def _changed(
    old: Sequence[str], new: Sequence[str], gone: tuple[int, int], come: tuple[int, int]
) -> list[Line]:
    """Return lines that were replaced; those that face each other show which of their words changed."""
    left, right = range(*gone), range(*come)
    befores: list[tuple[int, tuple[Piece, ...]]] = [(i, (Piece(old[i], True),)) for i in left]
    afters: list[tuple[int, tuple[Piece, ...]]] = [(j, (Piece(new[j], True),)) for j in right]
    for at in range(min(len(left), len(right))):
        i, j = left[at], right[at]
        if old[i].strip() and new[j].strip():
            befores[at], afters[at] = (i, tuple(_pieces(old[i], new[j]))), (j, tuple(_pieces(new[j], old[i])))
    return [
        *(Line("gone", i + 1, None, pieces) for i, pieces in befores),
        *(Line("come", None, j + 1, pieces) for j, pieces in afters),
    ]


def _pieces(line: str, other: str) -> Iterator[Piece]:
    own, others = re.findall(r"\s+|[^\s]+", line), re.findall(r"\s+|[^\s]+", other)
    for tag, a, b, _c, _d in SequenceMatcher(a=own, b=others, autojunk=False).get_opcodes():
        if b > a:
            yield Piece("".join(own[a:b]), tag != "equal")


def _came(opening: Opening, row: DocumentRow) -> datetime | None:
    try:
        seconds = opening.home.original(row.sha256, row.file).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(seconds, tz=UTC)
