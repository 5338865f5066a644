"""Gaps: questions that the documents do not answer, noted when a visitor asks for it, for those who write.

They are the backlog of the editors, who say how far each is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Literal, get_args

from sqlalchemy import Connection, delete, insert, select, update

from corpus.documents import Language
from corpus.ledger import Ledger, utc
from corpus.tables import BACKLOG, GAPS
from corpus.words import words

Progress = Literal["open", "writing", "done", "declined"]
PROGRESS: tuple[Progress, ...] = get_args(Progress)
_AT_ONCE = 500  # keys in one statement


@dataclass(frozen=True, slots=True)
class Gap:
    """One question without an answer, as it was first asked.

    `times` says how often it was noted, whatever its spelling; `version` is the index version that had no
    answer when it last was, `at` when that was, in UTC. Nothing of who asked is kept. `progress` is how far
    the editors are; what is done is open again when somebody notes the question after that.
    """

    question: str
    language: Language
    times: int
    version: int
    at: datetime
    progress: Progress = "open"

    @property
    def key(self) -> str:
        """What makes it the same question, however it is spelt."""
        return _key(self.question)


class Gaps:
    """The gaps in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def note(self, question: str, *, language: Language, version: int) -> None:
        """Note a question, or once more one of the same words. Raises as the ledger does."""
        key, now = _key(question), datetime.now(UTC)
        with self._ledger.connection() as connection:
            again = (
                update(GAPS).where(GAPS.c.key == key).values(times=GAPS.c.times + 1, version=version, at=now)
            )
            if not connection.execute(again).rowcount:
                values = {"question": question, "language": language, "times": 1, "version": version}
                connection.execute(insert(GAPS).values(key=key, at=now, **values))

    def listed(self) -> list[Gap]:
        """Return what was noted, the most often asked first, then the latest."""
        order = GAPS.c.times.desc(), GAPS.c.at.desc()
        said = select(GAPS, BACKLOG.c.state, BACKLOG.c.at.label("since"))
        with self._ledger.connection() as connection:
            rows = connection.execute(
                said.outerjoin_from(GAPS, BACKLOG, GAPS.c.key == BACKLOG.c.key).order_by(*order)
            ).all()
        return [
            Gap(
                row.question,
                row.language,
                row.times,
                row.version,
                utc(row.at),
                "open" if row.state is None or (row.state == "done" and row.at > row.since) else row.state,
            )
            for row in rows
        ]

    def decide(self, keys: Iterable[str], progress: Progress) -> int:
        """Write down how far the editors are with some gaps, and return how many of them are noted still."""
        now = datetime.now(UTC)
        with self._ledger.connection() as connection:
            known = _known(connection, keys)
            for some in _batches(known):
                connection.execute(delete(BACKLOG).where(BACKLOG.c.key.in_(some)))
            if known:
                connection.execute(
                    insert(BACKLOG), [{"key": one, "state": progress, "at": now} for one in known]
                )
        return len(known)

    def forget(self, keys: Iterable[str]) -> int:
        """Forget some gaps, and return how many that were."""
        with self._erasing() as connection:
            unwanted = (delete(GAPS).where(GAPS.c.key.in_(some)) for some in _batches(keys))
            return sum(connection.execute(one).rowcount for one in unwanted)

    def purge(self, before: datetime) -> int:
        """Forget what nobody noted since a moment, and return how many questions that were."""
        with self._erasing() as connection:
            return int(connection.execute(delete(GAPS).where(GAPS.c.at < before)).rowcount)

    def clear(self) -> int:
        """Forget all that was noted, and return how many questions that were."""
        with self._erasing() as connection:
            return int(connection.execute(delete(GAPS)).rowcount)

    @contextmanager
    def _erasing(self) -> Iterator[Connection]:
        with self._ledger.erasing() as connection:
            yield connection
            connection.execute(delete(BACKLOG).where(BACKLOG.c.key.not_in(select(GAPS.c.key))))


def _key(question: str) -> str:
    return " ".join(words(question))


def _known(connection: Connection, keys: Iterable[str]) -> list[str]:
    known: list[str] = []
    for some in _batches(keys):
        known += connection.execute(select(GAPS.c.key).where(GAPS.c.key.in_(some))).scalars()
    return known


def _batches(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(dict.fromkeys(keys))
    while some := list(islice(left, _AT_ONCE)):
        yield some
