"""Each event of the page gives as many values as it has components, and a growing answer costs few steps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr
import pytest

from tests.ui.fakes import FakeAssistant, answer, ready, starting
from ui.chat.conversation import Exchange, View
from ui.chat.page import Page

ASKED = View((Exchange(1, "Combien ?", answer(), complete=True),), ("Où ?",))


def outputs(page: Page, name: str) -> int:
    return len(next(one.outputs for one in page.blocks.fns.values() if one.name == name))


@pytest.mark.parametrize("view", [View(), ASKED], ids=["empty", "asked"])
@pytest.mark.parametrize("name", ["_end", "_rephrase", "_look_again", "_translate"])
def test_an_event_gives_a_value_for_each_component(name: str, view: View) -> None:
    page = Page(ready())
    assert len(getattr(page, name)(view, "fr")) == outputs(page, name)


def test_the_first_look_gives_a_value_for_each_component() -> None:
    page = Page(starting())
    assert len(page._greet(View(), gr.Request())) == outputs(page, "_greet")
    assert len(page._come_back(View(), "fr", "")) == outputs(page, "_come_back")


def test_what_the_browser_kept_and_cannot_be_read_is_said_and_told_to_its_script() -> None:
    for before in (View(), ASKED):
        shown = Page(ready())._come_back(before, "fr", "{")
        assert shown[0].exchanges == before.exchanges
        assert "illisible" in shown[0].status
        assert shown[-1] not in ("", "{")


def request(asked: dict[str, str]) -> gr.Request:
    return gr.Request(request=None, query_params=asked, client=None)


def steps(page: Page) -> list[list[Any]]:
    return list(page._ask(View(), "fr", [], "Combien ?", request({})))


def test_an_answer_that_comes_at_once_costs_two_steps() -> None:
    page = Page(ready())
    shown = steps(page)
    assert [len(one) for one in shown] == [outputs(page, "_ask")] * 2
    assert shown[-1][0].last.complete


def test_an_answer_that_takes_its_time_is_seen_growing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.chat.page._A_BLINK", 0.0)
    page = Page(ready())
    shown = steps(page)
    assert len(shown) > 3
    assert {len(one) for one in shown} == {outputs(page, "_ask")}


def test_the_question_of_an_address_is_asked_within_its_themes() -> None:
    assistant = FakeAssistant(given=replace(answer(), suggestions=()))
    page = Page(ready(assistant))

    *_, last = page._open(View(), "fr", request({"q": "Où ?", "themes": "houle,unknown"}))
    assert assistant.asked[0][0] == "Où ?"
    assert assistant.asked[0][2] == ("houle",)
    assert len(last) == outputs(page, "_open")
    assert last[-1] == ["houle"]


def test_an_address_without_a_question_asks_nothing() -> None:
    assistant = FakeAssistant()
    page = Page(ready(assistant))

    [shown] = page._open(View(), "fr", request({}))
    assert len(shown) == outputs(page, "_open")
    assert assistant.asked == []
