"""Fitting: the weights that tell an answering sentence from a neighbour, learned from golden sets.

    python -m evals.fitting [FILE.jsonl ...]

Each sentence weighed for a case is an example: positive when it holds at least half of the case's facts. A
logistic regression (L2, C = 1, classes balanced) is fitted to their features. The report scores each case by
cross-validation over conversations, so that no case is scored by weights that saw it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.chain import Desk, Exchange, Request
from assistant.evidence import Evidence
from assistant.from_passages import Extractive
from assistant.question import Turn
from evals.golden import SHIPPED, Case, holds, read_golden
from evals.run import run

WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.toml"
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences weighed for one case, and which of them answer it."""

    case: Case
    evidence: tuple[Evidence, ...]
    answers: tuple[bool, ...]


def examples(cases: Sequence[Case], desk: Desk, composer: Extractive) -> list[Example]:
    """Return the cases that are answered from passages, with their evidence. Follow-ups see the gold history."""
    asked: dict[str, list[Turn]] = {}
    found = []
    for case in cases:
        history = asked.get(case.follows or "", [])
        exchange = desk.understood(Request(case.question, tuple(history)))
        asked[case.id] = [*history, Turn("user", case.question), Turn("assistant", "")]
        if not composer.quotes(exchange):
            continue
        assert exchange.asked is not None
        evidence = composer.candidates(exchange, exchange.asked.entities)
        found.append(Example(case, tuple(evidence), tuple(_answers(case, one) for one in evidence)))
    return found


def _answers(case: Case, one: Evidence) -> bool:
    said = [holds(one.clause.text, [group]) for group in case.facts]
    return bool(said) and sum(said) >= len(said) / 2
