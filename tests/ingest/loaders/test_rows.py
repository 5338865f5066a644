"""Rows: values stand under the names of their columns, when the first row names any."""

from __future__ import annotations

import pytest

from ingest.extract import Draft
from ingest.loaders.rows import is_header, write_rows


def written(rows: list[list[str]], *, header: bool | None = None) -> list[str]:
    draft = Draft()
    write_rows(draft, rows, header=header)
    extract = draft.finish()
    return [extract.text[one.start : one.end].strip() for one in extract.sections]


def test_each_row_is_a_passage_with_the_names_of_its_columns() -> None:
    rows = [["Port", "Bouées"], ["Roscoff", "12"], ["", ""], ["Le  Conquet\n", ""]]
    assert written(rows) == ["Port: Roscoff · Bouées: 12", "Port: Le Conquet"]


def test_values_without_a_name_are_joined() -> None:
    assert written([["Roscoff", "12"], ["Brest", "8"]]) == ["Roscoff · 12", "Brest · 8"]
    assert written([["", "Bouées", "Budget"], ["Roscoff", "12", "3", "sic"]]) == [
        "Roscoff · Bouées: 12 · Budget: 3 · sic"
    ]


def test_the_caller_can_say_whether_there_is_a_header() -> None:
    assert written([["A", "B"], ["c", "d"]], header=False) == ["A · B", "c · d"]
    assert written([["Port", "12"], ["c", "d"]], header=True) == ["Port: c · 12: d"]


def test_a_caption_above_the_header_is_kept_apart() -> None:
    assert written([["Bouées en 2024", ""], ["Port", "Bouées"], ["Brest", "8"]]) == [
        "Bouées en 2024",
        "Port: Brest · Bouées: 8",
    ]


def test_a_header_without_rows_is_not_lost() -> None:
    assert written([["Port", "Bouées"]]) == ["Port · Bouées"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["Port", "Bouées"], True),
        (["Port", "2019", "2020"], True),
        (["Port", "2019"], False),
        (["Roscoff", "12,5 %"], False),
        (["Roscoff", "2024-05-01"], False),
        (["Roscoff", "contact@marees.example"], False),
        (["Port", "port"], False),
        (["Port", "x" * 101], False),
        (["Port", ""], False),
    ],
)
def test_a_header_is_told_by_its_looks(cells: list[str], expected: bool) -> None:
    assert is_header(cells) is expected
