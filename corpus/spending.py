"""Spending: what chat models took in a day, kept in the ledger over restarts and processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, insert, select, update

from corpus.ledger import Ledger
from corpus.tables import SPENDING


@dataclass(frozen=True, slots=True)
class Spent:
    """What one model took in one day (UTC): calls, tokens, and their cost where one is known."""

    day: date
    model: str
    calls: int
    tokens_in: int
    tokens_out: int
    cost: float | None


class Spending:
    """The spending in a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def add(self, day: date, *, model: str, tokens_in: int, tokens_out: int, cost: float | None) -> None:
        """Add one call to what a day took. Raises as the ledger does."""
        own = (SPENDING.c.day == day) & (SPENDING.c.model == model)
        total = SPENDING.c.cost if cost is None else func.coalesce(SPENDING.c.cost, 0.0) + cost
        more = (
            update(SPENDING)
            .where(own)
            .values(
                calls=SPENDING.c.calls + 1,
                tokens_in=SPENDING.c.tokens_in + tokens_in,
                tokens_out=SPENDING.c.tokens_out + tokens_out,
                cost=total,
            )
        )
        with self._ledger.connection() as connection:
            if not connection.execute(more).rowcount:
                values = {"tokens_in": tokens_in, "tokens_out": tokens_out, "cost": cost}
                connection.execute(insert(SPENDING).values(day=day, model=model, calls=1, **values))

    def tokens(self, day: date) -> int:
        """Return the tokens that all calls of a day took. Raises as the ledger does."""
        total = func.sum(SPENDING.c.tokens_in + SPENDING.c.tokens_out)
        with self._ledger.connection() as connection:
            return int(connection.execute(select(total).where(SPENDING.c.day == day)).scalar() or 0)

    def on(self, day: date) -> list[Spent]:
        """Return what each model took on a day, by name."""
        rows = select(SPENDING).where(SPENDING.c.day == day).order_by(SPENDING.c.model)
        with self._ledger.connection() as connection:
            return [Spent(**row._mapping) for row in connection.execute(rows)]
