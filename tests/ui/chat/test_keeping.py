"""What the browser kept of a conversation comes back as it was, and nothing else gets in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from assistant.answer import Searched
from tests.ui.fakes import answer
from ui.chat.conversation import REMEMBERED, Exchange, View, turns
from ui.chat.keeping import kept, reopened, to_attribute

WHOLE = Exchange(
    1,
    "Combien ?",
    replace(answer(), searched=Searched(passages=5, documents=2, read=1)),
    complete=True,
    themes=("houle",),
)


def on_the_shelf(*exchanges: Exchange) -> str:
    return json.dumps({"exchanges": [json.loads(to_attribute(kept(one) or {})) for one in exchanges]})


def test_a_conversation_comes_back_as_it_was() -> None:
    view = reopened(on_the_shelf(WHOLE, replace(WHOLE, number=2, stopped=True)), before=View(), language="fr")
    assert view.exchanges == (WHOLE, replace(WHOLE, number=2, stopped=True))
    assert view.suggestions == answer().suggestions
    assert [turn.role for turn in turns(view.exchanges)] == ["user", "assistant"] * 2


def test_nothing_begins_a_new_conversation() -> None:
    assert reopened("", before=View((WHOLE,)), language="fr") == View(box="")


def test_what_is_not_complete_is_not_kept() -> None:
    assert kept(Exchange(1, "Combien ?")) is None
    assert kept(Exchange(1, "Combien ?", answer())) is None


def test_only_the_latest_of_a_long_conversation_come_back() -> None:
    many = [replace(WHOLE, question=f"Question {number}") for number in range(REMEMBERED + 3)]
    view = reopened(on_the_shelf(*many), before=View(), language="fr")
    assert [one.number for one in view.exchanges] == list(range(1, REMEMBERED + 1))
    assert view.exchanges[0].question == "Question 3"


def altered(**fields: Any) -> str:
    whole = json.loads(on_the_shelf(WHOLE))
    whole["exchanges"][0].update(fields)
    return json.dumps(whole)


@pytest.mark.parametrize(
    "wrong",
    [
        "{",
        "[]",
        '{"exchanges": []}',
        "[" * 100_000,
        altered(answer={"text": 3}),
        altered(answer={**answer().to_json(), "citations": [{"marker": "<script>"}]}),
        altered(question=""),
        altered(themes=["x" * 81]),
    ],
)
def test_what_cannot_be_read_leaves_the_conversation_and_says_so(wrong: str) -> None:
    before = View((WHOLE,), ("Où ?",))
    view = reopened(wrong, before=before, language="fr")
    assert (view.exchanges, view.suggestions) == (before.exchanges, before.suggestions)
    assert "illisible" in view.status
