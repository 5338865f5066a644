"""Budget: what a chat model may take of tokens in a day, in all and for one visitor."""

from __future__ import annotations

import hashlib
import logging
import secrets
import threading
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from assistant.chat.calling import Usage
from corpus.errors import PasserelleError

_LOG = logging.getLogger(__name__)


class Spending(Protocol):
    """Where what was spent is kept, over restarts and processes."""

    def add(self, day: date, *, model: str, tokens_in: int, tokens_out: int, cost: float | None) -> None:
        """Add one call to what a day took."""

    def tokens(self, day: date) -> int:
        """Return the tokens that all calls of a day took."""


class Budget:
    """Says whether a model may be asked, and writes down what it took.

    Days are UTC. What one visitor took is kept in memory alone, under a hash whose salt ends with the
    process: it names nobody, and a restart forgets it.
    """

    def __init__(
        self,
        model: str,
        *,
        spending: Spending | None = None,
        day_tokens: int | None = None,
        visitor_tokens: int | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._model = model
        self._spending = spending
        self._day_tokens = day_tokens
        self._visitor_tokens = visitor_tokens
        self._today = today
        self._salt = secrets.token_bytes(16)
        self._day = today()
        self._visitors: dict[bytes, int] = defaultdict(int)
        self._all = 0
        self._lock = threading.Lock()

    def allows(self, visitor: str) -> bool:
        """Say whether there are tokens left today."""
        with self._lock:
            self._turn_over()
            own = self._visitors.get(self._key(visitor), 0)
            spent = self._all
        if self._visitor_tokens is not None and visitor and own >= self._visitor_tokens:
            return False
        if self._day_tokens is None:
            return True
        return max(spent, self._kept()) < self._day_tokens

    def spend(self, visitor: str, usage: Usage) -> None:
        """Write down what a call took."""
        tokens = usage.tokens_in + usage.tokens_out
        if not tokens:
            return
        with self._lock:
            self._turn_over()
            self._all += tokens
            if visitor:
                self._visitors[self._key(visitor)] += tokens
        if self._spending:
            try:
                self._spending.add(
                    self._today(),
                    model=self._model,
                    tokens_in=usage.tokens_in,
                    tokens_out=usage.tokens_out,
                    cost=usage.cost,
                )
            except PasserelleError as error:  # an answer is not lost for its bill
                _LOG.error("%s", error)

    def _kept(self) -> int:
        """Return the tokens of today that all processes took; none where the ledger does not answer."""
        try:
            return self._spending.tokens(self._today()) if self._spending else 0
        except PasserelleError as error:
            _LOG.error("%s", error)
            return 0

    def _turn_over(self) -> None:
        if self._day != self._today():
            self._day = self._today()
            self._visitors.clear()
            self._all = 0

    def _key(self, visitor: str) -> bytes:
        return hashlib.blake2b(visitor.encode(), key=self._salt, digest_size=16).digest()
