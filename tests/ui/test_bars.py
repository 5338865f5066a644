"""How far an ingest is: bars on a terminal, JSON lines for a program, nothing in a file."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr
from typing import get_args

import pytest

from corpus.documents import Language
from corpus.errors import FileMissing
from ingest.progress import Stage
from ui.bars import progress_bars
from ui.text import phrase

Watcher = Callable[[str, int, int], None]


class Terminal(io.StringIO):
    """A standard error that says it is a terminal."""

    def isatty(self) -> bool:
        return True

    def drawn(self) -> str:
        """Return what was drawn since this was last asked."""
        text = self.getvalue()
        self.seek(0)
        self.truncate()
        return text


@pytest.fixture
def terminal() -> Terminal:
    return Terminal()


@contextmanager
def bars(terminal: Terminal, language: Language = "en") -> Iterator[Watcher]:
    """Draw on that terminal, which is standard error meanwhile."""
    with redirect_stderr(terminal), progress_bars(language, as_json=False) as watcher:
        yield watcher


def test_with_json_each_step_is_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bars("fr", as_json=True) as watcher:
        watcher("read", 1, 2)
        watcher("read", 2, 2)
        watcher("embed", 0, 7)
    said = capsys.readouterr()
    assert said.out == ""
    assert [json.loads(line) for line in said.err.splitlines()] == [
        {"stage": "read", "done": 1, "total": 2},
        {"stage": "read", "done": 2, "total": 2},
        {"stage": "embed", "done": 0, "total": 7},
    ]


@pytest.mark.parametrize("language", get_args(Language))
@pytest.mark.parametrize("stage", get_args(Stage))
def test_every_stage_has_its_name_in_both_languages(
    terminal: Terminal, stage: Stage, language: Language
) -> None:
    with bars(terminal, language) as watcher:
        watcher(stage, 1, 4)
        assert phrase(f"stage.{stage}", language) in terminal.drawn()


def test_a_bar_shows_how_many_of_how_many_are_done(terminal: Terminal) -> None:
    with bars(terminal) as watcher:
        watcher("embed", 0, 12)
        terminal.drawn()
        watcher("embed", 3, 12)
        assert re.search(r"Embedding the passages  25 % \|\S+ *\| 3/12 ", terminal.drawn())


def test_a_total_that_grows_is_followed(terminal: Terminal) -> None:
    with bars(terminal) as watcher:
        watcher("read", 1, 2)
        watcher("read", 2, 8)
        assert "| 2/8 " in terminal.drawn()


def test_a_stage_that_ends_makes_way_for_the_next(terminal: Terminal) -> None:
    with bars(terminal) as watcher:
        watcher("read", 2, 2)
        terminal.drawn()
        watcher("embed", 1, 2)
    after = terminal.drawn()
    assert phrase("stage.embed", "en") in after
    assert phrase("stage.read", "en") not in after
    assert "\n" not in after


def test_an_ingest_that_fails_leaves_no_bar_behind(terminal: Terminal) -> None:
    def fail() -> None:
        with bars(terminal) as watcher:
            watcher("embed", 1, 2)
            raise FileMissing(file="houle.md")

    with pytest.raises(FileMissing):
        fail()
    *_, blank, after = terminal.drawn().split("\r")
    assert (blank.strip(), after) == ("", "")


def test_a_stage_with_nothing_to_do_can_be_shown(terminal: Terminal) -> None:
    with bars(terminal) as watcher:
        watcher("stage", 0, 0)
        assert phrase("stage.stage", "en") in terminal.drawn()


def test_where_there_is_no_terminal_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bars("fr", as_json=False) as watcher:
        watcher("read", 1, 2)
    assert capsys.readouterr() == ("", "")
