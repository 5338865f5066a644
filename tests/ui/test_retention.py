"""What visitors sent is forgotten in time, by the server and by `passerelle purge`."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from corpus.errors import LedgerUnreachable
from corpus.feedback import Feedback, Opinion
from corpus.gaps import Gaps
from corpus.ledger import Ledger
from corpus.tables import FEEDBACK, GAPS
from tests.ui.conftest import Commands
from tests.ui.fakes import open_with, ready
from ui.opening import Opening
from ui.retention import Purged, Retention, purge
from ui.web.app import build_app


@pytest.fixture
def opening(home: Path) -> Opening:
    """A home with two opinions and two gaps, one of each sent 100 days ago."""
    opened = open_with(home)()
    ledger = Ledger(opened.home.ledger)
    feedback, gaps = Feedback(ledger), Gaps(ledger)
    past = datetime.now(UTC) - timedelta(days=100)
    for question in ("Quel budget ?", "Quel âge ?"):
        feedback.add(Opinion("down", question, "Rien.", version=1, mode="extractive", language="fr"))
        gaps.note(question, language="fr", version=1)
    with ledger.connection() as connection:
        connection.execute(update(FEEDBACK).where(FEEDBACK.c.question == "Quel âge ?").values(at=past))
        connection.execute(update(GAPS).where(GAPS.c.question == "Quel âge ?").values(at=past))
    ledger.close()
    return opened


def left(opening: Opening) -> tuple[list[str], list[str]]:
    """Return the questions of the opinions and of the gaps that are kept."""
    ledger = Ledger(opening.home.ledger)
    found = (
        sorted(one.question for one in Feedback(ledger).each()),
        sorted(one.question for one in Gaps(ledger).listed()),
    )
    ledger.close()
    return found


def test_what_is_older_than_the_days_is_forgotten(opening: Opening) -> None:
    assert purge(opening, days=101) == Purged(0, 0)
    assert purge(opening, days=99) == Purged(1, 1)
    assert left(opening) == (["Quel budget ?"], ["Quel budget ?"])
    assert purge(opening, days=None) == Purged(1, 1)
    assert left(opening) == ([], [])


@pytest.mark.parametrize(
    ("arguments", "said", "kept"),
    [
        ((), "Effacés, de plus de 365 jours : avis, 0 ; questions sans réponse, 0.", 2),
        (("--days", "30"), "Effacés, de plus de 30 jours : avis, 1 ; questions sans réponse, 1.", 1),
        (("--all",), "Tout est effacé : avis, 2 ; questions sans réponse, 2.", 0),
        (("--all", "--lang", "en"), "All was erased: opinions, 2; unanswered questions, 2.", 0),
    ],
)
def test_the_command_says_in_one_line_what_it_erased(
    opening: Opening, passerelle: Commands, arguments: tuple[str, ...], said: str, kept: int
) -> None:
    told = passerelle("purge", *arguments)
    assert (told.code, told.out.strip(), told.err) == (0, said, "")
    assert [len(some) for some in left(opening)] == [kept, kept]


@pytest.mark.parametrize("arguments", [("--all", "--days", "3"), ("--days", "0"), ("--days", "many")])
def test_wrong_usage_erases_nothing(
    opening: Opening, passerelle: Commands, arguments: tuple[str, ...]
) -> None:
    assert passerelle("purge", *arguments).code == 2
    assert [len(some) for some in left(opening)] == [2, 2]


def test_a_server_forgets_as_it_starts(home: Path, opening: Opening) -> None:
    settled = open_with(home, feedback_days=50)()
    with TestClient(build_app(ready(), settled)):
        pass  # it ends when what is under way has ended
    assert left(opening) == (["Quel budget ?"], ["Quel budget ?"])


def test_it_forgets_again_and_again_until_it_is_stopped() -> None:
    twice = threading.Event()
    calls: list[int] = []

    def forget() -> Purged:
        calls.append(1)
        if len(calls) >= 2:
            twice.set()
        return Purged(0, 0)

    others = set(threading.enumerate())  # of servers that other tests keep running
    retention = Retention(forget, every=0.001)
    retention.start()
    assert twice.wait(10)
    retention.stop()
    ended = len(calls)
    assert not any(one.name == "forget what is old" for one in set(threading.enumerate()) - others)
    assert len(calls) == ended


@pytest.mark.parametrize("error", [LedgerUnreachable(where="there", reason="down"), RuntimeError("a bug")])
def test_a_failure_is_logged_and_tried_again(error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    again = threading.Event()
    calls: list[int] = []

    def forget() -> Purged:
        calls.append(1)
        if len(calls) == 1:
            raise error
        again.set()
        return Purged(1, 0)

    with caplog.at_level(logging.ERROR, logger="ui.retention"):
        retention = Retention(forget, every=0.001)
        retention.start()
        assert again.wait(10)
        retention.stop()
    assert "could not be purged" in caplog.text
