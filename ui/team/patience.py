"""Patience: wrong passwords make everybody wait, so that trying many takes for ever."""

from __future__ import annotations

from collections.abc import Callable

_FREE = 3  # wrong passwords before anybody waits
_LONGEST = 8.0  # seconds
_FORGIVEN = 60.0  # seconds after which one wrong password is forgotten
_MOST = 20  # wrong passwords that are remembered


class Patience:
    """Counts wrong passwords, whoever they come from: nothing is kept of that. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._count = 0
        self._since = clock()

    def failed(self) -> None:
        """Count a wrong password."""
        self._forgive()
        self._count = min(self._count + 1, _MOST)

    def seconds(self) -> float:
        """Return how long the next try has to wait: from 0 to 8 s."""
        self._forgive()
        over = self._count - _FREE
        return min(_LONGEST, 0.5 * 2**over) if over >= 0 else 0.0

    def _forgive(self) -> None:
        forgiven = int((self._clock() - self._since) // _FORGIVEN)
        self._count = max(0, self._count - forgiven)
        self._since = self._since + forgiven * _FORGIVEN if self._count else self._clock()
