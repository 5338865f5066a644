"""CSV, read with the standard library's `csv`: it is right on quotes, and nothing else is needed.

Its `Sniffer` is not used: it takes a letter for the delimiter of a list of names, and reads "1,5" as two
columns. The delimiter is the one that cuts most lines into the same number of cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from corpus.errors import FileTooLong
from ingest.extract import Draft, Extract
from ingest.loaders.reading import finished, reading
from ingest.loaders.rows import write_rows
from ingest.loaders.text import decode

ROW_LIMIT = 100_000
_DELIMITERS = "\t;|,"  # the comma last: it also stands in sentences and in French figures
_SAMPLE = 1 << 16
_SAMPLE_ROWS = 50
_CLEAR = 0.8
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel writes it, and shows it to nobody


def load(content: bytes, *, file: str) -> Extract:
    """Read a .csv file, a passage a row. Raises FileTooLong above ROW_LIMIT rows, empty ones apart."""
    text = decode(content, file=file)
    told = _SEPARATOR_LINE.match(text)
    delimiter = told.group(1) if told else _delimiter(text)
    draft = Draft()
    with reading("a table of comma-separated values", file=file):
        source = io.StringIO(text[told.end() :] if told else text, newline="")
        rows = [row for row in _cells(source, delimiter) if any(cell.strip() for cell in row)]
        if len(rows) > ROW_LIMIT:
            raise FileTooLong(file=file, count=len(rows), limit=ROW_LIMIT)
        write_rows(draft, rows)
    return finished(draft, file=file)


def _delimiter(text: str) -> str:
    """Return the delimiter of a table's text, a comma when none cuts it evenly."""
    shares = {delimiter: _even_share(text[:_SAMPLE], delimiter) for delimiter in _DELIMITERS}
    clear = [delimiter for delimiter, share in shares.items() if share >= _CLEAR]
    return clear[0] if clear else max(_DELIMITERS[::-1], key=shares.__getitem__)


def _even_share(sample: str, delimiter: str) -> float:
    """Return the share of lines, 0 to 1, that have the commonest number of cells above one."""
    try:
        rows = [row for row in _cells(io.StringIO(sample, newline=""), delimiter) if row][:_SAMPLE_ROWS]
    except csv.Error:
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return widths.most_common(1)[0][1] / len(rows) if widths else 0.0


def _cells(source: io.StringIO, delimiter: str) -> list[list[str]]:
    return list(csv.reader(source, delimiter=delimiter, skipinitialspace=True))
