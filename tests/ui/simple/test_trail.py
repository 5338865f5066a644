"""What was said before goes along in the address, and never makes it too long."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from assistant.question import Turn
from ui.simple.trail import Step, address, bounded, fields_of, trail_of, turns


def test_an_address_gives_back_the_trail_that_it_was_made_of() -> None:
    trail = (Step("Où est Houlocoop ?", "À Audierne. [1]"), Step("Et avant ?", "À Brest & ailleurs."))
    fields = parse_qs(urlsplit(address("Depuis quand ?", trail=trail, themes=("houle",))).query)
    assert fields["q"] == ["Depuis quand ?"]
    assert fields["theme"] == ["houle"]
    assert trail_of(fields["asked"], fields["said"]) == trail


def test_the_assistant_reads_questions_and_answers_in_turn() -> None:
    assert turns((Step("Où ?", "Là."),)) == (Turn("user", "Où ?"), Turn("assistant", "Là."))


def test_only_the_latest_exchanges_are_carried() -> None:
    trail = tuple(Step(f"question {number}", "réponse") for number in range(9))
    assert [step.asked for step in bounded(trail)] == ["question 6", "question 7", "question 8"]


def test_a_long_answer_is_carried_by_its_beginning() -> None:
    (step,) = bounded((Step("Où ?", "mot " * 5000),))
    assert step.said.startswith("mot mot")
    assert len(address("Et ?", trail=(step,))) < 6000


def test_however_long_what_was_said_is_the_address_stays_short() -> None:
    trail = tuple(Step("é" * 1000, "€" * 4000) for _ in range(5))
    assert len(address("Et ?", trail=bounded(trail))) < 6000


def test_an_address_that_somebody_made_up_is_cut_too() -> None:
    assert len(trail_of([f"q{one}" for one in range(50)], ["r"] * 70)) == 3
    assert trail_of(["Où ?"], []) == (Step("Où ?", ""),)
    assert trail_of([], ["Là."]) == ()
    assert fields_of(()) == []
