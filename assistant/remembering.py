"""Remembering: answers that a chat model worded are kept for a while for who asks the same again."""

from __future__ import annotations

import threading
import time
from collections.abc import Hashable
from dataclasses import replace

from cachetools import TTLCache

from assistant.answer import Answer


class Remembered:
    """At most `most` answers, each for `seconds`, by all that they depend on.

    That is the version of the index, the model, the question to the letter, the conversation before it and
    the themes it is restricted to: whoever asks keeps those in the key.
    """

    def __init__(self, *, most: int, seconds: float) -> None:
        self._kept: TTLCache[Hashable, Answer] = TTLCache(maxsize=most, ttl=seconds)
        self._lock = threading.Lock()

    def get(self, key: Hashable) -> Answer | None:
        """Return the answer of a key, None when it is not kept (any more)."""
        with self._lock:
            return self._kept.get(key)

    def keep(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; the one asked for least lately makes room."""
        with self._lock:
            if self._kept.maxsize:
                self._kept[key] = answer


def again(answer: Answer, begun: float) -> Answer:
    """Return a kept answer as it is given once more: it took no model and next to no time."""
    total = round(1000 * (time.perf_counter() - begun), 2)
    generation = answer.generation and replace(
        answer.generation, kept=True, tries=0, tokens_in=0, tokens_out=0, cost=None
    )
    return replace(answer, timings_ms={"first": total, "total": total}, generation=generation)
