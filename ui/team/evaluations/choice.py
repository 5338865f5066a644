"""Choices: which cases a page shows, by what was chosen above them, and page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import urlencode

from corpus.words import fold
from evals.golden import Case

if TYPE_CHECKING:
    from evals.scoring import Score

T = TypeVar("T")

STATES = ("failed", "fine", "every")
FAULTS = (
    "right", "cited", "refused rightly", "false refusal", "citation recall", "citation precision",
    "faithfulness", "language",
)  # fmt: skip
"""What can be wrong with an answer, by the name of the measure that says so."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen; "" chooses nothing. `state` is one of `STATES`, `fault` of `FAULTS`."""

    golden: str = ""
    kind: str = ""
    fault: str = ""
    language: str = ""
    state: str = STATES[0]
    words: str = ""

    def address(self, path: str, **changes: str | int) -> str:
        """Return a path that asks for this choice, some of it changed."""
        asked = {
            "set": self.golden,
            "kind": self.kind,
            "fault": self.fault,
            "language": self.language,
            "state": "" if self.state == STATES[0] else self.state,
            "q": self.words,
        }
        kept = {name: value for name, value in {**asked, **changes}.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path

    def takes(self, case: Case) -> bool:
        """Say whether a case is of the kind, in the language and with the words chosen."""
        return (
            self.kind in ("", case.kind)
            and self.language in ("", case.language)
            and fold(self.words) in fold(f"{case.id} {case.question}")
        )


def chosen(scores: Iterable[Score], choice: Choice) -> list[Score]:
    """Return the scores that were chosen, in their order."""
    return [
        one
        for one in scores
        if choice.golden in ("", one.outcome.golden)
        and (choice.state == "every" or one.fine == (choice.state == "fine"))
        and (not choice.fault or choice.fault in one.faults)
        and choice.takes(one.case)
    ]


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One page of many things: `number` of `last`, of `count` in all, of which `begin` is the first here."""

    shown: Sequence[T]
    number: int
    last: int
    count: int
    begin: int


def part_of(things: Sequence[T], number: int, *, size: int) -> Part[T]:
    """Return the page of a number; the nearest there is for any other."""
    last = max(1, -(-len(things) // size))
    number = min(max(number, 1), last)
    begin = (number - 1) * size
    return Part(things[begin : begin + size], number, last, len(things), begin + 1)


def kinds_of(cases: Iterable[Case]) -> Mapping[str, int]:
    """Return the kinds of some cases with how many there are, the most frequent first."""
    return dict(Counter(one.kind for one in cases).most_common())
