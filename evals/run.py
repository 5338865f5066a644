"""A run: every case of a golden set is asked, and each answer is scored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.question import Turn
from evals.golden import Case, holds

Ask = Callable[[str, Sequence[Turn]], Answer]


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer is worth.

    `right`: the facts are there, and nothing was refused. `cited`: a citation names the case's initiative, or
    its theme, or one of its documents where the case names neither. None where the measure does not apply.
    """

    case: Case
    answer: Answer
    right: bool | None
    cited: bool | None
    refused: bool


def run(cases: Sequence[Case], ask: Ask) -> Iterator[Score]:
    """Ask every case in turn; a follow-up is asked after the exchanges that it follows."""
    exchanges: dict[str, list[Turn]] = {}
    for case in cases:
        history = exchanges.get(case.follows or "", [])
        answer = ask(case.question, history)
        exchanges[case.id] = [*history, Turn("user", case.question), Turn("assistant", answer.text)]
        yield score(case, answer)


def score(case: Case, answer: Answer) -> Score:
    """Score one answer."""
    if not case.answerable:
        return Score(case, answer, right=None, cited=None, refused=answer.abstained)
    right = not answer.abstained and holds(answer.text, case.facts)
    return Score(case, answer, right=right, cited=_is_cited(case, answer), refused=answer.abstained)


def _is_cited(case: Case, answer: Answer) -> bool:
    if case.initiative:
        return any(one.initiative and one.initiative.id == case.initiative for one in answer.citations)
    if case.theme:
        return any(one.theme and one.theme.id == case.theme for one in answer.citations)
    return any(one.document.id in case.documents for one in answer.citations)


def share(values: Sequence[bool]) -> float | None:
    """Return the share of true values, 0 to 1, None without values."""
    return sum(values) / len(values) if values else None
