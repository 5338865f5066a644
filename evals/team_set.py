"""The team's golden set: the cases that editors make of questions, in the home; other sets are read only."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import CaseUnknown, HomeUnusable
from evals.golden import Case, parse_set, read_set


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
        taken = {one.id for one in self.cases()}
        number = 2
        free = wanted
        while free in taken:
            free, number = f"{wanted}-{number}", number + 1
        return free

    def _change(self, changed: Callable[[Sequence[Case]], Sequence[Case]]) -> None:
        with self._held():
            cases = changed(self.cases())
            if not cases:
                self.file.unlink(missing_ok=True)
                return
            content = "".join(f"{one.model_dump_json()}\n" for one in cases).encode()
            parse_set(content, file=self.file)
            written = self.file.with_suffix(".new")
            with written.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            written.replace(self.file)

    @contextmanager
    def _held(self) -> Iterator[None]:
        """Hold the file, so that of two who change it at once none undoes what the other did."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.file.with_suffix(".lock")):
                yield
        except OSError as error:
            raise HomeUnusable(home=self.file.parent, reason=error.strerror or error) from error


def _found(cases: Sequence[Case], case_id: str) -> Case:
    found = next((one for one in cases if one.id == case_id), None)
    if found is None:
        raise CaseUnknown(id=case_id)
    return found
