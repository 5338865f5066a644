"""Retention: what visitors sent is forgotten after the days that the settings say, or when somebody asks."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from corpus.errors import PasserelleError

if TYPE_CHECKING:
    from ui.opening import Opening

A_DAY = 24 * 3600.0
"""Seconds."""
_PATIENCE = 5  # seconds that the end of a server waits for a database
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Purged:
    """How many opinions and unanswered questions were forgotten."""

    opinions: int
    gaps: int


def purge(opening: Opening, *, days: int | None) -> Purged:
    """Forget what visitors sent more than `days` ago, all of it for None. Raises as the ledger does."""
    from corpus.feedback import Feedback
    from corpus.gaps import Gaps
    from corpus.ledger import Ledger

    before = None if days is None else datetime.now(UTC) - timedelta(days=days)
    with closing(Ledger(opening.home.ledger)) as ledger:
        feedback, gaps = Feedback(ledger), Gaps(ledger)
        return Purged(feedback.purge(before), gaps.purge(before) if before else gaps.clear())


class Retention:
    """Forgets what is too old as it starts, and every day while the server runs, in a thread of its own."""

    def __init__(self, forget: Callable[[], Purged], *, every: float = A_DAY) -> None:
        self._forget = forget
        self._every = every
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin; the thread ends with `stop`."""
        self._thread = threading.Thread(target=self._run, name="forget what is old", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End, and wait some seconds for what is under way."""
        self._ended.set()
        if self._thread:
            self._thread.join(_PATIENCE)

    def _run(self) -> None:
        while True:
            try:
                purged = self._forget()
                _LOG.info("purged %d opinions and %d questions", purged.opinions, purged.gaps)
            except PasserelleError as error:  # a ledger that does not answer: tomorrow it may
                _LOG.error("what is too old could not be purged: %s", error)
            except Exception:  # a bug must not end the thread: what is to be forgotten would stay for ever
                _LOG.exception("what is too old could not be purged")
            if self._ended.wait(self._every):
                return
