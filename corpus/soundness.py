"""Soundness: whether a version can be searched, tried out by a process that may die of it.

Chroma's vector index is native code: a damaged file can end the process that loads it, with nothing said.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from corpus.errors import StoreCorrupt
from corpus.home import Home
from corpus.ledger import Version
from corpus.settings import PROJECT

# Chroma writes vectors to files of their own from this many on; fewer are replayed from its SQLite.
_ON_DISK = 1000
_PATIENCE = 300
_WRONG = 3


def check(home: Home, version: Version, *, again: bool = False) -> None:
    """Raise StoreCorrupt unless a version can be opened, counted and searched.

    Done once (2 s) for each state of the files, and not at all for a small version, which cannot do harm;
    `again` insists.
    """
    state = _state(home.store)
    remembered = home.folder / "store.checked"
    if not again and (version.passages < _ON_DISK or _read(remembered) == [version.number, state]):
        return
    command = [sys.executable, "-P", "-m", "corpus.soundness", str(home.store)]
    command += [str(version.number), str(version.passages)]
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    try:
        trial = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
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
    remembered.write_text(json.dumps([version.number, state]), encoding="utf-8")


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


def _try_out(store: str, number: str, passages: str) -> int:
    from corpus.store import Store

    try:
        Store(Path(store)).check(int(number), passages=int(passages))
    except StoreCorrupt as error:
        sys.stdout.write(str(error.fields["reason"]))
        return _WRONG
    return 0


if __name__ == "__main__":
    sys.exit(_try_out(*sys.argv[1:]))
