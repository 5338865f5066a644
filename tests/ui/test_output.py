"""Output that nobody reads, or that cannot be written, ends a command quietly or with one line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import write
from ui.output import show

PROJECT = Path(__file__).resolve().parent.parent.parent
HELP = [sys.executable, "-m", "ui", "--help", "--lang", "en"]


def test_a_reader_who_leaves_is_not_told_anything() -> None:
    process = subprocess.Popen(HELP, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout
    process.stdout.close()
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, b"")


def test_output_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    closed = os.open(write(tmp_path / "file", ""), os.O_RDONLY)
    trial = subprocess.run(HELP, cwd=PROJECT, stdout=closed, stderr=subprocess.PIPE, text=True, check=False)
    os.close(closed)
    [line] = trial.stderr.splitlines()
    assert trial.returncode == 1
    assert line.startswith("passerelle: the output cannot be written (")


def test_a_terminal_without_our_letters_shows_others_in_their_place() -> None:
    french = [*HELP[:-1], "fr"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    trial = subprocess.run(french, cwd=PROJECT, env=environment, capture_output=True, check=False)
    assert (trial.returncode, trial.stderr) == (0, b"")
    assert "Passerelle répond" in trial.stdout.decode("latin-1")
    assert "d?un" in trial.stdout.decode("latin-1")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_loses_no_letter_whatever_the_terminal(monkeypatch: pytest.MonkeyPatch, encoding: str) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding=encoding, errors="replace")
    monkeypatch.setattr(sys, "stdout", stream)
    show({"text": "cœur d’été 😀"})
    assert json.loads(written.getvalue().decode(encoding)) == {"text": "cœur d’été 😀"}
