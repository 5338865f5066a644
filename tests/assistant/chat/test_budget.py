"""What a model may take in a day has a limit, in all and for one visitor."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from assistant.chat.budget import Budget
from assistant.chat.calling import Usage
from corpus.errors import StoreCorrupt

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


@dataclass
class Kept:
    taken: int = 0
    days: list[date] = field(default_factory=list)

    def add(self, day: date, *, model: str, tokens_in: int, tokens_out: int, cost: float | None) -> None:
        self.days.append(day)
        self.taken += tokens_in + tokens_out

    def tokens(self, day: date) -> int:
        return self.taken


class Broken(Kept):
    def tokens(self, day: date) -> int:
        raise StoreCorrupt(where="ledger", reason="torn")

    def add(self, day: date, *, model: str, tokens_in: int, tokens_out: int, cost: float | None) -> None:
        self.tokens(day)


def test_one_visitor_has_a_limit_of_their_own_and_a_day_later_another() -> None:
    today = [MONDAY]
    budget = Budget("fake:x", visitor_tokens=100, today=lambda: today[0])
    budget.spend("ann", Usage(90, 20))
    assert [budget.allows(one) for one in ("ann", "bob", "")] == [False, True, True]
    today[0] = TUESDAY
    assert budget.allows("ann")


def test_a_day_has_a_limit_for_all_that_outlives_the_process() -> None:
    kept = Kept()
    Budget("fake:x", spending=kept, day_tokens=100, today=lambda: MONDAY).spend("ann", Usage(90, 20))
    assert kept.days == [MONDAY]
    assert not Budget("fake:x", spending=kept, day_tokens=100, today=lambda: MONDAY).allows("bob")


def test_without_limits_all_is_allowed_and_nothing_taken_is_nothing_kept() -> None:
    kept = Kept()
    budget = Budget("fake:x", spending=kept)
    budget.spend("ann", Usage())
    assert budget.allows("ann")
    assert kept.days == []


def test_a_ledger_that_fails_costs_no_answer() -> None:
    budget = Budget("fake:x", spending=Broken(), day_tokens=100, today=lambda: MONDAY)
    assert budget.allows("ann")
    budget.spend("ann", Usage(90, 20))
    assert not budget.allows("ann")


def test_nobody_can_be_read_from_it() -> None:
    budget = Budget("fake:x", visitor_tokens=1)
    budget.spend("192.0.2.7", Usage(1, 1))
    assert "192.0.2.7" not in repr(vars(budget))
