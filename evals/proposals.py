"""Proposals: drafted cases that wait for somebody to read them, and what was said of those read already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import ProposalUnknown
from evals.golden import Case, free_id
from evals.kept_file import held, replace_whole

State = Literal["open", "accepted", "rejected"]


class Proposal(BaseModel):
    """A case drafted from a document."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    case: Case
    state: State = "open"


class Proposals:
    """The proposals in `HOME/golden/proposed.jsonl`, each under the id of its case.

    Those that were decided stay, so that what was rejected once is not proposed again. A line that cannot be
    read is dropped: proposing anew brings it back. HomeUnusable is raised where nothing can be written.
    """

    def __init__(self, home: Path) -> None:
        self._file = home / "golden" / "proposed.jsonl"

    def all(self) -> tuple[Proposal, ...]:
        """Return every proposal, decided ones too, the oldest first."""
        try:
            lines = self._file.read_bytes().splitlines()
        except OSError:
            return ()
        found = []
        for line in lines:
            try:
                found.append(Proposal.model_validate_json(line))
            except ValidationError:
                continue
        return tuple(found)

    def waiting(self) -> tuple[Proposal, ...]:
        """Return those that nobody decided yet."""
        return tuple(one for one in self.all() if one.state == "open")

    def get(self, case_id: str) -> Proposal:
        """Return one that waits. Raises ProposalUnknown."""
        return _found(self.waiting(), case_id)

    def offer(self, document: str, cases: Sequence[Case]) -> int:
        """Put the drafts of a document in the place of those that wait; return how many are new.

        A question that was decided before is not asked again.
        """
        new = 0

        def offered(held: Sequence[Proposal]) -> Sequence[Proposal]:
            nonlocal new
            kept = [one for one in held if one.document != document or one.state != "open"]
            decided = {one.case.question for one in kept if one.document == document}
            before = {one.case.question for one in held if one.document == document}
            taken = {one.case.id for one in kept}
            for case in cases:
                if case.question in decided:
                    continue
                free = free_id(case.id, taken)
                taken.add(free)
                kept.append(Proposal(document=document, case=case.model_copy(update={"id": free})))
                new += case.question not in before
            return kept

        self._change(offered)
        return new

    def decide(self, case_id: str, state: Literal["accepted", "rejected"]) -> None:
        """Write down what somebody says to one that waits. Raises ProposalUnknown."""

        def decided(held: Sequence[Proposal]) -> Sequence[Proposal]:
            chosen = _found([one for one in held if one.state == "open"], case_id)
            return [one.model_copy(update={"state": state}) if one is chosen else one for one in held]

        self._change(decided)

    def _change(self, changed: Callable[[Sequence[Proposal]], Sequence[Proposal]]) -> None:
        with held(self._file):
            lines = "".join(f"{one.model_dump_json()}\n" for one in changed(self.all()))
            replace_whole(self._file, lines.encode())


def _found(proposals: Sequence[Proposal], case_id: str) -> Proposal:
    found = next((one for one in proposals if one.case.id == case_id), None)
    if found is None:
        raise ProposalUnknown(id=case_id)
    return found
