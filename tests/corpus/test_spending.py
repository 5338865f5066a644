"""What chat models took is kept by day and model, and nothing of who asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.ledger import Ledger
from corpus.spending import Spending, Spent

MONDAY, TUESDAY = date(2026, 6, 1), date(2026, 6, 2)


def test_calls_of_a_day_add_up_by_model(tmp_path: Path) -> None:
    spending = Spending(Ledger(tmp_path / "ledger.sqlite3"))
    spending.add(MONDAY, model="a", tokens_in=10, tokens_out=2, cost=0.5)
    spending.add(MONDAY, model="a", tokens_in=5, tokens_out=1, cost=0.25)
    spending.add(MONDAY, model="b", tokens_in=1, tokens_out=1, cost=None)
    spending.add(TUESDAY, model="a", tokens_in=7, tokens_out=0, cost=None)
    assert (spending.tokens(MONDAY), spending.tokens(TUESDAY)) == (20, 7)
    assert spending.on(MONDAY) == [Spent(MONDAY, "a", 2, 15, 3, 0.75), Spent(MONDAY, "b", 1, 1, 1, None)]


def test_a_cost_that_becomes_known_begins_from_nothing(tmp_path: Path) -> None:
    spending = Spending(Ledger(tmp_path / "ledger.sqlite3"))
    for cost in (None, 0.5, None):
        spending.add(MONDAY, model="a", tokens_in=1, tokens_out=1, cost=cost)
    assert spending.on(MONDAY)[0].cost == pytest.approx(0.5)


def test_another_process_sees_what_was_spent(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    Spending(Ledger(file)).add(MONDAY, model="a", tokens_in=10, tokens_out=2, cost=None)
    assert Spending(Ledger(file)).tokens(MONDAY) == 12
