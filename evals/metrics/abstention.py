"""Abstention: whether what cannot be answered is refused, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Abstention:
    """Over a set of cases; a share, 0 to 1, is None when nothing counts towards it.

    - precision: rightly refused / refused;
    - recall: rightly refused / unanswerable;
    - f1: their harmonic mean (van Rijsbergen, 1979), 0 when both are 0;
    - false_refusals: answerable cases refused / answerable cases.
    """

    precision: float | None
    recall: float | None
    f1: float | None
    false_refusals: float | None


def abstention(outcomes: Sequence[tuple[bool, bool]]) -> Abstention:
    """Return the values for pairs of (the case is answerable, the answer refuses)."""
    rightly = sum(refused and not answerable for answerable, refused in outcomes)
    refused = sum(refused for _, refused in outcomes)
    answerable = sum(answerable for answerable, _ in outcomes)
    unanswerable = len(outcomes) - answerable
    precision = rightly / refused if refused else None
    recall = rightly / unanswerable if unanswerable else None
    both = None if recall is None else (precision or 0.0) + recall
    f1 = None if both is None else 2 * (precision or 0.0) * (recall or 0.0) / both if both else 0.0
    wrongly = (refused - rightly) / answerable if answerable else None
    return Abstention(precision, recall, f1, wrongly)
