"""Lines: glyphs that stand side by side become a line of text, with its place, size and weight.

Own code, on purpose without a library: pdfminer's layout analysis joins the two columns of a page as soon as
their lines are level, and takes most of the time of a report.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from ingest.loaders.pdf.glyphs import Glyph, Style

_WORD_GAP = 0.15  # of the size
_RUN_GAP = 0.8
_JOIN_GAP = 0.6
_BULLET_GAP = 4.0
_BACK = -0.5
_SHADOW = 0.2
_MARKER = re.compile(
    r"[•·▪◦‣■□●○►➢✓–—*-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?"
)


@dataclass(slots=True)
class Line:
    """A piece of a line without a wide gap. `rows` makes it a whole table instead, with a row each."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    rows: tuple[str, ...] = ()


@dataclass(slots=True)
class _Run:
    """A line in the making; `edge` is where the last space that was typed ends."""

    glyphs: list[Glyph]
    parts: list[str]
    x0: float
    top: float
    x1: float
    bottom: float
    edge: float
    size: float


def read_lines(glyphs: Sequence[Glyph], styles: Sequence[Style]) -> list[Line]:
    """Return the lines of glyphs that run the same way, in no order of reading.

    The glyphs come in the order of the file, which keeps words together; lines that the file wrote in pieces
    are joined where the pieces meet.
    """
    runs = _joined(_runs(glyphs, styles))
    return [line for run in runs if (line := _line(run, styles)).text]


def share_a_row(one: Line | _Run | Glyph, other: Line | _Run | Glyph) -> bool:
    """Say whether two pieces stand on one line: half the height of the smaller is shared."""
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def into_rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines from top to bottom, those that are level together from left to right."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        last = rows[-1][-1] if rows else None
        if last and not last.rows and not line.rows and share_a_row(last, line):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def as_one(row: Sequence[Line]) -> Line:
    """Return the pieces of a row as one line."""
    if len(row) == 1:
        return row[0]
    longest = max(row, key=lambda line: len(line.text))
    return Line(
        text=" ".join(line.text for line in row),
        x0=row[0].x0,
        top=min(line.top for line in row),
        x1=max(line.x1 for line in row),
        bottom=max(line.bottom for line in row),
        size=longest.size,
        bold=all(line.bold for line in row),
    )


def _runs(glyphs: Sequence[Glyph], styles: Sequence[Style]) -> list[_Run]:
    """Return stretches of glyphs that follow one another in the file and on the page."""
    runs: list[_Run] = []
    run: _Run | None = None
    spaced = False
    for glyph in glyphs:
        if glyph.char.isspace():
            if glyph.char == "\n":
                run = None
            elif run and glyph.style >= 0 and share_a_row(run, glyph):
                run.edge = max(run.edge, glyph.x1)
            spaced = True
            continue
        size = styles[glyph.style].size if glyph.style >= 0 else glyph.bottom - glyph.top
        if run and share_a_row(run, glyph) and _follows(run, glyph, size):
            run.parts.append(" " + glyph.char if spaced else glyph.char)
            run.glyphs.append(glyph)
            run.x1 = run.edge = max(run.x1, glyph.x1)
            run.top, run.bottom = min(run.top, glyph.top), max(run.bottom, glyph.bottom)
            run.size = max(run.size, size)
        else:
            run = _Run(
                [glyph], [glyph.char], glyph.x0, glyph.top, glyph.x1, glyph.bottom, glyph.x1, max(size, 1.0)
            )
            runs.append(run)
        spaced = False
    return runs


def _follows(run: _Run, glyph: Glyph, size: float) -> bool:
    if glyph[1:5] == run.glyphs[-1][1:5]:  # the letters of a ligature share its box
        return True
    em = max(run.size, size)
    return _BACK * em <= glyph.x0 - run.x1 and glyph.x0 - run.edge <= _RUN_GAP * em


def _joined(runs: list[_Run]) -> list[_Run]:
    """Return the runs with those made one that meet on a line, and a list's marks put to their items."""
    open_at: dict[int, list[_Run]] = defaultdict(list)
    out: list[_Run] = []
    for run in sorted(runs, key=lambda run: run.x0):
        place = int((run.top + run.bottom) / 2 // 10)
        near = [other for at in (place - 1, place, place + 1) for other in open_at.get(at, ())]
        last = max((other for other in near if _meet(other, run)), key=lambda other: other.x1, default=None)
        if any(_is_shadow(run, other) for other in near):
            continue
        if last is None:
            out.append(run)
            open_at[place].append(run)
            continue
        if run.x0 - last.x1 > _WORD_GAP * max(last.size, run.size):
            last.parts.append(" ")
        last.parts += run.parts
        last.glyphs += run.glyphs
        last.x1 = last.edge = max(last.x1, run.x1)
        last.top, last.bottom = min(last.top, run.top), max(last.bottom, run.bottom)
        last.size = max(last.size, run.size)
    return out


def _meet(left: _Run, right: _Run) -> bool:
    em, gap = max(left.size, right.size), right.x0 - left.x1
    if not share_a_row(left, right) or gap < _BACK * em:
        return False
    reach = _JOIN_GAP
    if len(left.glyphs) <= 8 and _MARKER.fullmatch("".join(left.parts).strip()):
        reach = _BULLET_GAP
    return gap <= reach * em


def _is_shadow(run: _Run, other: _Run) -> bool:
    """Say whether a run is another one over again, a little beside it, which is how relief is faked."""
    aside = max(abs(run.x0 - other.x0), abs(run.x1 - other.x1), abs(run.top - other.top))
    return run.parts == other.parts and aside < _SHADOW * run.size


def _line(run: _Run, styles: Sequence[Style]) -> Line:
    letters = [styles[glyph.style] for glyph in run.glyphs if glyph.style >= 0]
    return Line(
        text=" ".join("".join(run.parts).split()),
        x0=run.x0,
        top=run.top,
        x1=run.x1,
        bottom=run.bottom,
        size=round(2 * median(style.size for style in letters)) / 2 if letters else run.size,
        bold=sum(style.bold for style in letters) > 0.8 * len(letters),
    )
