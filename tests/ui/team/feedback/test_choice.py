"""An address says what is shown; what makes no sense in it is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from corpus.feedback import Wanted
from corpus.gaps import Gap, Progress
from corpus.subjects import Subject
from ui.team.feedback.choice import EVERY, Part, Pick, last_page, part_of, pick_of


def test_what_is_open_is_shown_unless_something_else_is_chosen() -> None:
    assert pick_of({}) == Pick(Wanted(state="open"))
    assert pick_of({"state": EVERY}).wanted.state is None
    assert pick_of({"state": "handled"}).wanted.state == "handled"


def test_every_filter_is_read() -> None:
    said = {
        "verdict": "down",
        "reason": "wrong",
        "version": "3",
        "since": "2026-01-02",
        "until": "2026-02-03",
        "q": "  deux   mots ",
        "page": "4",
    }
    wanted = Wanted("down", "wrong", "open", 3, date(2026, 1, 2), date(2026, 2, 3), "deux mots")
    assert pick_of(said) == Pick(wanted, page=4)


@pytest.mark.parametrize(
    "said",
    [
        {"verdict": "sideways"},
        {"reason": "<script>"},
        {"state": "lost"},
        {"version": "-1"},
        {"version": "²"},
        {"version": "99999999999"},
        {"version": "4000000000"},
        {"since": "yesterday"},
        {"until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"page": "0"},
        {"page": "-3"},
        {"page": "x"},
    ],
)
def test_what_makes_no_sense_is_left_out(said: dict[str, str]) -> None:
    assert pick_of(said) == pick_of({})


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"state": EVERY, "page": "2"},
        {"verdict": "down", "version": "0", "since": "2026-01-02", "q": "a&b=c", "state": "dismissed"},
    ],
)
def test_an_address_leads_to_the_same_choice(said: dict[str, str]) -> None:
    from urllib.parse import parse_qsl, urlsplit

    pick = pick_of(said)
    address = pick.address("/admin/feedback", page=pick.page)
    assert pick_of(dict(parse_qsl(urlsplit(address).query))) == pick
    part = part_of(said)
    address = part.address("/admin/feedback/gaps", page=part.page)
    assert part_of(dict(parse_qsl(urlsplit(address).query))) == part


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (Part(), ["open", "writing"]),
        (Part(progress="done"), ["done"]),
        (Part(is_every=True), ["open", "writing", "done", "declined"]),
        (Part(text="PHARE"), ["open"]),
        (Part(text="lumière", is_every=True), ["declined"]),
    ],
)
def test_subjects_are_shown_by_state_and_words(part: Part, shown: list[str]) -> None:
    labels: list[tuple[Progress, str, str]] = [
        ("open", "phare", "Combien ?"),
        ("writing", "sel", "Où ?"),
        ("done", "quai", "Qui ?"),
        ("declined", "voile", "Quelle LUMIERE ?"),
    ]
    now = datetime(2026, 3, 1, tzinfo=UTC)
    some = [
        Subject(label, "words", label, (Gap(question, "fr", 1, 1, now, progress),))
        for progress, label, question in labels
    ]
    assert [one.progress for one in some if part.takes(one)] == shown


def test_there_is_always_a_page() -> None:
    assert [last_page(count, size=20) for count in (0, 1, 20, 21)] == [1, 1, 1, 2]
