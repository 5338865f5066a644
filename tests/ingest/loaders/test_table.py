"""CSV: delimiter and encoding are told, and each row is a passage."""

from __future__ import annotations

import pytest

from corpus.errors import FileDamaged, FileEmpty, FileNotText, FileTooLong
from ingest.loaders import table
from ingest.loaders.table import load


def passages(content: bytes) -> list[str]:
    extract = load(content, file="bouees.csv")
    return [extract.text[one.start : one.end].strip() for one in extract.sections]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told(delimiter: str) -> None:
    text = "Port,Bouées\nRoscoff,12\nBrest,8\n".replace(",", delimiter)
    assert passages(text.encode()) == ["Port: Roscoff · Bouées: 12", "Port: Brest · Bouées: 8"]


def test_the_decimal_comma_is_no_delimiter() -> None:
    assert (
        passages("Port;Mètres\nBrest;1,5\nRoscoff;2,5\n".encode("cp1252"))[0] == "Port: Brest · Mètres: 1,5"
    )


def test_the_line_by_which_excel_names_the_delimiter_is_followed() -> None:
    assert passages(b"sep=|\r\nPort|Note\r\nBrest|a,b\r\n") == ["Port: Brest · Note: a,b"]


def test_quoted_cells_may_hold_delimiters_and_line_ends() -> None:
    assert passages(b'Port,Note\n"Brest","a, ""b""\nc"\n') == ['Port: Brest · Note: a, "b" c']


def test_rows_without_a_header_are_joined_and_empty_ones_skipped() -> None:
    assert passages(b"\xef\xbb\xbfRoscoff,12\n,\n\nBrest,8\n") == ["Roscoff · 12", "Brest · 8"]


def test_a_list_of_names_needs_no_delimiter() -> None:
    assert passages(b"Houlocoop\nFilature du Ponant\n") == ["Houlocoop", "Filature du Ponant"]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "ROW_LIMIT", 2)
    assert len(passages(b"1,2\n,\n3,4\n")) == 2
    with pytest.raises(FileTooLong, match="has 3 pages or rows, the limit is 2"):
        load(b"1,2\n3,4\n5,6\n", file="bouees.csv")


def test_what_the_library_cannot_read_is_damaged() -> None:
    with pytest.raises(FileDamaged, match="cannot be read as a table"):
        load(b'a,"' + b"b" * 200_000, file="bouees.csv")


def test_binary_and_empty_files_are_refused() -> None:
    with pytest.raises(FileNotText):
        load(b"a,b\n\x00\x01\x02", file="bouees.csv")
    with pytest.raises(FileEmpty):
        load(b",,\n,,\n", file="bouees.csv")
