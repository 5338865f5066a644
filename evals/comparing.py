"""Comparing: what changed since another run, and what of it is more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.metrics.intervals import Interval, difference
from evals.scoring import NAMES, WORSE_HIGH, Score, conversations


@dataclass(frozen=True, slots=True)
class Change:
    """The mean difference of one measure over the cases that both runs scored."""

    measure: str
    difference: Interval

    @property
    def beyond_noise(self) -> bool:
        """Whether zero lies outside of the interval."""
        return self.difference.low > 0 or self.difference.high < 0

    @property
    def worse(self) -> bool:
        """Whether it is beyond noise and the wrong way."""
        return self.beyond_noise and (self.difference.mean > 0) == (self.measure in WORSE_HIGH)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Over the cases of both runs: each measure's change, the cases that broke and those that mended."""

    count: int
    changes: tuple[Change, ...]
    broken: tuple[Score, ...]
    mended: tuple[Score, ...]


def compare(before: Sequence[Score], after: Sequence[Score]) -> Comparison:
    """Compare two runs case by case, the turns of a conversation drawn together."""
    old = {(one.outcome.golden, one.case.id): one for one in before}
    pairs = [(old[key], one) for one in after if (key := (one.outcome.golden, one.case.id)) in old]
    roots = conversations([one.case for _, one in pairs])
    changes = []
    for measure in NAMES:
        both = [
            (was, now, roots[b.case.id])
            for a, b in pairs
            if (was := a.values[measure]) is not None and (now := b.values[measure]) is not None
        ]
        found = difference(
            [was for was, _, _ in both], [now for _, now, _ in both], clusters=[root for _, _, root in both]
        )
        if found:
            changes.append(Change(measure, found))
    return Comparison(
        len(pairs),
        tuple(changes),
        broken=tuple(b for a, b in pairs if a.fine and not b.fine),
        mended=tuple(b for a, b in pairs if b.fine and not a.fine),
    )
