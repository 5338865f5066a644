from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus import soundness
from corpus.apart import python
from corpus.documents import Passage
from corpus.errors import StoreCorrupt
from corpus.home import Home
from corpus.records import Version
from corpus.soundness import check, read_through
from corpus.store import Store

MANY = 1001


def version(passages: int) -> Version:
    return Version(1, datetime.now(UTC), "fake", passages, ())


def filled(folder: Path, *, passages: int) -> Home:
    """Return a home whose store holds that many passages as version 1."""
    home = Home(folder)
    store = Store(home.store)
    store.create(1)
    texts = [Passage("d", "D", "d.txt", "un texte", place, place + 1) for place in range(passages)]
    vectors = np.random.default_rng(7).normal(size=(passages, 8)).astype(np.float32)
    store.add(1, texts, vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    store.close()
    return home


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The return codes of the trials that are made."""
    codes: list[int] = []
    run = subprocess.run

    def counted(*arguments: Any, **named: Any) -> Any:
        done = run(*arguments, **named)
        codes.append(done.returncode)
        return done

    monkeypatch.setattr(subprocess, "run", counted)
    return codes


def test_a_small_version_is_not_tried_unless_asked_for(tmp_path: Path, trials: list[int]) -> None:
    home = filled(tmp_path, passages=3)
    check(home, version(3))
    assert trials == []
    check(home, version(3), again=True)
    assert trials == [0]


def test_a_large_version_is_tried_once_for_each_state_of_its_files(tmp_path: Path, trials: list[int]) -> None:
    home = filled(tmp_path, passages=MANY)
    check(home, version(MANY))
    check(home, version(MANY))
    assert trials == [0]
    [vectors] = home.store.glob("*/data_level0.bin")
    vectors.write_bytes(b"\xff" * vectors.stat().st_size)
    with pytest.raises(StoreCorrupt, match=r"the store in .*chroma is damaged \(.+\)"):
        check(home, version(MANY))
    assert trials == [0, 3]


def test_passages_that_are_missing_are_counted(tmp_path: Path) -> None:
    with pytest.raises(StoreCorrupt, match="3 passages instead of 4"):
        check(filled(tmp_path, passages=3), version(4), again=True)


def test_without_a_version_the_store_must_open(tmp_path: Path) -> None:
    home = filled(tmp_path, passages=1)
    (home.store / "chroma.sqlite3").write_bytes(b"garbage!" * 512)
    with pytest.raises(StoreCorrupt, match="file is not a database"):
        check(home, None)


@pytest.mark.parametrize(
    ("ending", "reason"),
    [
        ("import os; os.abort()", r"opening it ends the process, code -6"),
        ("raise SystemExit(9)", r"opening it ends the process, code 9"),
        ("print('a page is torn'); raise SystemExit(3)", r"\(a page is torn\)"),
    ],
)
def test_a_trial_that_dies_is_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, reason: str
) -> None:
    dying = {"args": [sys.executable, "-c", ending], "env": {}}
    monkeypatch.setattr(soundness, "python", lambda *_: dying)
    with pytest.raises(StoreCorrupt, match=reason):
        check(Home(tmp_path), version(MANY))


def test_a_trial_without_an_end_is_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    endless = {"args": [sys.executable, "-c", "import time; time.sleep(60)"], "env": {}}
    monkeypatch.setattr(soundness, "python", lambda *_: endless)
    monkeypatch.setattr(soundness, "_PATIENCE", 0.1)
    with pytest.raises(StoreCorrupt, match=r"no answer within 0\.1 s"):
        check(Home(tmp_path), version(MANY))


def test_a_torn_page_that_no_query_needs_is_found(tmp_path: Path) -> None:
    home = filled(tmp_path, passages=200)
    file = home.store / "chroma.sqlite3"
    read_through(file)
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 4096] = b"\xff" * 4096
    file.write_bytes(content)
    with pytest.raises(StoreCorrupt, match=rf"the store in {file} is damaged"):
        read_through(file)


def test_a_database_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreCorrupt, match="unable to open database file"):
        read_through(tmp_path / "chroma.sqlite3")


def test_another_process_runs_our_modules_wherever_it_is_and_whatever_lies_there(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise AssertionError('imported')")
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "__init__.py").write_text("raise AssertionError('imported')")
    done = subprocess.run(**python("corpus.settings"), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_another_process_keeps_the_users_own_path_behind_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/opt/ours")
    process = python("corpus", "--x")
    assert process["args"] == [sys.executable, "-P", "-m", "corpus", "--x"]
    assert process["env"]["PYTHONPATH"].endswith(":/opt/ours")
    assert not process["env"]["PYTHONPATH"].startswith("/opt/ours")
