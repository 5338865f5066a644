"""Loading: a file becomes a cleaned text with its sections, or is refused by name."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from corpus.catalogue import Fiche, Initiative, Theme, read_fiche, split_front_matter
from corpus.documents import Document
from corpus.errors import (
    DocumentRefused,
    FileEmpty,
    FileMissing,
    FileNotText,
    FileTooLarge,
    FileUnreadable,
    FormatUnknown,
    NothingToIngest,
)
from ingest.cleaning import mend_ocr, normalise

FORMATS = (".md", ".markdown", ".txt")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a document's text, `start` to `end`, under one heading ("" above the first)."""

    heading: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: the document, its sections in order, its front matter and its bytes."""

    document: Document
    sections: tuple[Section, ...]
    fiche: Fiche | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest, and the name that it is shown under: its path below the folder that was named."""

    path: Path
    name: str


def find_files(paths: Iterable[Path]) -> list[Found]:
    """Return the named files, and those of a known format below the named folders, hidden ones left out.

    Raises FileMissing for a path that does not exist, FileUnreadable for one that may not be looked into,
    NothingToIngest when there is no file at all.
    """
    given = list(paths)
    found: list[Found] = []
    for path in given:
        try:
            found += _below(path)
        except OSError as error:
            raise FileUnreadable(file=path, reason=error.strerror or error) from error
    if not found:
        raise NothingToIngest(where=", ".join(str(path) for path in given), known=", ".join(FORMATS))
    return _told_apart(found)


def load(found: Found, *, size_limit: int) -> Loaded:
    """Read one file.

    Raises DocumentRefused (by its subclasses) or CatalogueWrong, each naming the file; sizes are in bytes.
    """
    content = _bytes(found, size_limit=size_limit)
    text = normalise(_decode(content, file=found.name))
    markdown = found.path.suffix.lower() != ".txt"
    fields, body, _ = split_front_matter(text, file=found.name) if markdown else (None, text, 0)
    # A `---` fence also opens plain Markdown: only front matter that says its kind makes a fiche.
    fiche = read_fiche(fields, file=found.name) if fields is not None and "kind" in fields else None
    clean = body.strip() + "\n" if markdown else mend_ocr(body)
    sections, heading = _sections(clean) if markdown else ((Section("", 0, len(clean)),), "")
    # Headings alone give no passage.
    if not any(char.isalnum() for section in sections for char in clean[section.start : section.end]):
        raise FileEmpty(file=found.name)
    document = Document(
        id=fiche.id if fiche else slug(found.name),
        title=fiche.name if fiche else heading or _title_of_name(found.name),
        file=found.name,
        sha256=hashlib.sha256(content).hexdigest(),
        text=clean,
        themes=_themes(fiche),
        initiative=fiche.id if isinstance(fiche, Initiative) else None,
    )
    return Loaded(document, sections, fiche, content)


def slug(name: str) -> str:
    """Return a document id made of a file's name: `Rapport d'été.txt` → `rapport-d-ete`."""
    plain = unicodedata.normalize("NFKD", str(Path(name).with_suffix("")))
    letters = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:80] or "document"


def _below(path: Path) -> Iterator[Found]:
    if path.is_dir():
        next(path.iterdir(), None)  # a folder that may not be read raises here; rglob finds it empty
        for file in sorted(path.rglob("*")):
            inside = file.relative_to(path)
            hidden = any(part.startswith(".") for part in inside.parts)
            closed = file.is_dir() and not os.access(file, os.R_OK | os.X_OK)  # rglob finds it empty too
            if not hidden and (closed or (file.is_file() and file.suffix.lower() in FORMATS)):
                yield Found(file, _shown(inside.as_posix()))
    elif path.exists():
        yield Found(path, _shown(path.name))
    else:
        raise FileMissing(file=path)


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


def _bytes(found: Found, *, size_limit: int) -> bytes:
    if found.path.is_dir():
        raise FileUnreadable(file=found.name, reason=os.strerror(errno.EACCES))
    if found.path.suffix.lower() not in FORMATS:
        raise FormatUnknown(file=found.name, suffix=found.path.suffix, known=", ".join(FORMATS))
    if not found.path.is_file():
        raise FileUnreadable(file=found.name, reason="not a regular file")
    try:
        size = found.path.stat().st_size
        if size > size_limit:
            raise FileTooLarge(file=found.name, size=size, limit=size_limit)
        return found.path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=found.name, reason=error.strerror or error) from error


def _decode(content: bytes, *, file: str) -> str:
    if not content.strip():
        raise FileEmpty(file=file)
    if b"\x00" in content:
        raise FileNotText(file=file, offset=content.index(b"\x00"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileNotText(file=file, offset=error.start) from error


def _sections(text: str) -> tuple[tuple[Section, ...], str]:
    """Return the sections of a Markdown text, and its first top heading as a title ("" without one)."""
    marks = list(_HEADING.finditer(text))
    title = next((mark.group(2) for mark in marks if len(mark.group(1)) == 1), "")
    sections = [Section("", 0, marks[0].start() if marks else len(text))]
    for mark, following in zip_longest(marks, marks[1:]):
        heading = "" if mark.group(2) == title else mark.group(2)
        sections.append(Section(heading, mark.end(), following.start() if following else len(text)))
    return tuple(section for section in sections if text[section.start : section.end].strip()), title


def _themes(fiche: Fiche | None) -> tuple[str, ...]:
    if isinstance(fiche, Initiative):
        return fiche.themes
    return (fiche.id,) if isinstance(fiche, Theme) else ()


def _title_of_name(name: str) -> str:
    return re.sub(r"[_\-\s]+", " ", Path(name).stem).strip() or name


__all__ = ["FORMATS", "DocumentRefused", "Found", "Loaded", "Section", "find_files", "load", "slug"]
