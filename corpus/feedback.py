"""Feedback: what visitors think of answers, kept when they press a thumb; nothing of who pressed it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, select, update

from corpus.documents import Language
from corpus.errors import FeedbackFull, OpinionUnknown
from corpus.ledger import Ledger, utc
from corpus.tables import FEEDBACK
from corpus.words import fold

Thumb = Literal["up", "down"]
Reason = Literal["wrong", "incomplete", "outdated", "beside", "other"]
State = Literal["open", "handled", "dismissed"]
THUMBS: tuple[Thumb, ...] = get_args(Thumb)
REASONS: tuple[Reason, ...] = get_args(Reason)
STATES: tuple[State, ...] = get_args(State)

MOST = 20_000
"""Opinions kept at once: more is a flood, and would fill the disk."""
_AT_ONCE = 200  # rows
_UNSENT = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a visitor thinks of one answer; `remark` is what the visitor wrote about it, "" for nothing.

    `documents` are the ids of those that the answer cites, `version` and `mode` how it was made. `state` says
    where the team is with it, `case` the id of the golden case that was made of it; `at` is in UTC.
    """

    verdict: Thumb
    question: str
    answer: str
    version: int
    mode: str
    language: Language
    documents: tuple[str, ...] = ()
    reason: Reason | None = None
    remark: str = ""
    id: int = 0
    at: datetime = _UNSENT
    state: State = "open"
    case: str | None = None


_SENT = ("verdict", "question", "answer", "version", "mode", "language", "documents", "reason", "remark")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which opinions are looked for: all that are given must hold. Days are of UTC, both included.

    `text` is found in question, answer and remark, whatever its case and accents.
    """

    verdict: Thumb | None = None
    reason: Reason | None = None
    state: State | None = None
    version: int | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""


ALL = Wanted()


class Feedback:
    """The opinions in a ledger. Each method raises as the ledger does."""

    def __init__(self, ledger: Ledger, *, most: int = MOST) -> None:
        self._ledger = ledger
        self._most = most

    def add(self, opinion: Opinion) -> str:
        """Keep an opinion, and return the token by which it can be replaced or withdrawn.

        Raises FeedbackFull. Nobody can tell the token from the ledger.
        """
        token = secrets.token_urlsafe(18)
        with self._ledger.connection() as connection:
            kept = connection.execute(select(func.count()).select_from(FEEDBACK)).scalar() or 0
            if kept >= self._most:
                raise FeedbackFull(count=kept)
            connection.execute(insert(FEEDBACK).values(token=_digest(token), **_sent(opinion)))
        return token

    def replace(self, token: str, opinion: Opinion) -> None:
        """Put an opinion in the place of the one that was sent before. Raises OpinionUnknown."""
        changed = update(FEEDBACK).where(FEEDBACK.c.token == _digest(token)).values(**_sent(opinion))
        with self._ledger.erasing() as connection:
            if not connection.execute(changed).rowcount:
                raise OpinionUnknown

    def withdraw(self, token: str) -> None:
        """Forget an opinion, as who sent it wishes. Raises OpinionUnknown."""
        with self._ledger.erasing() as connection:
            if not connection.execute(delete(FEEDBACK).where(FEEDBACK.c.token == _digest(token))).rowcount:
                raise OpinionUnknown

    def get(self, number: int) -> Opinion:
        """Return one opinion by its number. Raises OpinionUnknown."""
        with self._ledger.connection() as connection:
            row = connection.execute(select(FEEDBACK).where(FEEDBACK.c.id == number)).one_or_none()
        if row is None:
            raise OpinionUnknown
        return _opinion(row)

    def count(self, wanted: Wanted = ALL) -> int:
        """Return how many opinions are as wanted."""
        with self._ledger.connection() as connection:
            counted = select(func.count()).select_from(FEEDBACK).where(_as_wanted(wanted))
            return int(connection.execute(counted).scalar() or 0)

    def listed(self, wanted: Wanted = ALL, *, start: int = 0, most: int = 50) -> list[Opinion]:
        """Return the opinions that are as wanted, the newest first, from place `start` on."""
        with self._ledger.connection() as connection:
            rows = connection.execute(_newest(wanted).offset(start).limit(most)).all()
        return [_opinion(row) for row in rows]

    def each(self, wanted: Wanted = ALL) -> Iterator[Opinion]:
        """Yield all opinions that are as wanted, the newest first, a few held at a time."""
        last: Opinion | None = None
        while True:
            older = _newest(wanted).limit(_AT_ONCE)
            if last:
                earlier = (FEEDBACK.c.at == last.at) & (FEEDBACK.c.id < last.id)
                older = older.where((FEEDBACK.c.at < last.at) | earlier)
            with self._ledger.connection() as connection:
                rows = connection.execute(older).all()
            for row in rows:
                last = _opinion(row)
                yield last
            if len(rows) < _AT_ONCE:
                return

    def versions(self) -> list[int]:
        """Return the index versions that opinions are about, the newest first."""
        found = select(FEEDBACK.c.version).distinct().order_by(FEEDBACK.c.version.desc())
        with self._ledger.connection() as connection:
            return list(connection.execute(found).scalars())

    def decide(self, number: int, state: State, *, case: str | None = None) -> None:
        """Write down where the team is with an opinion, and the case made of it. Raises OpinionUnknown."""
        values: dict[str, Any] = {"state": state} | ({"case": case} if case else {})
        with self._ledger.connection() as connection:
            changed = update(FEEDBACK).where(FEEDBACK.c.id == number).values(**values)
            if not connection.execute(changed).rowcount:
                raise OpinionUnknown

    def delete(self, number: int) -> None:
        """Forget one opinion. Raises OpinionUnknown."""
        with self._ledger.erasing() as connection:
            if not connection.execute(delete(FEEDBACK).where(FEEDBACK.c.id == number)).rowcount:
                raise OpinionUnknown

    def purge(self, before: datetime | None = None) -> int:
        """Forget the opinions sent before a moment, or all, and return how many that were."""
        old = delete(FEEDBACK).where(FEEDBACK.c.at < before) if before else delete(FEEDBACK)
        with self._ledger.erasing() as connection:
            return int(connection.execute(old).rowcount)


def _sent(opinion: Opinion) -> dict[str, Any]:
    """Return the row of an opinion as it was just sent: what the team had said of an earlier one is over."""
    values = {name: getattr(opinion, name) for name in _SENT}
    folded = fold("\n".join([opinion.question, opinion.answer, opinion.remark]))
    return {**values, "at": datetime.now(UTC), "state": "open", "case": None, "folded": folded}


def _opinion(row: Any) -> Opinion:
    values = {name: getattr(row, name) for name in (*_SENT, "id", "state", "case")}
    return Opinion(**{**values, "documents": tuple(row.documents), "at": utc(row.at)})


def _newest(wanted: Wanted) -> Select[Any]:
    return select(FEEDBACK).where(_as_wanted(wanted)).order_by(FEEDBACK.c.at.desc(), FEEDBACK.c.id.desc())


def _as_wanted(wanted: Wanted) -> ColumnElement[bool]:
    rules: Sequence[ColumnElement[bool] | None] = (
        FEEDBACK.c.verdict == wanted.verdict if wanted.verdict else None,
        FEEDBACK.c.reason == wanted.reason if wanted.reason else None,
        FEEDBACK.c.state == wanted.state if wanted.state else None,
        FEEDBACK.c.version == wanted.version if wanted.version is not None else None,
        FEEDBACK.c.at >= _midnight(wanted.since) if wanted.since else None,
        FEEDBACK.c.at < _midnight(wanted.until) + timedelta(days=1) if wanted.until else None,
        FEEDBACK.c.folded.contains(fold(wanted.text), autoescape=True) if wanted.text else None,
    )
    return and_(True, *(rule for rule in rules if rule is not None))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
