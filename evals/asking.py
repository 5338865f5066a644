"""A run: every case of a golden set is asked, and the answer kept with what was retrieved for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from assistant.answer import Answer, answer_from_json
from assistant.question import Turn
from assistant.retrieval import Embed
from corpus.documents import Hit
from evals.golden import Case

DEPTH = 10
"""How many passages are retrieved for the measures of ranking."""


class Subject(Protocol):
    """What is asked: the assistant, or whatever stands in for it."""

    def ask(self, question: str, *, history: Sequence[Turn]) -> Answer:
        """Answer a question."""

    def search(self, question: str, *, k: int, history: Sequence[Turn]) -> list[Hit]:
        """Return the passages for a question, best first."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """A passage as a report shows it."""

    document: str
    section: str
    text: str
    score: float
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case of the set named `golden`."""

    golden: str
    case: Case
    answer: Answer
    retrieved: tuple[Retrieved, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON types, without the case, which the golden set holds."""
        found = [asdict(one) for one in self.retrieved]
        return {"set": self.golden, "id": self.case.id, "answer": self.answer.to_json(), "retrieved": found}


def remembered(embed: Embed, *, most: int | None) -> Embed:
    """Return an embedding that does not embed the same question again, among the last `most` of them.

    An answer and the ranking beside it need the vector of one question.
    """
    kept = lru_cache(maxsize=most)(lambda question: embed([question])[0])
    return lambda questions: np.stack([kept(question) for question in questions])


def outcome_from_json(kept: Mapping[str, Any], case: Case) -> Outcome:
    """Return an outcome that `to_json` gave."""
    retrieved = tuple(Retrieved(**one) for one in kept.get("retrieved", ()))
    return Outcome(str(kept.get("set", "")), case, answer_from_json(kept["answer"]), retrieved)


def run(
    golden: str,
    cases: Sequence[Case],
    subject: Subject,
    *,
    kept: Mapping[str, Outcome] | None = None,
    depth: int = DEPTH,
) -> Iterator[Outcome]:
    """Ask every case in turn; a follow-up is asked after the exchanges that it follows.

    What `kept` holds already, by the id of the case, is not asked again. With a `depth` of 0 nothing is
    retrieved beside the answer.
    """
    exchanges: dict[str, list[Turn]] = {}
    for case in cases:
        history = exchanges.get(case.follows or "", [])
        outcome = (kept or {}).get(case.id) or _ask(golden, case, history, subject, depth)
        told = [Turn("user", case.question), Turn("assistant", outcome.answer.text)]
        exchanges[case.id] = [*history, *told]
        yield outcome


def _ask(golden: str, case: Case, history: Sequence[Turn], subject: Subject, depth: int) -> Outcome:
    answer = subject.ask(case.question, history=history)
    hits = subject.search(case.question, k=depth, history=history) if case.documents and depth else []
    retrieved = tuple(
        Retrieved(
            hit.passage.document_id,
            hit.passage.section,
            hit.passage.text,
            round(hit.score, 4),
            hit.passage.page,
        )
        for hit in hits
    )
    return Outcome(golden, case, answer, retrieved)
