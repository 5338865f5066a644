"""The scorebook: the scores of a run kept beside its answers, for as long as they would come out the same.

To score an answer takes some milliseconds and the embedding model; a page that shows twenty runs has neither.
What is kept is forgotten when the case, the code of the measures or the embedding model is another, so that
two runs are always compared by the same measures.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from corpus.settings import PROJECT
from evals.asking import Outcome
from evals.golden import Case, GoldenSet
from evals.metrics.abstention import Abstention
from evals.metrics.citations import Cited, Supports
from evals.metrics.intervals import Interval
from evals.runs import ANSWERS, Head, Run, Runs
from evals.scoring import Row, Score, conversations, latency, row, score

_SCORES, _SUMS = "scores.jsonl", "sums.json"
_LOG = logging.getLogger(__name__)
_MEASURING = ("assistant", "corpus", "evals")
Kept = dict[tuple[str, str], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Sum:
    """What the answers of a run to one golden set come to.

    `row` holds the means over all its cases, `fine` how many an editor lets pass, `median` and `high` the
    50th and 95th percentile of the milliseconds of an answer, None where nobody took the time.
    """

    golden: str
    row: Row
    fine: int
    median: float | None
    high: float | None


@dataclass(slots=True)
class Allowance:
    """How many more scores may be computed, at some 5 ms each, while somebody waits."""

    left: int

    def take(self, count: int) -> bool:
        """Take some off, or none and say so where there are not as many."""
        if count > self.left:
            return False
        self.left -= count
        return True


class Scorebook:
    """The scores of the runs of one home. `likeness` names the embedding model that likens sentences."""

    def __init__(self, runs: Runs, *, likeness: str) -> None:
        self._runs = runs
        self._measured = f"{_code()} {likeness}"

    def scores(
        self,
        run: Run,
        supports: Callable[[], Supports],
        *,
        allowance: Allowance | None = None,
        done: Callable[[int], None] = lambda _done: None,
    ) -> list[Score] | None:
        """Return the score of each outcome, and keep those that were not kept yet.

        None when more of them are to be computed than the allowance has left. `supports` is called when one
        is.
        """
        kept = self._kept(run.head)
        keys = [self._key(one.case) for one in run.outcomes]
        held = [
            found if (found := kept.get((one.golden, one.case.id))) and found["key"] == key else None
            for one, key in zip(run.outcomes, keys, strict=True)
        ]
        lacking = held.count(None)
        if allowance and not allowance.take(lacking):
            return None
        judge: Supports | None = None
        scores = []
        for outcome, found in zip(run.outcomes, held, strict=True):
            if found:
                scores.append(_read(outcome, found))
            else:
                judge = judge or supports()
                scores.append(score(outcome, judge))
            done(len(scores))
        if lacking:
            self._keep(run.head, kept, zip(scores, keys, strict=True))
        return scores

    def sums(
        self,
        head: Head,
        golden: Sequence[GoldenSet],
        supports: Callable[[], Supports],
        *,
        allowance: Allowance | None = None,
    ) -> list[Sum] | None:
        """Return what an ended run comes to for each of the sets that it was asked; None as `scores` does."""
        sets = [one for one in golden if one.name in head.sets]
        file = self._runs.folder(head) / _SUMS
        kept: dict[str, Any] = next(iter(_fresh(file)), {})
        found: dict[str, Any] = {}
        for one in sets:
            key = hashlib.sha256(f"{self._measured} {one.sha256}".encode()).hexdigest()
            if kept.get(one.name, {}).get("key") == key:
                found[one.name] = kept[one.name]
                continue
            run = self._runs.read(head.id, {one.name: one.cases})
            scores = self.scores(run, supports, allowance=allowance)
            if scores is None:
                return None
            found[one.name] = _sum_to_json(scores) | {"key": key}
        if found != kept:
            _write(file, json.dumps(found))
        return [_sum(name, some) for name, some in found.items() if some["count"]]

    def _key(self, case: Case) -> str:
        return hashlib.sha256(f"{self._measured} {case.model_dump_json()}".encode()).hexdigest()

    def _kept(self, head: Head) -> Kept:
        lines = _fresh(self._runs.folder(head) / _SCORES)
        return {(one["set"], one["id"]): one for one in lines}

    def _keep(self, head: Head, kept: Kept, scores: Iterable[tuple[Score, str]]) -> None:
        for one, key in scores:
            kept[one.outcome.golden, one.case.id] = {
                "set": one.outcome.golden,
                "id": one.case.id,
                "key": key,
                "values": dict(one.values),
                "cited": asdict(one.cited),
            }
        lines = (json.dumps(one, ensure_ascii=False) for one in kept.values())
        _write(self._runs.folder(head) / _SCORES, "".join(f"{line}\n" for line in lines))


@cache
def _code() -> str:
    """Return a digest of all code that a score depends on: what answers, what measures and what both use."""
    digest = hashlib.sha256()
    for room in _MEASURING:
        for file in sorted((PROJECT / room).rglob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _fresh(file: Path) -> list[dict[str, Any]]:
    """Return the lines of a file; none where it is older than the answers, or cut short."""
    answers = file.with_name(ANSWERS)
    try:
        if answers.stat().st_mtime_ns > file.stat().st_mtime_ns:
            return []
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return []


def _write(file: Path, text: str) -> None:
    """Replace a file in one step, whoever else does; what cannot be written is computed again."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as half:
            half.write(text)
        Path(half.name).replace(file)
    except OSError as error:
        _LOG.warning("%s: %s", file, error)


def _read(outcome: Outcome, held: Mapping[str, Any]) -> Score:
    cited = held["cited"]
    tuples = {"unsupported": tuple(cited["unsupported"]), "stray": tuple(cited["stray"])}
    return Score(outcome, held["values"], Cited(**{**cited, **tuples}))


def _sum_to_json(scores: Sequence[Score]) -> dict[str, Any]:
    whole = row("all", scores, roots=conversations([one.case for one in scores]))
    median, high = latency(scores).get("total", (None, None))
    return {
        "count": whole.count,
        "values": {name: list(one) for name, one in whole.values.items()},
        "abstention": asdict(whole.abstention),
        "fine": sum(one.fine for one in scores),
        "median": median,
        "high": high,
    }


def _sum(golden: str, held: Mapping[str, Any]) -> Sum:
    values = {name: Interval(*some) for name, some in held["values"].items()}
    whole = Row("all", held["count"], values, Abstention(**held["abstention"]))
    return Sum(golden, whole, held["fine"], held["median"], held["high"])
