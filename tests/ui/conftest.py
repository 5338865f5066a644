"""The command line, run inside the test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes import write_fiches
from tests.ui.fakes import open_with
from ui.cli import run
from ui.opening import Opening


@dataclass(frozen=True)
class Said:
    """What a command did: its exit code, and what it wrote."""

    code: int
    out: str
    err: str


Commands = Callable[..., Said]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A runtime folder that is not there yet."""
    return tmp_path / "home"


@pytest.fixture
def passerelle(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Commands:
    """The commands on `home`, in French, with a fake model and the fiches of the Atelier as material."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    write_fiches(home.parent / "material")

    def passerelle(*arguments: str, opened: Callable[..., Opening] | None = None) -> Said:
        capsys.readouterr()
        code = run(arguments, open_with=opened or open_with(home))
        said = capsys.readouterr()
        return Said(code, said.out.replace("\u00a0", " "), said.err.replace("\u00a0", " "))

    return passerelle
