"""Pace: how much comes in at once, whoever sends it: nothing of who is kept to count it."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable


class Pace:
    """Lets through `burst` at once and then `per_second`, in one process. `clock` gives seconds."""

    def __init__(self, *, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._per_second = per_second
        self._clock = clock
        self._lock = threading.Lock()
        self._left = float(burst)
        self._at = clock()

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
