"""The press: pages of originals are drawn in processes of their own, once, and kept."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection
from concurrent.futures import Future
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from cachetools import LRUCache, TTLCache

from corpus.errors import FileMissing, PasserelleError
from corpus.home import Home
from corpus.records import DocumentRow
from ingest.isolation import Readers
from ui.errors import PagesBusy, PageUnknown
from ui.reader.drawing.draw import DRAWN, draw, read_words
from ui.reader.drawing.sheet import Drawn, Sheet, Word
from ui.reader.prints import Prints

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
SECONDS = 20.0  # that drawing a page may take
_SCAN_SECONDS = 60.0  # that reading the words of a scan may take
_MOST_WAITING = 8  # requests; each holds one of the server's threads
_TRIED_AGAIN = 600.0  # seconds after which a page that could not be drawn is tried again


def is_drawn(file: str) -> bool:
    """Say whether a file is of a kind whose pages are drawn."""
    return Path(file).suffix.lower() in DRAWN


class Press:
    """Draws the pages of the originals in a home. `readers` opens the processes, at the first page."""

    def __init__(self, home: Callable[[], Home], *, readers: Callable[[], Readers]) -> None:
        self._home = home
        self._open = readers
        self._readers: Readers | None = None
        self._lock = threading.Lock()
        self._running: dict[tuple[str, str, int], Future[object]] = {}
        self._counts: LRUCache[str, int] = LRUCache(1_000)
        self._failed: TTLCache[tuple[str, str, int], PasserelleError] = TTLCache(1_000, _TRIED_AGAIN)

    @cached_property
    def _prints(self) -> Prints:
        return Prints(self._home().folder / "pages")

    def sheet(self, row: DocumentRow, page: int) -> Sheet:
        """Return what is known of a page, from 1, drawing it if need be.

        Raises PageUnknown, PagesBusy, and DocumentRefused by its subclasses for what cannot be drawn:
        FileMissing and OriginalAltered when the original is not what it was.
        """
        kept = self._prints.sheet(row.sha256, page)
        return kept or self._once("draw", row, page, lambda: self._drawn(row, page)).sheet

    def picture(self, row: DocumentRow, page: int) -> bytes:
        """Return the picture of a page as WebP. Raises as `sheet` does."""
        kept = self._prints.picture(row.sha256, page)
        return kept or self._once("draw", row, page, lambda: self._drawn(row, page)).picture

    def read_sheet(self, row: DocumentRow, page: int) -> Sheet:
        """Return a page with its words, which tesseract reads where it is a scan: that takes seconds.

        Raises as `sheet` does, and FileTooSlow.
        """
        sheet = self.sheet(row, page)
        if not sheet.unread:
            return sheet
        return self._once("read", row, page, lambda: self._read(row, page, sheet))

    def forget_others(self, current: Collection[str]) -> None:
        """Throw away the pages of files whose hash is not among the current ones."""
        self._prints.forget_others(current)

    def close(self) -> None:
        """End the processes."""
        with self._lock:
            if self._readers is not None:
                self._readers.close()
                self._readers = None

    def _drawn(self, row: DocumentRow, page: int) -> Drawn:
        sheet, picture = self._prints.sheet(row.sha256, page), self._prints.picture(row.sha256, page)
        if sheet and picture:
            return Drawn(sheet, picture)  # somebody else was done since this one looked
        original = self._home().original(row.sha256, row.file)
        if not original.is_file():
            raise FileMissing(file=row.file)
        count = self._counts.get(row.sha256)
        if count is not None and not 1 <= page <= count:
            raise PageUnknown(file=row.file, page=page, count=count)
        made = self._apart(draw, original, row.sha256, page, file=row.file, seconds=SECONDS)
        self._counts[row.sha256] = made.sheet.count
        self._prints.keep(row.sha256, page, made.sheet, made.picture)
        return made

    def _read(self, row: DocumentRow, page: int, sheet: Sheet) -> Sheet:
        picture = self.picture(row, page)
        words: tuple[Word, ...] = self._apart(read_words, picture, file=row.file, seconds=_SCAN_SECONDS)
        whole = replace(sheet, words=words, unread=False)
        self._prints.keep(row.sha256, page, whole)
        return whole

    def _apart(self, work: Callable[..., T], *arguments: object, file: str, seconds: float) -> T:
        """Do some work in a process, and return what came of it."""
        try:
            with self._lock:
                readers = self._processes()
                future = readers.submit(work, *arguments, file=file, seconds=seconds)
            return readers.result(future, file=file, seconds=seconds)
        except RuntimeError as error:
            _LOG.exception("the processes that draw pages broke; the next page gets others")
            self.close()
            raise PagesBusy() from error

    def _processes(self) -> Readers:
        if self._readers is None:
            self._readers = self._open()
        return self._readers

    def _once(self, what: str, row: DocumentRow, page: int, work: Callable[[], T]) -> T:
        """Do some work that several may ask for at a time; what failed is not tried again for a while."""
        key = what, row.sha256, page
        with self._lock:
            if failed := self._failed.get(key):
                raise failed.with_traceback(None)
            running = self._running.get(key)
            if running is None:
                if len(self._running) >= _MOST_WAITING:
                    raise PagesBusy()
                mine: Future[object] = Future()
                self._running[key] = mine
        if running is not None:
            return running.result()  # type: ignore[return-value]
        try:
            made = work()
            mine.set_result(made)
        except BaseException as error:
            mine.set_exception(error)
            if isinstance(error, PasserelleError) and not isinstance(error, (FileMissing, PagesBusy)):
                with self._lock:
                    self._failed[key] = error
            raise
        finally:
            with self._lock:
                del self._running[key]
        return made
