"""Quality: the runs of a home with their scores, as the pages of the team ask for them."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from cachetools import LRUCache

from evals.comparing import Change, Comparison, compare
from evals.gates import Missed, missed, read_gates
from evals.golden import GoldenSet
from evals.metrics.citations import Supports
from evals.runs import ANSWERS, HEAD, Head, Runs
from evals.scorebook import Allowance, Sum
from evals.scoring import NAMES, Row, Score, conversations, row
from evals.sets import golden_files, golden_sets
from ui.opening import Opening
from ui.performing import scorebook_of, supports_of

_REMEMBERED = 2  # runs, some 40 MB each of 1,700 cases
AT_ONCE = 100
"""Scores that a page computes itself at most, in some half a second; for more it asks for a job."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A run that ended, with what it comes to by golden set."""

    head: Head
    sums: Mapping[str, Sum]


@dataclass(frozen=True, slots=True)
class History:
    """The runs of a home, the oldest first: with their sums, without scores, and interrupted."""

    ended: tuple[Ended, ...]
    unscored: tuple[Head, ...]
    interrupted: tuple[Head, ...]

    def sets(self) -> list[str]:
        """Return the names of the sets that were asked, in the order of the latest runs."""
        return list(dict.fromkeys(name for one in reversed(self.ended) for name in one.sums))

    def modes(self, golden: str) -> list[str]:
        """Return the ways of wording that a set was asked of, the latest first."""
        return list(dict.fromkeys(one.head.mode for one in reversed(self.ended) if golden in one.sums))

    def of(self, golden: str, mode: str) -> list[Ended]:
        """Return the runs that asked a set of answers worded in one way."""
        return [one for one in self.ended if golden in one.sums and one.head.mode == mode]


@dataclass(frozen=True, slots=True)
class Against:
    """Two runs side by side over the cases of both: the means of each, and what changed.

    `earlier` are the scores of the first by set and case.
    """

    before: Head
    after: Head
    was: Row
    now: Row
    comparison: Comparison
    earlier: Mapping[tuple[str, str], Score]

    @property
    def measures(self) -> list[str]:
        """The measures that say something of either run, in the order of a report."""
        return [name for name in NAMES if name in self.was.values or name in self.now.values]

    def change(self, measure: str) -> Change | None:
        """Return how a measure changed, None where no case of both has it."""
        return next((one for one in self.comparison.changes if one.measure == measure), None)


class Quality:
    """Reads what the application has in its home. Raises GoldenWrong, RunUnknown and RunWrong.

    What was read last is remembered for as long as its files are the same: a run of 1,700 cases takes a
    second to read, and two take two to compare.
    """

    def __init__(self, opening: Opening) -> None:
        self._opening = opening
        self._lock = threading.RLock()
        self._runs = Runs(opening.settings.home)
        self._book = scorebook_of(opening)
        self._sets = LRUCache[object, list[GoldenSet]](1)
        self._read = LRUCache[object, tuple[Head, Sequence[Score]]](_REMEMBERED)
        self._compared = LRUCache[object, Against](_REMEMBERED)

    def sets(self) -> list[GoldenSet]:
        """Return the golden sets that there are."""
        with self._lock:
            files = golden_files(self._opening.settings)
            key = tuple((file, _state(file)) for file in files)
            found = self._sets.get(key)
            if found is None:
                found = self._sets[key] = golden_sets(self._opening.settings, files) if files else []
            return found

    def history(self) -> History:
        """Return all runs."""
        sets, allowance = self.sets(), Allowance(AT_ONCE)
        ended, unscored, interrupted = [], [], []
        for head in self._runs.heads():
            if not head.ended:
                interrupted.append(head)
                continue
            sums = self._book.sums(head, sets, self._supports, allowance=allowance)
            if sums is None:
                unscored.append(head)
            else:
                ended.append(Ended(head, {one.golden: one for one in sums}))
        return History(tuple(ended), tuple(unscored), tuple(interrupted))

    def sums(self, head: Head) -> Sequence[Sum] | None:
        """Return what a run comes to by set, None while its scores are to be computed by a job."""
        return self._book.sums(head, self.sets(), self._supports, allowance=Allowance(AT_ONCE))

    def scores(self, name: str) -> tuple[Head, Sequence[Score] | None]:
        """Return a run with its scores, None in their place as `sums` does."""
        with self._lock:
            key = self._key(name)
            found = self._read.get(key)
            if found is None:
                run = self._runs.read(name, {one.name: one.cases for one in self.sets()})
                scores = self._book.scores(run, self._supports, allowance=Allowance(AT_ONCE))
                if scores is None:
                    return run.head, None
                found = self._read[key] = (run.head, scores)
            return found

    def against(self, before: str, after: str, *, golden: str = "") -> Against | tuple[Head, Head]:
        """Compare two runs, over one set if it is named; the heads alone while scores are to be computed."""
        with self._lock:
            key = (self._key(before), self._key(after), golden)
            found = self._compared.get(key)
            if found is None:
                first, second = self.scores(before), self.scores(after)
                if first[1] is None or second[1] is None:
                    return first[0], second[0]
                two = (first[0], first[1]), (second[0], second[1])
                found = self._compared[key] = against(*two, golden=golden)
            return found

    def missed(self, sums: Sequence[Sum]) -> list[Missed]:
        """Return the gates that a run misses."""
        gates = read_gates()
        return [
            found
            for one in sums
            if one.golden in gates
            for found in missed(gates[one.golden], one.golden, [one.row])
        ]

    def _supports(self) -> Supports:
        return supports_of(self._opening)

    def _key(self, name: str) -> object:
        folder = self._opening.settings.home / "evals" / name
        shas = tuple((one.name, one.sha256) for one in self.sets())
        return name, _state(folder / HEAD), _state(folder / ANSWERS), shas


def against(
    before: tuple[Head, Sequence[Score]], after: tuple[Head, Sequence[Score]], *, golden: str = ""
) -> Against:
    """Compare two runs over the cases that both asked, of one set if it is named."""
    was = {_key(one): one for one in before[1] if golden in ("", one.outcome.golden)}
    now = {_key(one): one for one in after[1] if _key(one) in was}
    shared = [was[key] for key in now]
    return Against(
        before[0],
        after[0],
        _row(shared),
        _row(list(now.values())),
        compare(shared, list(now.values())),
        was,
    )


def _state(file: Path) -> tuple[int, int] | None:
    """Return what changes when a file does, None where there is none."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_size


def _key(one: Score) -> tuple[str, str]:
    return one.outcome.golden, one.case.id


def _row(scores: Sequence[Score]) -> Row:
    return row("all", scores, roots=conversations([one.case for one in scores]))
