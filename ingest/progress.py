"""Progress: how far a stage of an ingest is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from corpus.embedder import Progress
from corpus.errors import PasserelleError

Stage = Literal["read", "prepare", "embed", "stage", "check", "publish"]

Watcher = Callable[[Stage, int, int], None]
"""Called with the stage, how many of its things are done, and how many there are."""

FileStage = Literal["read", "held", "again", "refused"]

FileWatcher = Callable[[str, FileStage, PasserelleError | None], None]
"""Called with each file's name once it was read, found to be in the index already (`held`) or to be the same
as another (`again`), or refused, with the reason."""


def unwatched(_stage: Stage, _done: int, _total: int) -> None:
    """Report to nobody."""


def unseen(_file: str, _stage: FileStage, _reason: PasserelleError | None) -> None:
    """Report no file to anybody."""


def embedding(watcher: Watcher, *, done: int, total: int, now: int) -> Progress:
    """Return the embedder's progress over the next `now` of `total` texts, `done` before them."""

    def report(share: float, step: str) -> None:
        if step == "embed":
            watcher("embed", done + round(share * now), total)
        else:
            watcher("prepare", round(100 * share), 100)

    return report
