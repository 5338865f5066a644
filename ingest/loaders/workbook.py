"""Excel, read with openpyxl: the one maintained library that knows its dates, and streams a sheet.

Read row by row it does not tell what is hidden or merged, so lxml looks through each sheet first, and refuses
row and column numbers beyond Excel's own, which openpyxl would fill up with empty cells.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import cast

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet.worksheet import Worksheet

from corpus.errors import FileDamaged, FileTooLong
from ingest.extract import Draft, Extract
from ingest.loaders.archive import checked, parse_xml, read
from ingest.loaders.reading import finished, reading
from ingest.loaders.rows import SEPARATOR, write_rows
from ingest.loaders.table import ROW_LIMIT

_LAST_ROW = 1 << 20
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COORDINATE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
_ON = frozenset({"1", "true"})


@dataclass(slots=True)
class _Layout:
    """What a sheet hides, and the cells that run down over several rows (where they end), all 1-based."""

    hidden: bool = False
    rows: int = 0
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    tall: dict[tuple[int, int], int] = field(default_factory=dict)

    def hides(self, row: int, column: int) -> bool:
        return (
            self.hidden
            or row in self.hidden_rows
            or any(column in columns for columns in self.hidden_columns)
        )


def load(content: bytes, *, file: str) -> Extract:
    """Read a .xlsx file: each sheet that is shown is a page under its own name, each row a passage.

    Raises FileTooLong above ROW_LIMIT rows in all.
    """
    archive = checked(content, file=file)
    draft = Draft()
    with reading("an Excel workbook", file=file):
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]
        paths = _paths(archive, file=file)
        layouts = [_layout(archive, paths[sheet.title], file=file) for sheet in sheets]
        if (rows := sum(layout.rows for layout in layouts)) > ROW_LIMIT:
            raise FileTooLong(file=file, count=rows, limit=ROW_LIMIT)
        for sheet, layout in zip(sheets, layouts, strict=True):
            _write(draft, sheet, layout)
    return finished(draft, file=file)


def _write(draft: Draft, sheet: ReadOnlyWorksheet, layout: _Layout) -> None:
    hidden: list[str] = []
    if sheet.sheet_state != "visible":
        layout.hidden = True
    else:
        draft.page()
        draft.heading(sheet.title)
    write_rows(draft, _shown_rows(sheet, layout, hidden))
    draft.hide(SEPARATOR.join(hidden), "invisible")


def _shown_rows(sheet: ReadOnlyWorksheet, layout: _Layout, hidden: list[str]) -> Iterator[list[str]]:
    """Yield the rows without what is hidden, which goes to `hidden`; a tall cell is in each of its rows."""
    sheet.reset_dimensions()  # a sheet may say that it is far larger than it is
    running: dict[int, tuple[int, str]] = {}
    for number, row in enumerate(cast(Worksheet, sheet).iter_rows(), start=1):
        cells = ["" if _is_blank(cell) else _shown(cell.value, cell.number_format) for cell in row]
        if not any(cells):
            continue
        for column, (last, value) in running.items():
            if number <= last and column <= len(cells):
                cells[column - 1] = cells[column - 1] or value
        for column, cell in enumerate(cells, start=1):
            if last := layout.tall.get((number, column), 0):
                running[column] = (last, cell)
        hidden += [cell for column, cell in enumerate(cells, 1) if cell and layout.hides(number, column)]
        yield [cell for column, cell in enumerate(cells, 1) if not layout.hides(number, column)]


def _is_blank(cell: Cell | MergedCell | ReadOnlyCell | EmptyCell) -> bool:
    """Say whether a cell shows nothing worth keeping: it is empty, or an error such as "#REF!"."""
    return cell.value is None or cell.data_type == "e"


def _shown(value: object, number_format: str) -> str:
    """Return a cell's value as text: ISO dates, figures as the sheet shows them but for the rounding."""
    match value:
        case bool():
            return str(value).upper()
        case int() | float() if "%" in number_format:
            return f"{value * 100:.15g} %"
        case float():
            return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime():
            return value.isoformat(sep=" ", timespec="minutes")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value).strip()


def _paths(archive: zipfile.ZipFile, *, file: str) -> dict[str, str]:
    """Return where in the archive each sheet stands, by its name."""
    book = _targets(archive, "", "_rels/.rels", file=file)
    path = next(target for kind, target in book.values() if kind.endswith("/officeDocument"))
    folder, name = posixpath.split(path)
    targets = _targets(archive, folder, f"{folder}/_rels/{name}.rels", file=file)
    root = parse_xml(read(archive, path, file=file), file=file, name=path)
    return {sheet.get("name", ""): targets[sheet.get(_ID, "")][1] for sheet in root.iter(_MAIN + "sheet")}


def _targets(archive: zipfile.ZipFile, folder: str, name: str, *, file: str) -> dict[str, tuple[str, str]]:
    """Return kind and path of the parts that another one, in `folder`, refers to, by their id."""
    root = parse_xml(read(archive, name, file=file), file=file, name=name)
    return {
        part.get("Id", ""): (
            part.get("Type", ""),
            posixpath.normpath(posixpath.join("/", folder, part.get("Target", ""))).lstrip("/"),
        )
        for part in root
    }


def _layout(archive: zipfile.ZipFile, path: str, *, file: str) -> _Layout:
    layout = _Layout()
    number = 0
    tags = [_MAIN + name for name in ("row", "col", "mergeCell")]
    with archive.open(path) as stream:
        parts = etree.iterparse(stream, tag=tags, resolve_entities=False, no_network=True, huge_tree=False)
        for _, element in parts:
            if element.tag == tags[0]:
                number = int(element.get("r", number + 1))
                _check_place(number, element, file=file)
                layout.rows += any(len(cell) for cell in element)
                if element.get("hidden") in _ON:
                    layout.hidden_rows.add(number)
                _forget(element)
            elif element.tag == tags[1]:
                if element.get("hidden") in _ON:
                    columns = range(int(element.get("min", "1")), int(element.get("max", "1")) + 1)
                    layout.hidden_columns.append(columns)
            else:
                left, top, _, bottom = range_boundaries(element.get("ref", ""))
                if left and top and bottom and bottom > top:
                    layout.tall[top, left] = bottom
    return layout


def _check_place(number: int, row: etree._Element, *, file: str) -> None:
    if not 1 <= number <= _LAST_ROW or not all(_COORDINATE.fullmatch(cell.get("r", "A1")) for cell in row):
        raise FileDamaged(file=file, reason="a cell has a place that no sheet has")


def _forget(row: etree._Element) -> None:
    """Free the memory of a row that was looked at, and of those before it."""
    row.clear()
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]
