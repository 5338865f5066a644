"""Modes: one row for each way of wording the answers to the same cases, quoted or by a chat model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Generation
from evals.metrics.intervals import Interval
from evals.runs import Head
from evals.scoring import Row, Score, latency, rows

MEASURES = (
    "right", "faithfulness", "citation recall", "citation precision", "refused rightly", "false refusal",
    "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mode:
    """What one way of wording is worth over all cases of a run.

    `values` are the means of `MEASURES` with their intervals. `dropped` are the sentences taken out for each
    hundred that the model wrote, `worded` is the share of the answers given that are in its words, `failures`
    counts why others are not. `median` and `high` are the 50th and 95th percentile of the milliseconds of an
    answer, `first` the median until its first sentence; tokens and cost are sums, None where nobody counts
    them.
    """

    name: str
    count: int
    values: Mapping[str, Interval]
    abstention_f1: float | None
    median: float
    high: float
    first: float | None
    worded: float | None = None
    dropped: float | None = None
    failures: Mapping[str, int] | None = None
    tokens: int | None = None
    cost: float | None = None


def mode_of(head: Head, scores: Sequence[Score]) -> Mode:
    """Return the row of a run."""
    whole: Row = rows(scores)[-1]
    median, high = latency(scores).get("total", (0.0, 0.0))
    firsts = [first for one in scores if (first := one.outcome.answer.timings_ms.get("first")) is not None]
    answers = [one.outcome.answer for one in scores]
    done: list[Generation] = [one.generation for one in answers if one.generation]
    given = [one for one in answers if not one.abstained]
    written = sum(one.shown + one.dropped for one in done)
    costs = [one.cost for one in done if one.cost is not None]
    return Mode(
        name=head.mode,
        count=len(scores),
        values={name: whole.values[name] for name in MEASURES if name in whole.values},
        abstention_f1=whole.abstention.f1,
        median=median,
        high=high,
        first=float(np.median(firsts)) if firsts else None,
        worded=sum(one.mode == "generated" for one in given) / len(given) if done and given else None,
        dropped=100 * sum(one.dropped for one in done) / written if written else None,
        failures=dict(Counter(one.failure for one in done if one.failure)) if done else None,
        tokens=sum(one.tokens_in + one.tokens_out for one in done) if done else None,
        cost=sum(costs) if costs else None,
    )
