"""Pages are kept whole, under safe names, in a bounded room."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ui.reader.drawing.sheet import Sheet
from ui.reader.prints import Prints

ONE, TWO = "1" * 64, "2" * 64
SHEET = Sheet(3, 10, 20)


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    prints = Prints(tmp_path / "pages")
    assert prints.sheet(ONE, 2) is None
    assert prints.picture(ONE, 2) is None
    prints.keep(ONE, 2, SHEET, b"picture")
    assert prints.sheet(ONE, 2) == SHEET
    assert prints.picture(ONE, 2) == b"picture"
    assert prints.sheet(ONE, 1) is None
    assert [file.suffix for file in tmp_path.rglob("*.part")] == []


@pytest.mark.parametrize("sha256", ["", "..", "../" * 20 + "etc", "A" * 64, "1" * 63, "1" * 64 + "/x"])
def test_nothing_but_a_hash_names_a_folder(tmp_path: Path, sha256: str) -> None:
    with pytest.raises(ValueError, match="not a SHA-256"):
        Prints(tmp_path).keep(sha256, 1, SHEET, b"picture")


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe", b'{"words":[]}'])
def test_a_damaged_sheet_is_none(tmp_path: Path, damage: bytes) -> None:
    prints = Prints(tmp_path)
    prints.keep(ONE, 1, SHEET, b"picture")
    next(tmp_path.rglob("*.json")).write_bytes(damage)
    assert prints.sheet(ONE, 1) is None


def test_what_was_not_looked_at_for_longest_goes_first(tmp_path: Path) -> None:
    prints = Prints(tmp_path, room=3_000)
    for page in range(1, 4):
        prints.keep(ONE, page, SHEET, b"p" * 900)
    for file in tmp_path.rglob("1-*"):
        os.utime(file, (1, 1))
    for file in tmp_path.rglob("2-*"):
        os.utime(file, (2, 2))
    prints.picture(ONE, 1)  # looked at now
    prints.keep(ONE, 4, SHEET, b"p" * 900)
    assert sum(file.stat().st_size for file in tmp_path.rglob("*.*")) <= 3_000
    assert prints.picture(ONE, 2) is None
    assert prints.picture(ONE, 1)
    assert prints.picture(ONE, 4)


def test_pages_of_other_files_than_the_current_ones_are_thrown_away(tmp_path: Path) -> None:
    prints = Prints(tmp_path)
    prints.keep(ONE, 1, SHEET, b"picture")
    prints.keep(TWO, 1, SHEET, b"picture")
    (tmp_path / "notes").mkdir()
    prints.forget_others({TWO})
    assert sorted(one.name for one in tmp_path.iterdir()) == [TWO, "notes"]


def test_a_folder_that_cannot_be_written_keeps_nothing_and_breaks_nothing(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("in the way", encoding="utf-8")
    prints = Prints(tmp_path / "pages")
    prints.keep(ONE, 1, SHEET, b"picture")
    prints.forget_others(set())
    assert prints.picture(ONE, 1) is None
