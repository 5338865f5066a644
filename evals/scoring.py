"""Scoring: every measure of one answer, and the means of many with their intervals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.asking import Outcome
from evals.golden import Case, holds
from evals.metrics.abstention import Abstention, abstention
from evals.metrics.citations import Cited, Supports, citations
from evals.metrics.facts import (
    cited_rightly,
    completeness,
    fact_recall,
    language_matches,
    right_theme,
)
from evals.metrics.intervals import Interval, interval
from evals.metrics.ranking import MEASURES, ranking

Values = Mapping[str, float | None]
STAGES = ("understand", "retrieve", "compose", "write", "verify", "first", "total")
ANSWERS = (
    "right",
    "fact recall",
    "completeness",
    "cited",
    "theme",
    "citation recall",
    "citation precision",
    "faithfulness",
    "refused rightly",
    "false refusal",
    "language",
)
"""The measures of an answer, in the order of a report; those of the ranking follow."""
NAMES = (*ANSWERS, *MEASURES)
WORSE_HIGH = frozenset({"false refusal"})
"""Where less is better."""


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth: each measure, 0 to 1, None where it does not apply or was not decided."""

    outcome: Outcome
    values: Values
    cited: Cited

    @property
    def case(self) -> Case:
        """The case that was asked."""
        return self.outcome.case

    @property
    def fine(self) -> bool:
        """Whether an editor would let it pass: right, about the right thing, nothing unsupported."""
        return not self.faults

    @property
    def faults(self) -> tuple[str, ...]:
        """The names of what is wrong, empty when nothing is."""
        value = self.values
        wanted = ("right", "cited", "refused rightly", "language")
        found = [name for name in wanted if value[name] is not None and not value[name]]
        whole = ("citation recall", "citation precision", "faithfulness")
        found += [name for name in whole if (share := value[name]) is not None and share < 1]
        return (*found, *(["false refusal"] if value["false refusal"] else []))


def score(outcome: Outcome, supports: Supports) -> Score:
    """Return every measure of one answer."""
    case, answer = outcome.case, outcome.answer
    refused = answer.abstained
    judged = citations(answer, supports)
    right = None if not case.answerable else not refused and holds(answer.text, case.facts)
    values: dict[str, float | bool | None] = {
        "right": right,
        "fact recall": fact_recall(case, answer),
        "completeness": completeness(case, answer),
        "cited": cited_rightly(case, answer),
        "theme": right_theme(case, answer),
        "citation recall": judged.recall,
        "citation precision": judged.precision,
        "faithfulness": judged.faithfulness,
        "refused rightly": None if case.answerable else refused,
        "false refusal": refused if case.answerable else None,
        "language": language_matches(case, answer),
        **ranking([one.document for one in outcome.retrieved], case.documents if case.answerable else ()),
    }
    return Score(outcome, {name: None if one is None else float(one) for name, one in values.items()}, judged)


@dataclass(frozen=True, slots=True)
class Row:
    """The means of some cases: `count` of them, and each measure that applies to one at least."""

    name: str
    count: int
    values: Mapping[str, Interval]
    abstention: Abstention

    def mean(self, name: str) -> float | None:
        """Return a mean, None where the measure does not apply."""
        if name in self.values:
            return self.values[name].mean
        named = name.removeprefix("abstention ")
        return getattr(self.abstention, named, None) if named != name else None


def row(name: str, scores: Sequence[Score], *, roots: Mapping[str, str]) -> Row:
    """Return the means of some scores; the turns of a conversation (`roots`) are one draw."""
    values = {}
    for measure in NAMES:
        kept = [
            (one.values[measure], roots[one.case.id]) for one in scores if one.values[measure] is not None
        ]
        found = interval(
            [value for value, _ in kept if value is not None], clusters=[root for _, root in kept]
        )
        if found:
            values[measure] = found
    pairs = [(one.case.answerable, one.outcome.answer.abstained) for one in scores]
    return Row(name, len(scores), values, abstention(pairs))


def rows(scores: Sequence[Score]) -> list[Row]:
    """Return the means by kind, most frequent first, then of what has an answer, what has none, and all."""
    roots = conversations([one.case for one in scores])
    kinds: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        kinds[one.case.kind].append(one)
    by_size = sorted(kinds.items(), key=lambda item: (not item[1][0].case.answerable, -len(item[1]), item[0]))
    totals: list[tuple[str, Callable[[Score], bool]]] = [
        ("answerable", lambda one: one.case.answerable),
        ("unanswerable", lambda one: not one.case.answerable),
        ("all", lambda one: True),
    ]
    found = [row(kind, some, roots=roots) for kind, some in by_size]
    for name, belongs in totals:
        some = [one for one in scores if belongs(one)]
        found += [row(name, some, roots=roots)] if some else []
    return found


def conversations(cases: Iterable[Case]) -> dict[str, str]:
    """Return for each case the id of the one that its conversation begins with."""
    roots: dict[str, str] = {}
    for case in cases:
        roots[case.id] = roots.get(case.follows or "", case.id)
    return roots


def latency(scores: Sequence[Score]) -> dict[str, tuple[float, float]]:
    """Return the median and the 95th percentile of each stage in milliseconds."""
    timed = {stage: [one.outcome.answer.timings_ms.get(stage) for one in scores] for stage in STAGES}
    found = {stage: [value for value in some if value is not None] for stage, some in timed.items()}
    return {
        stage: (float(np.percentile(some, 50)), float(np.percentile(some, 95)))
        for stage, some in found.items()
        if some
    }
