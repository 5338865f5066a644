"""The team's golden set: the cases that editors make of questions, in the home; other sets are read only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.errors import CaseUnknown
from evals.golden import Case, free_id, parse_set, read_set
from evals.kept_file import held, replace_whole


class TeamSet:
    """The cases in `golden/team.jsonl` of a home, changed one at a time, by whatever process.

    A set that would be wrong is not written: GoldenWrong names line and field, and the file stays as it was.
    Without a case there is no file. HomeUnusable is raised where nothing can be written.
    """

    def __init__(self, home: Path) -> None:
        self.file = home / "golden" / "team.jsonl"

    def cases(self) -> tuple[Case, ...]:
        """Return all cases, in the order of the file. Raises GoldenWrong when somebody broke it by hand."""
        return read_set(self.file).cases if self.file.exists() else ()

    def get(self, case_id: str) -> Case:
        """Return one case. Raises CaseUnknown."""
        return _found(self.cases(), case_id)

    def append(self, case: Case) -> None:
        """Add a case at the end. Raises GoldenWrong for an id that stands already."""
        self._change(lambda cases: [*cases, case])

    def replace(self, case_id: str, case: Case) -> None:
        """Put a case in the place of another, its id may change. Raises CaseUnknown and GoldenWrong."""

        def replaced(cases: Sequence[Case]) -> Sequence[Case]:
            place = cases.index(_found(cases, case_id))
            return [*cases[:place], case, *cases[place + 1 :]]

        self._change(replaced)

    def remove(self, case_id: str) -> None:
        """Take a case out. Raises CaseUnknown, and GoldenWrong where another case follows it."""

        def without(cases: Sequence[Case]) -> Sequence[Case]:
            unwanted = _found(cases, case_id)
            return [one for one in cases if one is not unwanted]

        self._change(without)

    def free_id(self, wanted: str) -> str:
        """Return an id that no case has: the one wanted, or that with a number."""
        return free_id(wanted, {one.id for one in self.cases()})

    def _change(self, changed: Callable[[Sequence[Case]], Sequence[Case]]) -> None:
        with held(self.file):
            cases = changed(self.cases())
            if not cases:
                self.file.unlink(missing_ok=True)
                return
            content = "".join(f"{one.model_dump_json()}\n" for one in cases).encode()
            parse_set(content, file=self.file)
            replace_whole(self.file, content)


def _found(cases: Sequence[Case], case_id: str) -> Case:
    found = next((one for one in cases if one.id == case_id), None)
    if found is None:
        raise CaseUnknown(id=case_id)
    return found
