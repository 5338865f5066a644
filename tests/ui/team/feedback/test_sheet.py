"""A sheet opens in a spreadsheet as it is, and nothing in it runs."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest

from ui.team.feedback.sheet import csv_lines, csv_response, harmless


def read(text: str) -> list[list[str]]:
    """Return the rows as a French spreadsheet reads them."""
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_a_sheet_is_read_back_as_it_was_written() -> None:
    rows = [("Où ?; là", 'dit « oui » et "non"', 3), ("deux\nlignes", "", 0)]
    text = "".join(csv_lines(["A", "É"], rows))
    assert text.startswith("\ufeffA;É\r\n")
    assert read(text) == [["A", "É"], ["Où ?; là", 'dit « oui » et "non"', "3"], ["deux\nlignes", "", "0"]]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("http://x.example";"y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1",
        "＝1+1", "－1", "\u00a0=1",
    ],
)  # fmt: skip
def test_a_formula_is_only_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
    [[read_back]] = read("".join(csv_lines([cell], [])))
    assert read_back.startswith("'")


@pytest.mark.parametrize("cell", ["", "a=b", "1-2", "l’@ du site", -5, 12, "'=1"])
def test_what_is_no_formula_stays_as_it_is(cell: str | int) -> None:
    assert harmless(cell) == cell


def test_a_sheet_is_sent_as_it_is_read() -> None:
    drawn: list[int] = []

    def rows() -> Iterator[tuple[int]]:
        for number in range(3):
            drawn.append(number)
            yield (number,)

    lines = csv_lines(["A"], rows())
    assert (next(lines), drawn) == ("\ufeffA\r\n", [])
    assert (next(lines), drawn) == ("0\r\n", [0])
    assert (
        csv_response("a.csv", ["A"], rows()).headers["Content-Disposition"] == 'attachment; filename="a.csv"'
    )
