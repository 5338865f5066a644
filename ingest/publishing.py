"""Publishing: which of the kept versions is live, and the way back to an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from corpus.errors import IndexMissing, NoEarlierVersion, VersionLive, VersionUnknown
from corpus.home import Home
from corpus.ledger import Ledger, check_model
from corpus.records import Version
from corpus.soundness import check


class Publisher:
    """Moves the pointer of one home from version to version; readers see one or the other.

    `embedding_model` is the name of the model that versions must have been embedded with. Of versions older
    than the one that is published only so many are `kept` that there are that many in all.
    """

    def __init__(self, home: Home, *, embedding_model: str, kept: int | None = None) -> None:
        self._home = home
        self._embedding_model = embedding_model
        self._kept = kept

    def versions(self) -> tuple[list[Version], int | None]:
        """Return the kept versions, oldest first, and the number of the live one, None before the first.

        Raises IndexMissing when there are none.
        """
        with self._ledger() as ledger:
            live = ledger.current()  # before the versions: one that is published meanwhile is not among them
            versions = ledger.versions()
        if not versions:
            raise IndexMissing(home=self._home.folder)
        return versions, live

    def publish(self, number: int) -> Version:
        """Make a kept version live.

        Raises VersionUnknown, IndexStale when it was embedded by another model, StoreCorrupt when its files
        are damaged, and HomeBusy while another process changes the index.
        """
        return self._point(lambda _numbers, _current: number, prune=True)

    def rollback(self, number: int | None = None) -> Version:
        """Make an earlier version live: the one before the live one, or the one named.

        Raises NoEarlierVersion when there is none, and what `publish` raises.
        """

        def earlier(numbers: list[int], current: int | None) -> int:
            before = [one for one in numbers if current is not None and one < current]
            if not before or (number is not None and number in numbers and number not in before):
                raise NoEarlierVersion(number=current if number is None else number)
            return before[-1] if number is None else number

        return self._point(earlier)

    def discard(self, number: int) -> None:
        """Strike out a version that is not live. The next ingest clears what the store has of it.

        Raises VersionUnknown, VersionLive, and HomeBusy while another process changes the index.
        """
        with self._home.owned_for("ingest"), self._ledger() as ledger:
            if number == ledger.current():
                raise VersionLive(number=number)
            _known(number, ledger.numbers())
            ledger.erase(number)

    def _point(self, choose: Callable[[list[int], int | None], int], *, prune: bool = False) -> Version:
        with self._home.owned_for("ingest"), self._ledger() as ledger:
            numbers = ledger.numbers()
            if not numbers:
                raise IndexMissing(home=self._home.folder)
            number = choose(numbers, ledger.current())
            _known(number, numbers)
            version = ledger.version(number)
            check_model(version, wanted=self._embedding_model)
            check(self._home, version, again=True)
            verdict = ledger.checked(number)
            if verdict and not verdict.holds and not verdict.forced:
                ledger.check(replace(verdict, forced=True))  # somebody chose it all the same
            ledger.publish(number)
            for old in numbers[: -self._kept] if prune and self._kept else ():
                if old < number:
                    ledger.erase(old)
            return version

    @contextmanager
    def _ledger(self) -> Iterator[Ledger]:
        ledger = Ledger(self._home.ledger)
        try:
            yield ledger
        finally:
            ledger.close()


def _known(number: int, numbers: Sequence[int]) -> None:
    if number not in numbers:
        raise VersionUnknown(number=number, known=", ".join(map(str, numbers)))
