"""Gaps: questions that the documents do not answer, noted when a visitor asks for it, for those who write."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select, update

from corpus.documents import Language
from corpus.ledger import Ledger, utc
from corpus.tables import GAPS
from corpus.words import words


@dataclass(frozen=True, slots=True)
class Gap:
    """One question without an answer, as it was first asked.

    `times` says how often it was noted, whatever its spelling; `version` is the index version that had no
    answer when it last was, `at` when that was, in UTC. Nothing of who asked is kept.
    """

    question: str
    language: Language
    times: int
    version: int
    at: datetime


class Gaps:
    """The gaps in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def note(self, question: str, *, language: Language, version: int) -> None:
        """Note a question, or once more one of the same words. Raises as the ledger does."""
        key, now = " ".join(words(question)), datetime.now(UTC)
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
        with self._ledger.connection() as connection:
            rows = connection.execute(select(GAPS).order_by(*order)).all()
        return [Gap(row.question, row.language, row.times, row.version, utc(row.at)) for row in rows]

    def clear(self) -> int:
        """Forget all that was noted, and return how many questions that were."""
        with self._ledger.connection() as connection:
            return int(connection.execute(delete(GAPS)).rowcount)
