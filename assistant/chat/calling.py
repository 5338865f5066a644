"""Calling a chat model: bounded tries with jitter, a deadline, and an end when nobody listens any longer.

All calls of the process run on one event loop in a thread of its own: a call can be ended while it waits for
the network, and providers' packages share connections that belong to one loop.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from langchain_core.messages import AIMessageChunk, BaseMessage
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_random_exponential,
)

from assistant.chat.breaker import Breaker
from assistant.chat.model import ChatModel, cost_of, tokens_in, tokens_of

Failure = Literal[
    "unreachable", "refused", "busy", "broken", "slow", "cut", "empty", "language", "endless", "waiting",
    "budget", "window", "unsupported", "beside",
]  # fmt: skip
"""Why a chat model did not give an answer: it could not be reached, refused the key or the request, was
over its limit, broke down, took too long, was cut off, said nothing, said it in another language, did not
stop; nobody asked it because it failed often just before, because the budget is spent or its window too
small; nothing of it held, or nothing that held answered."""

HEARTBEAT = 0.25
"""Seconds after which who listens is given a sign, so that they can notice that a visitor left."""
_FIRST_WAIT, _LONGEST_WAIT = 0.3, 2.0
_FINAL = frozenset(["refused", "cut", "slow"])
_REFUSALS = frozenset([400, 401, 402, 403, 404, 405, 413, 422])
_BUSY = 429
_LIMITS = frozenset(["length", "max_tokens", "model_length", "content_filter"])
_NOTHING = "No generation chunks"
_LOG = logging.getLogger(__name__)


class ModelFailed(Exception):
    """A call gave no answer, or not all of it.

    It never reaches a user: the answer is made without the model. `wait` are seconds that the provider asks
    for.
    """

    def __init__(self, failure: Failure, *, status: int | None = None, wait: float | None = None) -> None:
        self.failure: Failure = failure
        self.status = status
        self.wait = wait
        super().__init__(failure)


Pieces = queue.SimpleQueue[str | ModelFailed | None]


@dataclass
class Usage:
    """What a call took: tokens as the provider counts them (`counted`), else estimated, and their cost."""

    tokens_in: int = 0
    tokens_out: int = 0
    cost: float | None = None
    counted: bool = True


@dataclass
class Call:
    """One call as it goes on: `ended` is why the model says that it ended, "" while it has not said so."""

    usage: Usage = field(default_factory=Usage)
    tries: int = 0
    said: str = ""
    ended: str = ""

    @property
    def cut(self) -> bool:
        """Whether the model was stopped at a limit of its own."""
        return self.ended in _LIMITS


class Caller:
    """Asks one chat model. It may be used from several threads at once."""

    def __init__(
        self, chat: ChatModel, *, seconds: float, tries: int, breaker: Breaker | None = None
    ) -> None:
        self.chat = chat
        self._seconds = seconds
        self._tries = tries
        self._breaker = breaker or Breaker()

    def stream(
        self, messages: Sequence[BaseMessage], call: Call, *, seconds: float | None = None
    ) -> Generator[str | None]:
        """Yield the pieces of what the model says, None each quarter of a second without any.

        To close the generator ends the call. Raises ModelFailed, after what was said so far.
        """
        if not self._breaker.allows():
            raise ModelFailed("waiting")
        pieces: Pieces = queue.SimpleQueue()
        limit = min(seconds or self._seconds, self._seconds)
        future = asyncio.run_coroutine_threadsafe(self._run(list(messages), pieces, call, limit), _loop())
        try:
            yield from self._until_done(pieces)
        except ModelFailed as failed:
            _LOG.info("chat model %s: %s %s", self.chat.name, failed.failure, failed.status or "")
            self._breaker.failed(wait=failed.wait)
            raise
        except GeneratorExit:
            self._breaker.given_up()
            raise
        else:
            self._breaker.succeeded()
        finally:
            future.cancel()
            self._estimate(messages, call)

    def ask(self, messages: Sequence[BaseMessage], call: Call, *, seconds: float) -> str:
        """Return all that the model says. Raises ModelFailed."""
        return "".join(piece for piece in self.stream(messages, call, seconds=seconds) if piece)

    def _estimate(self, messages: Sequence[BaseMessage], call: Call) -> None:
        """Estimate what the provider did not count, such as of a call that was ended."""
        usage = call.usage
        if not call.tries or (usage.tokens_in and usage.tokens_out):
            return
        usage.counted = False
        usage.tokens_in = usage.tokens_in or tokens_in(messages)
        usage.tokens_out = usage.tokens_out or tokens_of(call.said)
        usage.cost = cost_of(usage.tokens_in, usage.tokens_out, self.chat.prices)

    @staticmethod
    def _until_done(pieces: Pieces) -> Generator[str | None]:
        while True:
            try:
                piece = pieces.get(timeout=HEARTBEAT)
            except queue.Empty:
                yield None
                continue
            if piece is None:
                return
            if isinstance(piece, ModelFailed):
                raise piece
            yield piece

    async def _run(self, messages: list[BaseMessage], pieces: Pieces, call: Call, seconds: float) -> None:
        """Put what the model says into `pieces`, then None or why there is no more."""
        try:
            async with asyncio.timeout(seconds):
                async for attempt in self._attempts(time.monotonic() + seconds):
                    with attempt:
                        call.tries += 1
                        await self._once(messages, pieces, call)
            pieces.put(None)
        except TimeoutError:
            pieces.put(ModelFailed("slow"))
        except ModelFailed as failed:
            pieces.put(failed)

    def _attempts(self, end: float) -> AsyncRetrying:
        jitter = wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            asked = error.wait if isinstance(error, ModelFailed) else None
            return float(jitter(state)) if asked is None else asked

        def again(error: BaseException) -> bool:
            if not isinstance(error, ModelFailed) or error.failure in _FINAL:
                return False
            return (error.wait or 0.0) <= _LONGEST_WAIT and time.monotonic() + _LONGEST_WAIT < end

        return AsyncRetrying(
            stop=stop_after_attempt(self._tries), wait=wait, retry=retry_if_exception(again), reraise=True
        )

    async def _once(self, messages: list[BaseMessage], pieces: Pieces, call: Call) -> None:
        said = False
        task = asyncio.current_task()
        try:
            async with aclosing(self.chat.model.astream(messages)) as chunks:  # type: ignore[type-var]
                async for chunk in chunks:
                    # Packages wait for a piece by `asyncio.wait_for`, which before Python 3.12 loses a
                    # cancellation that comes together with the piece.
                    if task and task.cancelling():
                        raise asyncio.CancelledError
                    _account(chunk, call, self.chat)
                    text = str(chunk.text)
                    if text:
                        said = True
                        call.said += text
                        pieces.put(text)
        except Exception as error:  # whatever a provider's package raises is a model that failed
            raise failed_by(error, begun=said) from error
        if not said:
            raise ModelFailed("empty")


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop that all calls of the process run on."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat model calls", daemon=True).start()
    return loop


def _account(chunk: AIMessageChunk, call: Call, chat: ChatModel) -> None:
    """Write down what a piece says of tokens and of why the model ended: some come on each, the last is
    whole.
    """
    used = chunk.usage_metadata
    if used:
        call.usage.tokens_in = used["input_tokens"]
        call.usage.tokens_out = used["output_tokens"]
        call.usage.cost = cost_of(call.usage.tokens_in, call.usage.tokens_out, chat.prices)
    told = chunk.response_metadata or {}
    reason = told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason")
    call.ended = str(reason) if reason else call.ended


def failed_by(error: BaseException, *, begun: bool) -> ModelFailed:
    """Return what an exception of a provider's package means; `begun` when something was said before."""
    status = _status(error)
    if status == _BUSY:
        return ModelFailed("busy", status=status, wait=_retry_after(error))
    if status in _REFUSALS:
        return ModelFailed("refused", status=status)
    if begun:
        return ModelFailed("cut", status=status)
    if _NOTHING in str(error):
        return ModelFailed("empty")
    if _is_named(error, "Timeout"):
        return ModelFailed("slow")
    if status is None and _is_named(error, "Connect", "Transport", "ProtocolError"):
        return ModelFailed("unreachable")
    return ModelFailed("broken", status=status)


def _causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__


def _status(error: BaseException) -> int | None:
    """Return the HTTP status of an error; packages keep it in one of two places, some a 200 or a -1."""
    for one in _causes(error):
        for holder in (one, getattr(one, "response", None)):
            found = getattr(holder, "status_code", None)
            if isinstance(found, int) and found >= 400:
                return found
    return None


def _retry_after(error: BaseException) -> float | None:
    """Return the seconds of a Retry-After header; one that is a date is left alone."""
    for one in _causes(error):
        headers: Any = getattr(getattr(one, "response", None), "headers", None) or {}
        try:
            return max(0.0, float(headers.get("retry-after")))
        except (TypeError, ValueError):
            continue
    return None


def _is_named(error: BaseException, *parts: str) -> bool:
    """Say whether a class of an error or of its causes is called so: the packages have no base class in
    common.
    """
    kinds = {kind.__name__ for one in _causes(error) for kind in type(one).__mro__}
    return any(part in kind for part in parts for kind in kinds)
