"""Every case is asked, a follow-up after the exchange that it follows."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.question import Turn
from corpus.documents import Hit
from evals.asking import outcome_from_json, run
from tests.evals.cases import answer, case, hit


class Subject:
    """Answers everything alike and writes down what it heard."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, list[Turn]]] = []

    def ask(self, question: str, *, history: Sequence[Turn]) -> Answer:
        self.heard.append((question, list(history)))
        return answer("En 2011.")

    def search(self, question: str, *, k: int, history: Sequence[Turn]) -> list[Hit]:
        return [hit("houlocoop"), hit("varech-lab")][:k]


def test_a_follow_up_is_asked_after_the_exchanges_that_it_follows() -> None:
    subject = Subject()
    cases = [case("a"), case("b", follows="a"), case("c", follows="b"), case("d")]
    list(run("set", cases, subject))
    asked = [len(history) for _, history in subject.heard]
    assert asked == [0, 2, 4, 0]
    assert subject.heard[1][1] == [Turn("user", "Quand ?"), Turn("assistant", "En 2011. [1]")]


def test_what_was_retrieved_is_kept_where_there_is_gold() -> None:
    [with_gold, without] = run("set", [case("a"), case("b", facts=(), answerable=False)], Subject())
    assert [one.document for one in with_gold.retrieved] == ["houlocoop", "varech-lab"]
    assert without.retrieved == ()


def test_an_outcome_that_is_kept_is_not_asked_again() -> None:
    subject = Subject()
    [kept] = run("set", [case("a")], subject)
    [first, _] = run("set", [case("a"), case("b", follows="a")], subject, kept={"a": kept})
    assert first is kept
    assert [len(history) for _, history in subject.heard] == [0, 2]


def test_an_outcome_survives_json() -> None:
    [outcome] = run("set", [case("a")], Subject())
    assert outcome_from_json(outcome.to_json(), outcome.case) == outcome
