"""A chat model judges; what it does not say is never held against an answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage

from corpus.errors import ChatModelUnusable
from corpus.settings import Settings
from evals.judge import Judge, open_judge
from tests.evals.cases import citation

TRUE, FALSE = '{"supported": true}', '{"supported": false}'


def judge(*said: str) -> Judge:
    return Judge(GenericFakeChatModel(messages=iter([AIMessage(one) for one in said])), "fake")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (TRUE, True),
        (FALSE, False),
        (f"```json\n{FALSE}\n```", False),
        ("Yes, it is supported.", None),
        ('{"supported": "maybe"}', None),
        ('{"supported": }', None),
        ("", None),
    ],
)
def test_a_verdict_is_read_or_there_is_none(said: str, verdict: bool | None) -> None:
    asked = judge(said)
    assert asked.supports("Houlocoop est née en 2011.", [citation()]) is verdict
    assert asked.failures == (verdict is None)


def test_a_model_that_fails_gives_no_verdict() -> None:
    def failing() -> Iterator[AIMessage]:
        raise ConnectionError("503")
        yield AIMessage("")

    asked = Judge(GenericFakeChatModel(messages=failing()), "fake")
    assert asked.supports("Houlocoop est née en 2011.", [citation()]) is None


def test_the_agreement_with_the_rules_is_worked_by_hand() -> None:
    asked = judge(TRUE, TRUE, FALSE, TRUE)
    for sentence in ("Houlocoop est née en 2011.", "Née en 2011.", "Née en 2012.", "Née en 1999."):
        asked.supports(sentence, [citation()])
    # Rules: yes, yes, no, no; the judge: yes, yes, no, yes. 3 of 4 agree, by chance 1/2 · 3/4 + 1/2 · 1/4.
    assert asked.agreement() == pytest.approx((3 / 4, (3 / 4 - 1 / 2) / (1 - 1 / 2)))


def test_without_verdicts_there_is_no_agreement() -> None:
    assert judge().agreement() is None


@pytest.mark.parametrize("name", ["anthropic:claude", "nobody:model", "model"])
def test_a_judge_that_cannot_be_opened_is_told(name: str) -> None:
    with pytest.raises(ChatModelUnusable, match=name.partition(":")[0]):
        open_judge(name, Settings())
