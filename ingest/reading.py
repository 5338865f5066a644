"""Reading: the files found become documents, or are refused by name."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from corpus.catalogue import Fiche
from corpus.documents import Document
from corpus.errors import (
    CatalogueWrong,
    DocumentNote,
    DocumentRefused,
    FileEmpty,
    FileTooLarge,
    FileUnreadable,
)
from corpus.home import Home
from ingest.assembly import Assembled
from ingest.extract import Section
from ingest.finding import Found, Refusal
from ingest.isolation import Readers
from ingest.naming import id_of
from ingest.parsing import Parsed, parse, read_pages
from ingest.progress import FileWatcher, unseen
from ingest.traced import Alignment

_PAGES_AT_ONCE = 4
_SECONDS_A_PAGE = 60
# Not every system has them all.
_PLAINLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file that was read: the document, its sections in order, its fiches, and where its text stood."""

    document: Document
    sections: tuple[Section, ...]
    fiche: Fiche | None = None
    derived: tuple[Fiche, ...] = ()
    original: str = ""
    alignment: Alignment = field(default_factory=Alignment)
    notes: tuple[DocumentNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came in: its bytes are kept in the home under their hash.

    `new` says that they were not there before: those of a file that is refused are not kept.
    """

    found: Found
    sha256: str
    original: Path
    new: bool


@dataclass
class Read:
    """What came of the files: `held` are those whose bytes were in the index before."""

    loaded: list[Loaded] = field(default_factory=list)
    held: list[Brought] = field(default_factory=list)
    again: list[Brought] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)


class Reader:
    """Reads files in processes of their own. Sizes are in bytes, `seconds` is what one file may take."""

    def __init__(self, home: Home, *, readers: Readers, size_limit: int, seconds: float) -> None:
        self._home = home
        self._readers = readers
        self._size_limit = size_limit
        self._seconds = seconds

    def read(
        self,
        found: Sequence[Found],
        *,
        held: Mapping[str, str],
        done: Callable[[int, int], None],
        each: FileWatcher = unseen,
    ) -> Read:
        """Read files, except those whose hash is among `held`, and the second of two with the same bytes.

        `done` is told how many there are and were read, `each` what came of every one.
        """
        result = Read()
        seen: set[str] = set()
        fresh: list[Brought] = []
        twins: dict[str, list[Brought]] = defaultdict(list)
        for one in found:
            try:
                brought = self._bring_in(one)
            except DocumentRefused as reason:
                result.refused.append(Refusal(one.name, reason))
                each(one.name, "refused", reason)
                continue
            if brought.sha256 in held:
                result.held.append(brought)
                each(one.name, "held", None)
            elif brought.sha256 in seen:
                twins[brought.sha256].append(brought)
            else:
                seen.add(brought.sha256)
                fresh.append(brought)
        self._readers.expect(len(fresh))
        waiting = [(brought, self._submit(brought)) for brought in fresh]
        if waiting:
            # The index will be written: what that needs is slow to import, and this process only waits.
            threading.Thread(target=_import_ahead, daemon=True).start()
        for place, (brought, future) in enumerate(waiting):
            same = twins.pop(brought.sha256, [])
            # What one name is refused for, another may be read under: a PDF that was called .docx.
            taken = self._take(result, brought, future, each)
            while not taken and same:
                other = same.pop(0)
                taken = self._take(result, other, self._submit(other), each)
            result.again += same
            for other in same:
                each(other.found.name, "again", None)
            done(place + 1, len(waiting))
        return result

    def _take(self, result: Read, brought: Brought, future: Future[Parsed], each: FileWatcher) -> bool:
        """Add what a file holds, or what it is refused for; say which."""
        try:
            result.loaded.append(_loaded(brought, self._document(brought, future)))
        except (DocumentRefused, CatalogueWrong) as reason:
            result.refused.append(Refusal(brought.found.name, reason))
            each(brought.found.name, "refused", reason)
            if brought.new:
                brought.original.unlink(missing_ok=True)
            return False
        each(brought.found.name, "read", None)
        return True

    def _submit(self, brought: Brought, texts: Mapping[int, str] | None = None) -> Future[Parsed]:
        name, suffix = brought.found.name, brought.found.path.suffix.lower()
        return self._readers.submit(
            parse, brought.original, file=name, suffix=suffix, texts=texts, seconds=self._seconds
        )

    def _document(self, brought: Brought, future: Future[Parsed]) -> Assembled:
        name = brought.found.name
        parsed = self._readers.result(future, file=name, seconds=self._seconds)
        if parsed.document is None:
            texts = self._pages(brought, parsed.unread)
            parsed = self._readers.result(self._submit(brought, texts), file=name, seconds=self._seconds)
        if parsed.document is None:
            raise FileEmpty(file=name)
        return parsed.document

    def _pages(self, brought: Brought, pages: Sequence[int]) -> dict[int, str]:
        """Return the text of pages that are images, a few at a time, so that a long scan is no slow file."""
        name = brought.found.name
        seconds = _PAGES_AT_ONCE * _SECONDS_A_PAGE
        parts = [tuple(pages[at : at + _PAGES_AT_ONCE]) for at in range(0, len(pages), _PAGES_AT_ONCE)]
        self._readers.expect(len(parts))
        futures = [
            self._readers.submit(
                read_pages,
                brought.original,
                file=name,
                suffix=brought.found.path.suffix.lower(),
                pages=part,
                seconds=seconds,
            )
            for part in parts
        ]
        texts: dict[int, str] = {}
        for future in futures:
            part_read: dict[int, str] = self._readers.result(future, file=name, seconds=seconds)
            texts |= part_read
        return texts

    def _bring_in(self, found: Found) -> Brought:
        """Keep the bytes of a file in the home, named by their hash."""
        content = self._bytes(found)
        sha256 = hashlib.sha256(content).hexdigest()
        original = self._home.original(sha256, found.name)
        new = not original.exists() or original.stat().st_size != len(content)
        if new:
            half = original.with_suffix(".part")
            half.write_bytes(content)
            half.replace(original)
        return Brought(found, sha256, original, new)

    def _bytes(self, found: Found) -> bytes:
        try:
            # Not blocking: what was a file when it was found may be a pipe by now.
            handle = os.open(
                found.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
            )
            with os.fdopen(handle, "rb") as file:
                state = os.fstat(file.fileno())
                if not stat.S_ISREG(state.st_mode):
                    raise FileUnreadable(file=found.name, reason="not a regular file")
                if state.st_size > self._size_limit:
                    raise FileTooLarge(file=found.name, size=state.st_size, limit=self._size_limit)
                content = file.read(self._size_limit + 1)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            raise FileUnreadable(file=found.name, reason=error.strerror or str(error)) from error
        if len(content) > self._size_limit:
            raise FileTooLarge(file=found.name, size=len(content), limit=self._size_limit)
        if not content.strip():
            raise FileEmpty(file=found.name)
        return content


def _import_ahead() -> None:
    for module in ("corpus.store", "ingest.splitting", "ingest.staging", "ingest.doubting"):
        import_module(module)


def _loaded(brought: Brought, assembled: Assembled) -> Loaded:
    own = assembled.written.id if assembled.written else id_of(brought.found.name)
    entry = assembled.written.id if assembled.written else None
    sections = assembled.sections
    if entry:
        sections = tuple(Section(one.heading, one.start, one.end, one.page, entry) for one in sections)
    return Loaded(
        document=Document(
            id=own, title=assembled.title, file=brought.found.name, sha256=brought.sha256, text=assembled.text
        ),
        sections=sections,
        fiche=assembled.written,
        derived=assembled.derived,
        original=assembled.original,
        alignment=assembled.alignment,
        notes=assembled.notes,
    )
