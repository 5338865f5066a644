"""Breaker: after several failures in a row nobody waits for a chat model for a while, then one question tries
it.

Libraries were tried: the one kept up counts a visitor who leaves as a failure or as a success, lets everybody
through at once when the pause ends, and goes by the wall clock (docs/decisions/010).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

OPENS_AFTER, PAUSE = 3, 30.0
"""Failures in a row, and seconds without a try after them."""
LONGEST_PAUSE = 300.0
"""Seconds, whatever a provider asks for."""


class Breaker:
    """Says whether to call, and is told what came of each call: well, badly, or neither when it was given
    up.
    """

    def __init__(
        self,
        *,
        opens_after: int = OPENS_AFTER,
        pause: float = PAUSE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._opens_after = opens_after
        self._pause = pause
        self._now = now
        self._failures = 0
        self._closed_from = 0.0
        self._probing = False
        self._lock = threading.Lock()

    def allows(self) -> bool:
        """Say whether to call now. When a pause has ended one call goes first, and the others wait for it."""
        with self._lock:
            if self._now() < self._closed_from or self._probing:
                return False
            self._probing = self._failures >= self._opens_after
            return True

    def succeeded(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._failures = 0
            self._probing = False

    def failed(self, *, wait: float | None = None) -> None:
        """Count a failure; `wait` are seconds that the provider asks to wait for."""
        with self._lock:
            self._failures += 1
            self._probing = False
            pause = self._pause if self._failures >= self._opens_after else 0.0
            self._closed_from = self._now() + max(pause, min(wait or 0.0, LONGEST_PAUSE))

    def given_up(self) -> None:
        """Forget a call that was ended before anything came of it."""
        with self._lock:
            self._probing = False
