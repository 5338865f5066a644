"""Opinions are kept as they were sent, in both kinds of ledger, and nothing of who sent them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import update

from corpus.errors import FeedbackFull, OpinionUnknown
from corpus.feedback import ALL, Feedback, Opinion, Wanted
from corpus.gaps import Gaps
from corpus.ledger import Ledger
from corpus.tables import BACKLOG, FEEDBACK, GAPS
from tests.postgres import Server, served

OPINION = Opinion(
    verdict="down",
    question="Combien de bouées flottent ?",
    answer="Quarante bouées flottent. [1]\n\n50 % sont instrumentées.",
    version=3,
    mode="extractive",
    language="fr",
    documents=("houle", "carnet"),
    reason="outdated",
    remark="Elles sont quarante-deux, où avez-vous compté ?",
)
NUMBERS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as running:
        yield running


@pytest.fixture(params=["file", "database"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    """An empty ledger, in a file and in PostgreSQL."""
    if request.param == "file":
        opened = Ledger(tmp_path / "ledger.sqlite3")
    else:
        server: Server = request.getfixturevalue("server")
        opened = Ledger(server.create(f"feedback-{next(NUMBERS)}"))
    yield opened
    opened.close()


@pytest.fixture
def feedback(ledger: Ledger) -> Feedback:
    return Feedback(ledger)


def aged(ledger: Ledger, number: int, *, days: float) -> None:
    """Make an opinion as old as that."""
    at = datetime.now(UTC) - timedelta(days=days)
    with ledger.connection() as connection:
        connection.execute(update(FEEDBACK).where(FEEDBACK.c.id == number).values(at=at))


def test_an_opinion_is_kept_as_it_was_sent(feedback: Feedback) -> None:
    feedback.add(OPINION)
    [kept] = feedback.listed()
    assert replace(OPINION, id=kept.id, at=kept.at) == kept
    assert datetime.now(UTC) - kept.at < timedelta(minutes=5)
    assert feedback.get(kept.id) == kept


def test_nothing_of_who_sent_it_is_kept(ledger: Ledger, feedback: Feedback) -> None:
    told = {"verdict", "reason", "remark", "question", "answer", "documents", "version", "mode", "language"}
    assert set(FEEDBACK.c.keys()) == told | {"id", "token", "at", "state", "case", "folded"}
    token = feedback.add(OPINION)
    with ledger.connection() as connection:
        kept = connection.execute(FEEDBACK.select()).one()
    assert token not in str(kept)


def test_who_sent_an_opinion_may_change_it(feedback: Feedback) -> None:
    token = feedback.add(OPINION)
    number = feedback.listed()[0].id
    feedback.decide(number, "handled", case="bouees")
    feedback.replace(token, replace(OPINION, verdict="up", reason=None, remark=""))
    kept = feedback.get(number)
    assert (kept.verdict, kept.reason, kept.remark) == ("up", None, "")
    assert (kept.state, kept.case) == ("open", None), "what was said of the first opinion is over"


def test_who_sent_an_opinion_may_withdraw_it(feedback: Feedback) -> None:
    token, other = feedback.add(OPINION), feedback.add(replace(OPINION, verdict="up"))
    feedback.withdraw(token)
    assert [one.verdict for one in feedback.listed()] == ["up"]
    with pytest.raises(OpinionUnknown):
        feedback.withdraw(token)
    with pytest.raises(OpinionUnknown):
        feedback.replace(token, OPINION)
    feedback.withdraw(other)
    assert feedback.count() == 0


@pytest.mark.parametrize("token", ["", "x" * 5000, "' OR 1=1 --", "\ud800"])
def test_a_token_that_was_never_given_changes_nothing(feedback: Feedback, token: str) -> None:
    feedback.add(OPINION)
    with pytest.raises(OpinionUnknown):
        feedback.withdraw(token)
    assert feedback.count() == 1


def test_more_than_the_limit_are_not_kept(ledger: Ledger) -> None:
    small = Feedback(ledger, most=2)
    token = small.add(OPINION)
    small.add(OPINION)
    with pytest.raises(FeedbackFull, match="2 opinions"):
        small.add(OPINION)
    small.withdraw(token)
    small.add(OPINION)
    assert small.count() == 2


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (ALL, ["third", "second", "first"]),
        (Wanted(verdict="down"), ["third", "first"]),
        (Wanted(reason="wrong"), ["third"]),
        (Wanted(version=4), ["second"]),
        (Wanted(verdict="down", version=4), []),
        (Wanted(text="ÉTÉ"), ["second"]),
        (Wanted(text="50 % sont"), ["third", "first"]),
        (Wanted(text="50_% sont"), []),
        (Wanted(text="compte"), ["third", "first"]),
        (Wanted(state="handled"), ["first"]),
    ],
)
def test_opinions_are_found_the_newest_first(feedback: Feedback, wanted: Wanted, found: list[str]) -> None:
    feedback.add(replace(OPINION, mode="first"))
    feedback.add(
        Opinion("up", "Que faire l’été ?", "Nager.", version=4, mode="second", language="fr", reason=None)
    )
    feedback.add(replace(OPINION, mode="third", reason="wrong"))
    feedback.decide(feedback.listed()[-1].id, "handled")
    assert [one.mode for one in feedback.listed(wanted)] == found
    assert [one.mode for one in feedback.each(wanted)] == found
    assert feedback.count(wanted) == len(found)
    assert [one.mode for one in feedback.listed(wanted, start=1, most=1)] == found[1:2]
    assert feedback.versions() == [4, 3]


def test_days_include_both_ends(ledger: Ledger, feedback: Feedback) -> None:
    feedback.add(OPINION)
    feedback.add(OPINION)
    new, old = feedback.listed()
    aged(ledger, old.id, days=10)
    today, then = datetime.now(UTC).date(), (datetime.now(UTC) - timedelta(days=10)).date()
    assert [one.id for one in feedback.listed(Wanted(since=then, until=then))] == [old.id]
    assert [one.id for one in feedback.listed(Wanted(since=today))] == [new.id]
    assert feedback.count(Wanted(since=then, until=today)) == 2
    assert feedback.count(Wanted(until=then - timedelta(days=1))) == 0


def test_many_opinions_are_read_a_few_at_a_time_and_each_once(ledger: Ledger, feedback: Feedback) -> None:
    row: dict[str, object] = {
        "verdict": "up",
        "reason": None,
        "remark": "",
        "question": "q",
        "answer": "a",
        "documents": [],
    }
    row |= {"version": 1, "mode": "m", "language": "fr", "state": "open", "case": None, "folded": "q"}
    now = datetime.now(UTC)
    rows = [{**row, "token": str(one), "at": now - timedelta(seconds=one // 7)} for one in range(501)]
    with ledger.connection() as connection:
        connection.execute(FEEDBACK.insert(), rows)
    read = list(feedback.each())
    assert len(read) == len({one.id for one in read}) == 501
    assert [one.at for one in read] == sorted((one.at for one in read), reverse=True)


def test_what_is_too_old_is_forgotten(ledger: Ledger, feedback: Feedback) -> None:
    for _ in range(3):
        feedback.add(OPINION)
    aged(ledger, feedback.listed()[-1].id, days=400)
    assert feedback.purge(datetime.now(UTC) - timedelta(days=365)) == 1
    assert feedback.count() == 2
    assert feedback.purge() == 2
    assert feedback.purge() == 0


def test_the_team_may_delete_one_and_say_where_it_is(feedback: Feedback) -> None:
    feedback.add(OPINION)
    feedback.add(OPINION)
    first, second = feedback.listed()
    feedback.decide(first.id, "handled", case="bouees-1")
    feedback.decide(first.id, "dismissed")
    assert (feedback.get(first.id).state, feedback.get(first.id).case) == ("dismissed", "bouees-1")
    feedback.delete(second.id)
    assert [one.id for one in feedback.listed()] == [first.id]
    for change in (feedback.get, feedback.delete, lambda number: feedback.decide(number, "open")):
        with pytest.raises(OpinionUnknown):
            change(second.id)


def test_what_was_deleted_is_not_left_in_the_file(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    feedback, gaps = Feedback(ledger), Gaps(ledger)
    for number in range(40):
        feedback.add(replace(OPINION, remark=f"zanzibar {number} " * 50))
        gaps.note(f"Où est kilimandjaro {number} ?", language="fr", version=1)
    assert _holds(tmp_path, b"zanzibar")
    assert _holds(tmp_path, b"kilimandjaro")
    feedback.purge()
    gaps.clear()
    assert not _holds(tmp_path, b"zanzibar")
    assert not _holds(tmp_path, b"kilimandjaro")
    ledger.close()


def _holds(folder: Path, word: bytes) -> bool:
    return any(word in file.read_bytes() for file in folder.iterdir())


def test_a_ledger_of_an_earlier_release_gets_the_tables(tmp_path: Path) -> None:
    file = tmp_path / "ledger.sqlite3"
    Ledger(file).close()
    with sqlite3.connect(file) as before:
        before.execute("DROP TABLE feedback")
        before.execute("DROP TABLE backlog")
    ledger = Ledger(file)
    Feedback(ledger).add(OPINION)
    assert Feedback(ledger).count() == 1
    ledger.close()


def test_editors_say_how_far_a_gap_is(ledger: Ledger) -> None:
    gaps = Gaps(ledger)
    for question in ("Quel budget ?", "Où est la trésorière ?", "Quel âge ?"):
        gaps.note(question, language="fr", version=1)
    keys = {one.question: one.key for one in gaps.listed()}
    assert gaps.decide([keys["Quel budget ?"], keys["Quel âge ?"], "nobody asked"], "writing") == 2
    assert gaps.decide([keys["Quel budget ?"]], "declined") == 1
    assert {one.question: one.progress for one in gaps.listed()} == {
        "Quel budget ?": "declined",
        "Où est la trésorière ?": "open",
        "Quel âge ?": "writing",
    }


def test_a_gap_that_was_done_is_open_again_when_it_is_noted_again(ledger: Ledger) -> None:
    gaps = Gaps(ledger)
    for question in ("Quel budget ?", "Quel âge ?"):
        gaps.note(question, language="fr", version=1)
    gaps.decide([one.key for one in gaps.listed() if "budget" in one.question], "done")
    gaps.decide([one.key for one in gaps.listed() if "âge" in one.question], "declined")
    assert {one.progress for one in gaps.listed()} == {"done", "declined"}
    for question in ("Quel budget ?", "Quel âge ?"):
        gaps.note(question, language="fr", version=2)
    assert {one.question: one.progress for one in gaps.listed()} == {
        "Quel budget ?": "open",
        "Quel âge ?": "declined",
    }


def test_gaps_are_forgotten_one_by_one_or_by_age_with_what_was_said_of_them(ledger: Ledger) -> None:
    gaps = Gaps(ledger)
    for question in ("Quel budget ?", "Quel âge ?", "Quel port ?"):
        gaps.note(question, language="fr", version=1)
    gaps.decide([one.key for one in gaps.listed()], "done")
    old = next(one.key for one in gaps.listed() if "âge" in one.question)
    with ledger.connection() as connection:
        past = datetime.now(UTC) - timedelta(days=400)
        connection.execute(update(GAPS).where(GAPS.c.key == old).values(at=past))
    assert gaps.purge(datetime.now(UTC) - timedelta(days=365)) == 1
    port = next(one.key for one in gaps.listed() if "port" in one.question)
    assert gaps.forget([port, port, "nobody asked"]) == 1
    assert [one.question for one in gaps.listed()] == ["Quel budget ?"]
    with ledger.connection() as connection:
        assert len(connection.execute(BACKLOG.select()).all()) == 1


def test_many_who_open_a_new_ledger_at_once_make_its_tables_once(tmp_path: Path) -> None:
    for attempt in range(5):
        file = tmp_path / f"ledger-{attempt}.sqlite3"
        with ThreadPoolExecutor(8) as threads:
            ledgers = list(threads.map(lambda _, file=file: Ledger(file), range(8)))
        assert all(one.numbers() == [] for one in ledgers)
        for one in ledgers:
            one.close()
