"""The password is kept as a hash in a file for its owner alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from corpus.home import Home
from ui.errors import PasswordMissing, PasswordShort, PasswordWrong
from ui.team.keys import LONGEST, Keys, write_privately

PASSWORD = "douze lettres"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def test_there_is_no_password_until_one_is_set(home: Home) -> None:
    with pytest.raises(PasswordMissing):
        Keys(home).check("")
    with pytest.raises(PasswordMissing):
        _ = Keys(home).session_key


def test_the_password_is_known_again_and_no_other_is(home: Home) -> None:
    Keys(home).set(PASSWORD)
    Keys(home).check(PASSWORD)
    for wrong in ("", "douze lettreS", PASSWORD + " "):
        with pytest.raises(PasswordWrong):
            Keys(home).check(wrong)


def test_the_file_holds_a_hash_and_only_its_owner_reads_it(home: Home) -> None:
    Keys(home).set(PASSWORD)
    file = home.folder / "team.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "$argon2id$" in file.read_text()
    assert PASSWORD not in file.read_text()


def test_a_password_of_eleven_characters_is_too_short(home: Home) -> None:
    Keys(home).set(PASSWORD)
    with pytest.raises(PasswordShort):
        Keys(home).set("x" * 11)
    Keys(home).check(PASSWORD)


def test_a_new_password_makes_a_new_key(home: Home) -> None:
    Keys(home).set(PASSWORD)
    before = Keys(home).session_key
    Keys(home).set(PASSWORD)
    assert Keys(home).session_key != before


def test_a_password_without_end_is_cut_where_all_are(home: Home) -> None:
    Keys(home).set("é" * 2 * LONGEST)
    Keys(home).check("é" * LONGEST)


@pytest.mark.parametrize("damage", ["", "{}", "null", '{"password": "x", "key": ""}', "\x00\xff"])
def test_a_damaged_file_lets_nobody_in(home: Home, damage: str) -> None:
    (home.folder / "team.json").write_text(damage, encoding="latin-1")
    with pytest.raises(PasswordMissing):
        Keys(home).check(PASSWORD)


def test_a_hash_that_is_none_lets_nobody_in(home: Home) -> None:
    Keys(home).set(PASSWORD)
    file = home.folder / "team.json"
    file.write_text(file.read_text().replace("$argon2id$", "$plain$"))
    with pytest.raises(PasswordWrong):
        Keys(home).check(PASSWORD)


def test_sessions_that_were_closed_are_remembered_until_they_would_end(home: Home) -> None:
    keys = Keys(home)
    keys.set(PASSWORD)
    keys.end("one", until=100, now=0)
    keys.end("two", until=200, now=50)
    assert keys.has_ended("one")
    assert keys.has_ended("two")
    keys.end("three", until=300, now=150)
    assert not keys.has_ended("one")
    assert keys.has_ended("two")


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "team.json").mkdir()  # a folder is not replaced by a file
    with pytest.raises(OSError, match=r"team\.json"):
        write_privately(tmp_path / "team.json", "{}")
    assert [one.name for one in tmp_path.iterdir()] == ["team.json"]
