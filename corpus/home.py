"""The runtime folder: where each thing lies in it, and who may write."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from corpus.errors import HomeBusy, HomeUnusable


class Home:
    """The folder named by `PASSERELLE_HOME`, made if need be.

    `ledger` is the address of a database in place of the file in the folder. HomeUnusable is raised when the
    folder cannot be written.
    """

    def __init__(self, folder: Path, *, ledger: str | None = None) -> None:
        self.folder = folder
        self.ledger: Path | str = ledger or folder / "ledger.sqlite3"
        self.store = folder / "chroma"
        self.originals = folder / "originals"
        self.models = folder / "models"
        self.inbox = folder / "inbox"
        try:
            self.originals.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusable(home=folder, reason=error.strerror or error) from error
        if not os.access(folder, os.W_OK | os.X_OK) or not _writes(folder):
            raise HomeUnusable(home=folder, reason="no permission to write")
        for inside in (self.folder / "ledger.sqlite3", self.store, self.store / "chroma.sqlite3"):
            if inside.exists() and not os.access(inside, os.R_OK | os.W_OK):
                # SQLite would take it for damage, and damage has another remedy.
                name = inside.relative_to(folder)
                raise HomeUnusable(home=folder, reason=f"no permission to write {name}")

    def original(self, sha256: str, file: str) -> Path:
        """Return where the bytes of an ingested file are kept."""
        return self.originals / f"{sha256}{Path(file).suffix.lower()}"

    @contextmanager
    def owned_for(self, work: str) -> Iterator[None]:
        """Hold the home for one kind of work (`ingest`, `serve`), across processes.

        Raises HomeBusy, naming the owner, when another process holds it. The lock ends with its process,
        however that ends.
        """
        owner = self.folder / f"{work}.owner"
        lock = FileLock(self.folder / f"{work}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            name = work
            with suppress(OSError):  # it may have ended its work just now
                name = owner.read_text(encoding="utf-8") or work
            raise HomeBusy(home=self.folder, owner=name) from error
        try:
            owner.write_text(f"{work}, process {os.getpid()}", encoding="utf-8")
            yield
        finally:
            owner.unlink(missing_ok=True)
            lock.release()


def _writes(folder: Path) -> bool:
    # Asking the system is not enough: a read-only mount lets root pass the permission check.
    probe = folder / f".probe-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return False
    return True
