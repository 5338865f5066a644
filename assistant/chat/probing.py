"""Probing: one small real call, to see whether a chat model answers."""

from __future__ import annotations

import time
from dataclasses import dataclass

from langchain_core.messages import HumanMessage

from assistant.chat.calling import Call, Caller, Failure, ModelFailed
from assistant.prompts import PROBE
from corpus.words import printable

_SECONDS = 20.0
_LONGEST = 60  # characters of what it says


@dataclass(frozen=True, slots=True)
class Probe:
    """What came back: the beginning of what was said, or why nothing was, with the HTTP status if there
    was one.
    """

    said: str
    seconds: float
    tokens: int = 0
    failure: Failure | None = None
    status: int | None = None


def probe(caller: Caller) -> Probe:
    """Ask a chat model for one word."""
    begun, call = time.monotonic(), Call()
    try:
        said = caller.ask([HumanMessage(PROBE)], call, seconds=_SECONDS)
    except ModelFailed as failed:
        return Probe("", time.monotonic() - begun, failure=failed.failure, status=failed.status)
    tokens = call.usage.tokens_in + call.usage.tokens_out
    return Probe(printable(said)[:_LONGEST], time.monotonic() - begun, tokens)
