"""Progress: how far a stage of an ingest is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from corpus.embedder import Progress

Stage = Literal["read", "prepare", "embed", "stage", "check", "publish"]

Watcher = Callable[[Stage, int, int], None]
"""Called with the stage, how many of its things are done, and how many there are."""


def unwatched(_stage: Stage, _done: int, _total: int) -> None:
    """Report to nobody."""


def embedding(watcher: Watcher, *, done: int, total: int, now: int) -> Progress:
    """Return the embedder's progress over the next `now` of `total` texts, `done` before them."""

    def report(share: float, step: str) -> None:
        if step == "embed":
            watcher("embed", done + round(share * now), total)
        else:
            watcher("prepare", round(100 * share), 100)

    return report
