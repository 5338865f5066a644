"""Prints: the pages that were drawn, kept in the home under the hash of their file, bounded in bytes.

A page is two files: its picture, and what is known of it. All names are made here of a hash and a number.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Collection
from pathlib import Path

from ui.reader.drawing.sheet import Sheet

EDITION = 1
"""Raised when pages are drawn otherwise, so that those kept from before are drawn again."""
ROOM = 500_000_000  # bytes
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LEAST_FREED = 0.2  # of the room, so that not every page looks for some


class Prints:
    """The folder `pages` of a home. What cannot be written is not kept: a page can be drawn again."""

    def __init__(self, folder: Path, *, room: int = ROOM) -> None:
        self._folder = folder
        self._room = room
        self._lock = threading.Lock()
        self._bytes: int | None = None

    def sheet(self, sha256: str, page: int) -> Sheet | None:
        """Return what is known of a page, None when it is not kept whole."""
        file = self._file(sha256, page, "json")
        try:
            found = Sheet.from_json(file.read_text(encoding="utf-8"))
            os.utime(file)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found

    def picture(self, sha256: str, page: int) -> bytes | None:
        """Return the picture of a page, None when it is not kept."""
        file = self._file(sha256, page, "webp")
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        return content or None

    def keep(self, sha256: str, page: int, sheet: Sheet, picture: bytes | None = None) -> None:
        """Keep a page; without a picture the one that is there stays."""
        parts = [("webp", picture)] if picture is not None else []
        try:
            for ending, content in [*parts, ("json", sheet.to_json().encode())]:
                self._write(self._file(sha256, page, ending), content)
        except OSError:
            return
        self._make_room()

    def forget_others(self, current: Collection[str]) -> None:
        """Throw away the pages of files whose hash is not among the current ones."""
        with self._lock:
            for folder in self._folders():
                if folder.name not in current:
                    shutil.rmtree(folder, ignore_errors=True)
            self._bytes = None

    def _file(self, sha256: str, page: int, ending: str) -> Path:
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self._folder / sha256 / f"{int(page)}-{EDITION}.{ending}"

    def _write(self, file: Path, content: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f"{file.name}.{threading.get_ident()}.part")
        half.write_bytes(content)
        half.replace(file)
        with self._lock:
            if self._bytes is not None:
                self._bytes += len(content)

    def _make_room(self) -> None:
        """Throw away what was not looked at for longest, once there is more than there is room for."""
        with self._lock:
            if self._bytes is None:
                self._bytes = sum(size for _, size, _ in self._kept())
            if self._bytes <= self._room:
                return
            wanted = (1 - _LEAST_FREED) * self._room
            kept = sorted(self._kept())
            total = sum(size for _, size, _ in kept)
            for _, size, file in kept:
                if total <= wanted:
                    break
                file.unlink(missing_ok=True)
                total -= size
            self._bytes = total

    def _folders(self) -> list[Path]:
        try:
            return [one for one in self._folder.iterdir() if _SHA256.fullmatch(one.name)]
        except OSError:
            return []

    def _kept(self) -> list[tuple[float, int, Path]]:
        """Return when each file was last looked at, its bytes, and where it is."""
        found = []
        for folder in self._folders():
            for file in folder.glob("*"):
                try:
                    state = file.stat()
                except OSError:
                    continue
                found.append((state.st_mtime, state.st_size, file))
        return found
