"""What a visitor can do next depends on where the conversation is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from tests.ui.fakes import answer
from ui.chat.conversation import Exchange, View
from ui.chat.moves import SUGGESTIONS, moves_to_html

ANSWERED = Exchange(3, "Combien ?", answer(), complete=True)
REFUSED = replace(ANSWERED, answer=replace(answer(), abstained=True))


def moves(view: View, *, notes: bool = True) -> list[str]:
    page = BeautifulSoup(moves_to_html(view, "fr", notes=notes), "html.parser")
    return [str(one["id"]) for one in page.select("button.act")]


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        (View(), []),
        (View((Exchange(1, "Combien ?"),)), ["stop"]),
        (View((ANSWERED,)), ["retry", "edit"]),
        (View((ANSWERED,), editing=True), ["edit"]),
        (View((REFUSED,)), ["retry", "edit", "gap"]),
        (View((replace(REFUSED, noted=True),)), ["retry", "edit"]),
    ],
    ids=["empty", "answering", "answered", "editing", "refused", "reported"],
)
def test_the_moves_are_those_that_can_be_made(view: View, expected: list[str]) -> None:
    assert moves(view) == expected


def test_no_gap_is_reported_where_none_is_noted() -> None:
    assert moves(View((REFUSED,)), notes=False) == ["retry", "edit"]


def test_suggestions_are_asked_as_they_are_written_and_never_read_as_html() -> None:
    hostile = '"><img src=x onerror=alert(1)> Houlocoop ?'
    view = View(suggestions=(hostile, *(f"Question {number} ?" for number in range(9))))
    page = BeautifulSoup(moves_to_html(view, "fr", notes=True), "html.parser")
    assert len(page.select("button")) == SUGGESTIONS
    assert page.select("button")[0]["data-ask"] == hostile
    assert page.select("img") == []


def test_the_keyboard_goes_back_to_the_latest_answer() -> None:
    page = BeautifulSoup(moves_to_html(View((ANSWERED,)), "en", notes=True), "html.parser")
    assert [one["href"] for one in page.select("a.skip")] == ["#asked-3"]
    assert moves_to_html(View(), "en", notes=True) == ""
