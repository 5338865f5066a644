"""Pace: how much comes in at once, whoever sends it: nothing of who is kept to count it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable

from ui.errors import Flooded

BURST, PER_SECOND = 60, 1.0
"""What is kept of visitors: a room of people may press at once, a script may not go on."""


class Pace:
    """Lets through `burst` at once and then `per_second`, in one process. `clock` gives seconds."""

    def __init__(
        self,
        *,
        burst: int = BURST,
        per_second: float = PER_SECOND,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._left = float(burst)
        self._at = clock()

    def take(self) -> None:
        """Count one that comes in. Raises Flooded, with the seconds after which one may."""
        if seconds := self.wait():
            raise Flooded(seconds=seconds)

    def wait(self) -> int:
        """Return 0 when one more may pass, and count it; else the seconds after which one may, 1 or more."""
        with self._lock:
            now = self._clock()
            self._left = min(self._burst, self._left + (now - self._at) * self._per_second)
            self._at = now
            if self._left >= 1:
                self._left -= 1
                return 0
            return max(1, math.ceil((1 - self._left) / self._per_second))
