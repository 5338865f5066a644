"""The inbox: files that the team sent in, until the version that holds them is published."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from corpus.errors import FileNameUnusable, FileTooLarge, FileUnreadable, FormatUnknown
from ingest.loaders import FORMATS

_CHUNK = 1 << 20  # bytes
_LONGEST = 150  # bytes of a name as UTF-8: a file system takes 255
_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file of the inbox; `name` is the one that its document has or will have, `size` is in bytes."""

    name: str
    size: int


class Inbox:
    """A folder of files, at most `limit` bytes each. What comes half way is never seen in it."""

    def __init__(self, folder: Path, *, limit: int) -> None:
        self.folder = folder
        self._limit = limit

    def files(self) -> list[Waiting]:
        """Return what waits, by name."""
        waiting = []
        for place, folders, names in os.walk(self.folder):
            folders[:] = [one for one in folders if not one.startswith(".")]
            for file in (Path(place, name) for name in names if not name.startswith(".")):
                with suppress(OSError):  # what is refused or published leaves between two looks
                    waiting.append(Waiting(file.relative_to(self.folder).as_posix(), file.stat().st_size))
        return sorted(waiting, key=lambda one: one.name)

    def receive(self, name: str, content: BinaryIO) -> None:
        """Take in a file under a name that `placed` gave; one of the same name is replaced.

        Raises FileTooLarge, FileUnreadable.
        """
        file = self.folder / name
        half = self.folder / f".{secrets.token_hex(8)}.part"
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with half.open("xb") as written:
                size = 0
                while chunk := content.read(_CHUNK):
                    size += len(chunk)
                    if size > self._limit:
                        raise FileTooLarge(file=name, size=f"> {self._limit}", limit=self._limit)
                    written.write(chunk)
            half.replace(file)
        except OSError as error:
            raise FileUnreadable(file=name, reason=error.strerror or error) from error
        finally:
            half.unlink(missing_ok=True)

    def sha256(self, name: str) -> str:
        """Return the hash of what a file holds now, "" when it is not there."""
        return _hash_of(self.folder / name)

    def unheld(self, held: Mapping[str, str]) -> list[Waiting]:
        """Return the files that differ from those that are `held`, hashes by name, by name."""
        return [one for one in self.files() if self.sha256(one.name) != held.get(one.name)]

    def remove(self, known: Mapping[str, str]) -> None:
        """Take files out, given with the hash that each is known by; what came in since stays."""
        for name, sha256 in known.items():
            if sha256 and self.sha256(name) == sha256:
                self._take_out(self.folder / name, sha256)

    def _take_out(self, file: Path, sha256: str) -> None:
        """Remove a file; one that came to its place between two looks is put back."""
        leaving = self.folder / f".{secrets.token_hex(8)}.part"
        with suppress(FileNotFoundError):
            file.replace(leaving)
            if _hash_of(leaving) == sha256 or file.exists():  # a still later one may be there already
                leaving.unlink()
            else:
                leaving.replace(file)

    def clear(self) -> None:
        """Take everything out."""
        shutil.rmtree(self.folder, ignore_errors=True)


def named(sent: str) -> str:
    """Return the name of a file as it was sent in, without folders.

    Raises FileNameUnusable for one that is empty or holds what is not shown, FormatUnknown for one of
    another kind than those that are read.
    """
    name = unicodedata.normalize("NFC", sent.replace("\\", "/").rpartition("/")[2].strip())
    odd = next((char for char in name if unicodedata.category(char) in _UNSEEN), None)
    if odd:
        raise FileNameUnusable(file=shown(name), character=f"U+{ord(odd):04X}")
    suffix = PurePosixPath(name).suffix
    if name.startswith(".") or suffix.lower() not in FORMATS:
        raise FormatUnknown(file=name or "?", suffix=suffix, known=", ".join(FORMATS))
    return _cut(name.removesuffix(suffix), _LONGEST - len(suffix)) + suffix


def placed(name: str, *, known: Collection[str], taken: Collection[str]) -> str:
    """Return where a file goes: to the only document of its name, whichever folder that came from.

    `known` are the files of the live documents, `taken` the places that others of the same sending have: of
    two of one name the second gets a number.
    """
    same = [file for file in known if PurePosixPath(file).name == name and _is_plain(file)]
    place = same[0] if len(same) == 1 else name
    path, number = PurePosixPath(place), 2
    while place in taken:
        place, number = str(path.with_name(f"{path.stem} ({number}){path.suffix}")), number + 1
    return place


def shown(name: str) -> str:
    """Return a name with what is not shown as escapes."""
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _UNSEEN else char for char in name)


def _hash_of(file: Path) -> str:
    try:
        now = file.stat()
        return _hashed(file, (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns))
    except OSError:
        return ""


@lru_cache(maxsize=4096)
def _hashed(file: Path, _state: tuple[int, ...]) -> str:
    """Return the hash of a file in some state: pages ask for it again and again, and files are large."""
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def _is_plain(file: str) -> bool:
    """Say whether a name leads to a place below the inbox."""
    parts = file.split("/")
    return not any(part in ("", ".", "..") or part.startswith(".") or "\\" in part for part in parts)


def _cut(text: str, most: int) -> str:
    return text.encode("utf-8")[:most].decode("utf-8", "ignore").rstrip()
