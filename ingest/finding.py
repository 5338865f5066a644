"""Finding: the files to ingest among those named, and those that are refused before they are opened."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import (
    DocumentRefused,
    FileMissing,
    FileNameUnusable,
    FileOutside,
    FileUnreadable,
    FormatUnknown,
    NothingToIngest,
    PasserelleError,
)
from ingest.loaders import FORMATS

# Control characters, marks of direction, line separators: what makes a name look like another.
_UNSEEN = frozenset(["Cc", "Cf", "Zl", "Zp"])
_KINDS = {
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
    stat.S_IFDIR: "a folder",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest, and the name that it is shown under: its path below the folder that was named."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that was not ingested, and why."""

    file: str
    reason: PasserelleError


def find_files(paths: Iterable[Path]) -> tuple[list[Found], list[Refusal]]:
    """Return the named files and those of a known format below the named folders, and what is refused.

    Hidden files are left out, links are followed as long as they stay in the folder. Raises NothingToIngest
    when no file is named or found, FileMissing when the only path named does not exist.
    """
    given = list(paths)
    found: list[Found] = []
    refused: list[Refusal] = []
    for path in given:
        try:
            for one in _below(path):
                wrong = _wrong(one, root=path)
                if wrong:
                    refused.append(Refusal(one.name, wrong))
                else:
                    found.append(one)
        except DocumentRefused as error:
            refused.append(Refusal(_shown(str(path)), error))
        except (OSError, ValueError) as error:  # ValueError: a NUL in a path
            reason = getattr(error, "strerror", None) or error
            refused.append(Refusal(_shown(str(path)), FileUnreadable(file=_shown(str(path)), reason=reason)))
    if len(given) == 1 and not found and refused and isinstance(refused[0].reason, FileMissing):
        raise refused[0].reason
    if not found and not refused:
        raise NothingToIngest(where=", ".join(str(path) for path in given), known=", ".join(FORMATS))
    return _told_apart(found), refused


def _below(path: Path) -> Iterator[Found]:
    if path.is_dir():
        next(path.iterdir(), None)  # a folder that may not be read raises here; walking finds it empty
        for folder, folders, files in os.walk(path):
            closed = [one for one in folders if not os.access(os.path.join(folder, one), os.R_OK | os.X_OK)]  # noqa: PTH118
            # What a link inside leads to is found where it is.
            links = [
                one for one in folders if (at := Path(folder, one)).is_symlink() and not _inside(at, path)
            ]
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            known = [one for one in files if Path(one).suffix.lower() in FORMATS]
            for name in sorted({*closed, *known, *links}):
                if not name.startswith("."):
                    file = Path(folder) / name
                    yield Found(file, _shown(file.relative_to(path).as_posix()))
    elif path.exists() or path.is_symlink():
        yield Found(path, _shown(path.name))
    else:
        raise FileMissing(file=_shown(str(path)))


def _wrong(found: Found, *, root: Path) -> DocumentRefused | None:
    """Return why a file cannot be ingested, None when it may be opened."""
    hidden = next((char for char in found.name if unicodedata.category(char) in _UNSEEN), None)
    if hidden:
        return FileNameUnusable(file=_printable(found.name), character=f"U+{ord(hidden):04X}")
    if found.path.is_symlink() and root != found.path and not _inside(found.path, root):
        return FileOutside(file=found.name, target=_shown(str(found.path.readlink())))
    try:
        mode = stat.S_IFMT(found.path.stat().st_mode)
    except OSError as error:
        return FileUnreadable(file=found.name, reason=error.strerror or error)
    if mode == stat.S_IFDIR and not os.access(found.path, os.R_OK | os.X_OK):
        return FileUnreadable(file=found.name, reason="Permission denied")
    if mode != stat.S_IFREG:
        return FileUnreadable(file=found.name, reason=f"not a regular file but {_KINDS.get(mode, 'another')}")
    suffix = found.path.suffix.lower()
    if suffix not in FORMATS:
        return FormatUnknown(file=found.name, suffix=found.path.suffix, known=", ".join(FORMATS))
    return None


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def _told_apart(found: Sequence[Found]) -> list[Found]:
    """Return each file once, and those of one name under the folders that tell them apart too."""
    once = {one.path.resolve(): one for one in reversed(found)}
    sharing: dict[str, list[Path]] = defaultdict(list)
    for path, one in once.items():
        sharing[one.name].append(path)
    for paths in sharing.values():
        above = os.path.commonpath([path.parent for path in paths])
        for path in paths if len(paths) > 1 else ():
            once[path] = Found(once[path].path, _shown(path.relative_to(above).as_posix()))
    return list(once.values())[::-1]


def _shown(name: str) -> str:
    """Return a file's name as text; bytes that are not UTF-8 become escapes, so that names stay apart."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def _printable(name: str) -> str:
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _UNSEEN else char for char in name)
