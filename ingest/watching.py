"""Watching: a folder is ingested again whenever something in it has changed and come to rest.

watchfiles has the system's own notice of changes, on every platform, and gathers those that come together.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch as changes

# Milliseconds of quiet that end a burst of changes.
_QUIET = 800
# Seconds that a file must keep its size: what is still being copied is left alone, for so long at most.
_REST = 0.7
_PATIENCE = 60


def watch(folder: Path, ingest: Callable[[], None], *, stop: threading.Event) -> None:
    """Call `ingest` now, and after each burst of changes below `folder`, until `stop` is set."""
    listening = False
    for found in changes(
        folder,
        watch_filter=None,
        debounce=10_000,
        step=_QUIET,
        stop_event=stop,
        rust_timeout=500,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=True,
    ):
        # The first pass comes without a change: from then on, what arrives during an ingest is not missed.
        if found:
            _come_to_rest(folder, stop=stop)
        if (found or not listening) and not stop.is_set():
            ingest()
        listening = True


def _come_to_rest(folder: Path, *, stop: threading.Event) -> None:
    """Wait until no file grows any more, or somebody has been writing for a minute."""
    until = time.monotonic() + _PATIENCE
    before = _sizes(folder)
    while not stop.wait(_REST) and time.monotonic() < until:
        now = _sizes(folder)
        if now == before:
            return
        before = now


def _sizes(folder: Path) -> dict[str, tuple[int, int]]:
    found = {}
    for place, _, files in os.walk(folder):
        for name in files:
            path = Path(place) / name
            try:
                state = path.lstat()
            except OSError:
                continue  # gone between two looks
            found[str(path)] = (state.st_size, state.st_mtime_ns)
    return found
