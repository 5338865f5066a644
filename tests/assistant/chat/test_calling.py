"""However a model's server fails, the call ends with one word for it, in bounded time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import closing
from dataclasses import replace

import pytest
from langchain_core.messages import AIMessageChunk, HumanMessage

from assistant.chat.calling import Call, Caller, Failure, ModelFailed
from assistant.chat.model import open_chat_model
from corpus.settings import Settings
from tests.chat_server import (
    Behaviour,
    ChatServer,
    Cut,
    Wait,
    breaks,
    chat_server,
    delta,
    event,
    fails,
    says,
    unreachable,
)

ASKED = [HumanMessage("Un port ?")]


def caller(address: str, *, seconds: float = 5.0, tries: int = 1, **settings: object) -> Caller:
    named = Settings(chat_model=f"openai:x@{address}", chat_seconds=seconds, **settings)  # type: ignore[arg-type]
    assert named.chat_model
    return Caller(open_chat_model(named.chat_model, named, tokens=100), seconds=seconds, tries=tries)


def failure_of(one: Caller, call: Call | None = None) -> Failure:
    with pytest.raises(ModelFailed) as raised:
        one.ask(ASKED, call or Call(), seconds=60)
    return raised.value.failure


def test_what_is_said_comes_in_pieces_with_what_it_took() -> None:
    with chat_server(says("Un ", "quai.")) as server:
        call = Call()
        assert caller(server.address, chat_prices=(1.0, 2.0)).ask(ASKED, call, seconds=9) == "Un quai."
        assert (call.usage.tokens_in, call.usage.tokens_out, call.usage.counted) == (900, 40, True)
        assert call.usage.cost == pytest.approx((900 + 80) / 1e6)
        assert server.asked[0]["stream"] is True
        assert server.asked[0]["temperature"] == 0


@pytest.mark.parametrize(
    ("behaviour", "failure"),
    [
        (fails(401), "refused"),
        (fails(404), "refused"),
        (fails(429, Retry_After="7"), "busy"),
        (fails(500), "broken"),
        (fails(503), "broken"),
        (breaks(delta("Un "), Cut()), "cut"),
        (breaks(delta("Un "), event('{"choices": [{"delta":')), "cut"),
        (breaks(event('{"choices": [{"delta":')), "broken"),
        (breaks(event("[DONE]")), "empty"),
        (breaks(), "empty"),
        (says(None, ""), "empty"),
        (Behaviour(body=("<html>Bienvenue</html>",), content_type="text/html"), "empty"),
    ],
)
def test_each_failure_has_its_word(behaviour: Behaviour, failure: Failure) -> None:
    with chat_server(behaviour) as server:
        assert failure_of(caller(server.address)) == failure


def test_a_first_piece_without_content_is_no_failure() -> None:
    with chat_server(says(None, "Un quai.")) as server:
        assert caller(server.address).ask(ASKED, Call(), seconds=9) == "Un quai."


def test_a_server_that_is_not_there_is_unreachable() -> None:
    assert failure_of(caller(unreachable())) == "unreachable"


@pytest.mark.parametrize("behaviour", [breaks(Wait(30)), breaks(delta("Un "), Wait(30))])
def test_one_that_is_silent_is_slow(behaviour: Behaviour) -> None:
    with chat_server(behaviour) as server:
        assert failure_of(caller(server.address, seconds=1.0)) in ("slow", "cut")


def test_one_that_never_ends_is_stopped_at_the_deadline() -> None:
    drip = [piece for _ in range(100) for piece in (delta("mot "), Wait(0.1))]
    with chat_server(breaks(*drip)) as server:
        assert failure_of(caller(server.address, seconds=1.0)) == "slow"
        assert server.left.wait(5)


class DeafModel:
    """Speaks on without end, and loses the first cancellation."""

    async def astream(self, _messages: object) -> AsyncGenerator[AIMessageChunk]:
        deaf = True
        while True:
            try:
                await asyncio.sleep(0.01)
            except asyncio.CancelledError:
                if not deaf:
                    raise
                deaf = False
            yield AIMessageChunk(content="un ")


def test_a_model_that_loses_the_cancellation_is_stopped_all_the_same() -> None:
    with chat_server(says("Un ")) as server:
        one = caller(server.address, seconds=1.0)
    one.chat = replace(one.chat, model=DeafModel())  # type: ignore[arg-type]
    assert failure_of(one) == "slow"


def test_a_passing_failure_is_tried_again_a_lasting_one_no_further_than_allowed() -> None:
    with chat_server(fails(500), says("Un quai.")) as server:
        call = Call()
        assert caller(server.address, tries=3).ask(ASKED, call, seconds=9) == "Un quai."
        assert call.tries == 2
    with chat_server(fails(500)) as server:
        call = Call()
        assert failure_of(caller(server.address, tries=3, seconds=20), call) == "broken"
        assert (call.tries, len(server.asked)) == (3, 3)


@pytest.mark.parametrize("behaviour", [fails(401), breaks(delta("Un "), Cut()), fails(429, Retry_After="60")])
def test_what_would_fail_again_is_not_tried_again(behaviour: Behaviour) -> None:
    with chat_server(behaviour) as server:
        failure_of(caller(server.address, tries=3))
        assert len(server.asked) == 1


def test_a_short_wait_that_the_provider_asks_for_is_kept() -> None:
    with chat_server(fails(429, Retry_After="1"), says("Un quai.")) as server:
        begun = time.monotonic()
        assert caller(server.address, tries=2, seconds=20).ask(ASKED, Call(), seconds=20) == "Un quai."
        assert time.monotonic() - begun >= 1


def test_after_a_long_wait_was_asked_for_nobody_calls() -> None:
    with chat_server(fails(429, Retry_After="60")) as server:
        one = caller(server.address)
        assert [failure_of(one), failure_of(one)] == ["busy", "waiting"]
        assert len(server.asked) == 1


def test_after_three_failures_nobody_waits() -> None:
    with chat_server(fails(500)) as server:
        one = caller(server.address)
        assert [failure_of(one) for _ in range(4)] == ["broken"] * 3 + ["waiting"]
        assert len(server.asked) == 3


def test_the_question_after_a_failure_is_asked_again() -> None:
    with chat_server(fails(500), says("Un quai.")) as server:
        one = caller(server.address)
        assert failure_of(one) == "broken"
        assert one.ask(ASKED, Call(), seconds=9) == "Un quai."


def test_who_listens_gets_a_sign_of_life_and_may_leave(server_of_slow: ChatServer) -> None:
    stream = caller(server_of_slow.address).stream(ASKED, Call())
    with closing(stream):
        assert next(stream) == "Un "
        assert next(stream) is None
    assert server_of_slow.left.wait(5)


@pytest.fixture
def server_of_slow() -> object:
    with chat_server(breaks(delta("Un "), Wait(30))) as server:
        yield server


def test_two_callers_share_the_loop_of_the_process() -> None:
    with chat_server(says("Un quai.")) as server:
        for _ in range(3):
            assert caller(server.address).ask(ASKED, Call(), seconds=9) == "Un quai."


def test_what_the_provider_does_not_count_is_estimated() -> None:
    with chat_server(says("Un quai.", usage=False)) as server:
        call = Call()
        caller(server.address).ask(ASKED, call, seconds=9)
        assert call.usage.tokens_in > 0
        assert call.usage.tokens_out > 0
        assert not call.usage.counted


def test_that_a_model_was_stopped_at_its_limit_is_known() -> None:
    with chat_server(says("Un quai", finish="length")) as server:
        call = Call()
        caller(server.address).ask(ASKED, call, seconds=9)
        assert call.cut
