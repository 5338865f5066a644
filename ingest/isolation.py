"""Isolation: files are read by processes with a limit of time and memory, which may die of a file.

pebble's pool ends a process that takes too long and starts another in its place, which the standard library's
does not.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from typing import Any, ParamSpec, Protocol, TypeVar

from pebble import ProcessExpired, ProcessPool

from corpus.errors import FileDamaged, FileTooHungry, FileTooSlow

P = ParamSpec("P")
T = TypeVar("T")


class Readers(Protocol):
    """Runs work on a file. A result raises DocumentRefused when the work took too much, or ended badly."""

    def expect(self, works: int) -> None:
        """Get ready for so many works at a time."""
        ...

    def submit(self, work: Callable[..., T], *arguments: Any, seconds: float, **named: Any) -> Future[T]:
        """Begin some work; its keyword argument `file` names the file in errors."""
        ...

    def result(self, future: Future[T], *, file: str, seconds: float) -> T:
        """Wait for a result."""
        ...

    def close(self) -> None:
        """End the processes."""
        ...


class IsolatedReaders:
    """A pool of processes, one a core, each allowed `megabytes` of memory; begun at the first work."""

    def __init__(self, *, megabytes: int, workers: int | None = None) -> None:
        self._megabytes = megabytes
        self._most = self._workers = workers or min(4, _cores())
        self._pool: ProcessPool | None = None
        self._pending: set[Future[Any]] = set()

    def expect(self, works: int) -> None:
        """Have no more processes than work: one that only starts when all is done dies loudly."""
        wanted = max(1, min(self._most, works))
        if self._pool and wanted > self._workers and not self._pending:
            self.close()
        if self._pool is None:
            self._workers = wanted

    def submit(self, work: Callable[..., T], *arguments: Any, seconds: float, **named: Any) -> Future[T]:
        """Begin some work in one of the processes."""
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=self._workers,
                initializer=_limit,
                initargs=(self._megabytes,),
                # Not fork: torch and Chroma keep threads, and a copy of them half way is not safe.
                context=multiprocessing.get_context("spawn"),
            )
        future: Future[T] = self._pool.schedule(work, args=arguments, kwargs=named, timeout=seconds)
        self._pending.add(future)
        future.add_done_callback(self._pending.discard)
        return future

    def result(self, future: Future[T], *, file: str, seconds: float) -> T:
        """Return what came of some work. Raises FileTooSlow, FileTooHungry, FileDamaged, its own."""
        try:
            return future.result()
        except FutureTimeout as error:
            raise FileTooSlow(file=file, seconds=round(seconds)) from error
        except MemoryError as error:
            raise FileTooHungry(file=file, megabytes=self._megabytes) from error
        except ProcessExpired as error:
            if error.exitcode == -signal.SIGKILL:
                raise FileTooHungry(file=file, megabytes=self._megabytes) from error
            reason = f"reading it ends the process, code {error.exitcode}"
            raise FileDamaged(file=file, reason=reason) from error
        except RecursionError as error:
            raise FileDamaged(file=file, reason="nested too deeply") from error

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None
            self._pending.clear()


class DirectReaders:
    """Reads in this very process, without limits: for files that are one's own."""

    def expect(self, works: int) -> None:
        """Nothing to get ready."""

    def submit(self, work: Callable[..., T], *arguments: Any, seconds: float, **named: Any) -> Future[T]:
        """Do the work at once."""
        future: Future[T] = Future()
        try:
            future.set_result(work(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future

    def result(self, future: Future[T], *, file: str, seconds: float) -> T:
        """Return what came of it."""
        return future.result()

    def close(self) -> None:
        """Nothing to end."""


def _cores() -> int:
    """Return how many cores this process may use; macOS only says how many there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _limit(megabytes: int) -> None:
    """Limit this process; an interrupt is its parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # elsewhere address space cannot be limited
            limit = megabytes << 20
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
