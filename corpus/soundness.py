"""Soundness: whether a version can be searched, tried out by a process that may die of it.

Chroma's vector index is native code: a damaged file can end the process that loads it, with nothing said.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from corpus.apart import python
from corpus.errors import StoreCorrupt
from corpus.home import Home
from corpus.records import Version

# Chroma writes vectors to files of their own from this many on; fewer are replayed from its SQLite.
_ON_DISK = 1000
_PATIENCE = 300
_WRONG = 3
_REMEMBERED = "store.checked"


def check(home: Home, version: Version | None, *, again: bool = False) -> None:
    """Raise StoreCorrupt unless a version can be opened, counted and searched; without one, the store opened.

    Done once (2 s) for each state of the files, and not at all for a small version without any, which cannot
    do harm; `again` insists.
    """
    files = _state(home.store)
    state = [version.number, files] if version else []
    known = home.folder / _REMEMBERED
    if version and not again:
        # A small version may be of a time when one had more vectors than passages, in files of their own.
        small = version.passages < _ON_DISK and not files
        if small or _read(known) == state:
            return
    arguments = [str(version.number), str(version.passages)] if version else []
    try:
        trial = subprocess.run(
            **python("corpus.soundness", str(home.store), *arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise StoreCorrupt(where=home.store, reason=f"no answer within {_PATIENCE} s") from error
    if trial.returncode:
        said = trial.stdout.strip() if trial.returncode == _WRONG else ""
        reason = said or f"opening it ends the process, code {trial.returncode}"
        raise StoreCorrupt(where=home.store, reason=reason)
    if version:
        known.write_text(json.dumps(state), encoding="utf-8")


def remember(home: Home, version: Version) -> None:
    """Take the store's files for sound as they are: this process has just written and closed them."""
    state = [version.number, _state(home.store)]
    (home.folder / _REMEMBERED).write_text(json.dumps(state), encoding="utf-8")


def _state(store: Path) -> list[list[object]]:
    """Return path, bytes and time of each file that vectors are loaded from."""
    folders = {file.parent for file in store.glob("*/index_metadata.pickle")}
    files = sorted(file for folder in folders for file in folder.iterdir())
    return [
        [file.relative_to(store).as_posix(), file.stat().st_size, file.stat().st_mtime_ns] for file in files
    ]


def _read(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _try_out(folder: str, number: str = "", passages: str = "") -> int:
    from corpus.store import Store

    try:
        store = Store(Path(folder))
        read_through(Path(folder) / "chroma.sqlite3")
        store.numbers()
        if number:
            store.check(int(number), passages=int(passages))
    except StoreCorrupt as error:
        sys.stdout.write(str(error.fields["reason"]))
        return _WRONG
    return 0


def read_through(file: Path) -> None:
    """Raise StoreCorrupt when any page of a SQLite file is damaged: a query sees only those it needs."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True)) as connection:
            [said] = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StoreCorrupt(where=file, reason=str(error)) from error
    if said != "ok":
        raise StoreCorrupt(where=file, reason=said.splitlines()[-1])


if __name__ == "__main__":
    sys.exit(_try_out(*sys.argv[1:]))
