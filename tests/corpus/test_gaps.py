"""Questions that were noted as unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from corpus.gaps import Gaps
from corpus.ledger import Ledger
from corpus.tables import GAPS


@pytest.fixture
def gaps(tmp_path: Path) -> Iterator[Gaps]:
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    yield Gaps(ledger)
    ledger.close()


def test_a_question_is_noted_as_it_was_asked(gaps: Gaps) -> None:
    gaps.note("Quel est le budget de Houlocoop ?", language="fr", version=3)
    (one,) = gaps.listed()
    assert (one.question, one.language, one.times, one.version) == (
        "Quel est le budget de Houlocoop ?",
        "fr",
        1,
        3,
    )
    assert datetime.now(UTC) - one.at < timedelta(minutes=5)


def test_the_same_words_count_again_however_they_are_spelt(gaps: Gaps) -> None:
    gaps.note("Quel budget ?", language="fr", version=1)
    gaps.note("Où est la trésorière ?", language="fr", version=1)
    gaps.note("quel BUDGET", language="fr", version=2)
    first, second = gaps.listed()
    assert (first.question, first.times, first.version) == ("Quel budget ?", 2, 2)
    assert second.times == 1


def test_what_was_noted_can_be_forgotten(gaps: Gaps) -> None:
    gaps.note("Quel budget ?", language="fr", version=1)
    assert gaps.clear() == 1
    assert gaps.listed() == []


def test_nothing_of_who_asked_is_kept() -> None:
    assert set(GAPS.c.keys()) == {"key", "question", "language", "times", "version", "at"}
