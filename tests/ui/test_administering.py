"""`passerelle admin password` gives the team's door its password, and shows it nowhere."""

from __future__ import annotations

import io
from pathlib import Path

import click
import pytest

from corpus.home import Home
from tests.ui.conftest import Commands
from ui.errors import PasswordMissing
from ui.team.keys import Keys

PASSWORD = "une huitre au clair de lune"


class Terminal(io.StringIO):
    """Standard input that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is typed at a terminal, in order; each question must hide it."""
    answers: list[str] = []

    def prompt(_text: str, *, hide_input: bool, err: bool) -> str:
        assert hide_input
        assert err
        return answers.pop(0)

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(click, "prompt", prompt)
    return answers


def test_a_password_that_is_typed_twice_opens_the_door(
    passerelle: Commands, home: Path, typed: list[str]
) -> None:
    typed += [PASSWORD, PASSWORD]
    said = passerelle("admin", "password")
    assert said.code == 0
    assert PASSWORD not in said.out + said.err
    Keys(Home(home)).check(PASSWORD)


def test_two_that_differ_change_nothing(passerelle: Commands, home: Path, typed: list[str]) -> None:
    typed += [PASSWORD, PASSWORD + "s"]
    said = passerelle("admin", "password")
    assert (said.code, said.err.strip()) == (1, "Les deux mots de passe diffèrent ; rien n’a été changé.")
    with pytest.raises(PasswordMissing):
        Keys(Home(home)).check(PASSWORD)


def test_a_program_gives_it_on_standard_input(
    passerelle: Commands, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))
    assert passerelle("admin", "password").code == 0
    Keys(Home(home)).check(PASSWORD)


@pytest.mark.parametrize("short", ["", "\n", "onze lettre\n"])
def test_a_short_one_is_refused_with_how_long_it_must_be(
    passerelle: Commands, monkeypatch: pytest.MonkeyPatch, short: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(short))
    said = passerelle("admin", "password")
    assert said.code == 1
    assert "au moins 12" in said.err


def test_admin_alone_says_what_it_can_do(passerelle: Commands) -> None:
    said = passerelle("admin")
    assert said.code == 2
    assert "password" in said.err
