"""Runs: what was asked of which index, kept in the home so that one can be compared with another.

A run is a folder of `HOME/evals/`: `run.json` says of what it is a run, and when it ended once all
were asked; `answers.jsonl` holds an outcome a line. Scores are not kept but computed when a run is read: two
runs are always compared by the same measures.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import RunUnknown, RunWrong
from corpus.settings import PROJECT, Settings
from evals.asking import Outcome, Subject, outcome_from_json, run
from evals.golden import Case, GoldenSet
from evals.kept_file import replace_whole

HEAD, ANSWERS = "run.json", "answers.jsonl"
# What does not change an answer.
_LEFT_OUT = {
    "home",
    "golden",
    "gate_cases",
    "judge",
    "ledger",
    "host",
    "port",
    "material",
    "kept_versions",
    "file_limit",
    "file_seconds",
    "file_memory",
    "chat_model",  # the mode says which
    "chat_base_url",
    "chat_key",
    "chat_prices",
    "chat_day_tokens",
    "chat_visitor_tokens",
    "chat_kept",
    "chat_kept_seconds",
}
LAST = "last"


@dataclass(frozen=True, slots=True)
class Head:
    """Of what a run is a run. `started` and `ended` are ISO 8601 in UTC, `ended` None until all were asked.

    `sets` are the golden sets by name with their SHA-256, `cases` how many of each the index could be asked;
    `commit` is that of the code, with a "+" when it was changed since, "" where git does not tell.
    """

    id: str
    started: str
    index_version: int
    embedding_model: str
    mode: str
    settings: Mapping[str, Any]
    commit: str
    sets: Mapping[str, str]
    cases: Mapping[str, int] = field(default_factory=dict)
    judge: str | None = None
    ended: str | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        """What two runs must share for the answers of one to stand in for those of the other."""
        settings = json.dumps(self.settings, sort_keys=True, default=str)
        return (
            self.index_version,
            self.embedding_model,
            self.mode,
            settings,
            self.commit,
            *sorted(self.sets.items()),
        )

    def differences(self, other: Head) -> list[tuple[str, object, object]]:
        """Return what else differs from another run than the code: (field, here, there)."""
        fields = ("index_version", "embedding_model", "mode")
        found = [(name, getattr(self, name), getattr(other, name)) for name in fields]
        found += [
            (f"set {name}", sha[:8], other.sets[name][:8])
            for name, sha in self.sets.items()
            if name in other.sets
        ]
        names = sorted({*self.settings, *other.settings})
        found += [(name, self.settings.get(name), other.settings.get(name)) for name in names]
        return [one for one in found if one[1] != one[2]]


@dataclass(frozen=True, slots=True)
class Run:
    """A run with its outcomes, in the order of the golden sets."""

    head: Head
    outcomes: tuple[Outcome, ...]


def head_of(
    settings: Settings,
    *,
    index_version: int,
    embedding_model: str,
    mode: str,
    sets: Sequence[GoldenSet],
    judge: str | None = None,
) -> Head:
    """Return the head of a run that begins now."""
    now = datetime.now(UTC)
    return Head(
        id=now.strftime("%Y%m%d-%H%M%S-%f")[:-3],
        started=now.isoformat(timespec="seconds"),
        index_version=index_version,
        embedding_model=embedding_model,
        mode=mode,
        settings=settings.model_dump(mode="json", exclude=_LEFT_OUT),
        commit=_commit(),
        sets={one.name: one.sha256 for one in sets},
        judge=judge,
    )


class Runs:
    """The runs of one home."""

    def __init__(self, home: Path) -> None:
        self._folder = home / "evals"

    def folder(self, head: Head) -> Path:
        """Return where a run lies."""
        return self._folder / head.id

    def heads(self) -> list[Head]:
        """Return the heads of all runs, oldest first."""
        found = (self._head(folder) for folder in sorted(self._folder.glob("*/")) if (folder / HEAD).exists())
        return sorted(found, key=lambda head: head.id)

    def perform(
        self,
        head: Head,
        asked: Mapping[str, Sequence[Case]],
        subject: Subject,
        *,
        done: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Run:
        """Ask the cases of each set and keep every answer as it comes.

        A run of the same subject that was interrupted is gone on with.
        """
        head = replace(head, cases={name: len(cases) for name, cases in asked.items()})
        begun = next(
            (one for one in reversed(self.heads()) if one.ended is None and one.subject == head.subject), None
        )
        head = replace(begun, cases=head.cases) if begun else head
        folder = self._folder / head.id
        folder.mkdir(parents=True, exist_ok=True)
        kept = {(o.golden, o.case.id): o for o in self._outcomes(folder, asked)} if begun else {}
        self._write(folder, head)
        outcomes: list[Outcome] = []
        total = sum(map(len, asked.values()))
        with (folder / ANSWERS).open("w", encoding="utf-8") as file:
            for name, cases in asked.items():
                own = {case: outcome for (golden, case), outcome in kept.items() if golden == name}
                for outcome in run(name, cases, subject, kept=own):
                    file.write(json.dumps(outcome.to_json(), ensure_ascii=False) + "\n")
                    file.flush()
                    outcomes.append(outcome)
                    done(len(outcomes), total)
        head = replace(head, ended=datetime.now(UTC).isoformat(timespec="seconds"))
        self._write(folder, head)
        return Run(head, tuple(outcomes))

    def read(self, name: str, asked: Mapping[str, Sequence[Case]]) -> Run:
        """Return a run by its id, the first characters of it, or "last" for the last one that ended.

        Only outcomes of the cases of `asked` are returned. Raises RunUnknown and RunWrong.
        """
        heads = [one for one in self.heads() if one.ended]
        found = heads[-1:] if name == LAST else [one for one in heads if one.id.startswith(name)]
        if len(found) != 1:
            known = ", ".join(one.id for one in heads[-5:]) or "–"
            raise RunUnknown(name=name, known=known)
        return Run(found[0], tuple(self._outcomes(self._folder / found[0].id, asked)))

    def _outcomes(self, folder: Path, asked: Mapping[str, Sequence[Case]]) -> Iterator[Outcome]:
        """Yield what a run holds; a last line that was cut short is left out."""
        cases = {(name, case.id): case for name, some in asked.items() for case in some}
        path = folder / ANSWERS
        lines = path.read_bytes().splitlines() if path.exists() else []
        for number, line in enumerate(lines, start=1):
            try:
                kept = json.loads(line)
                case = cases.get((kept["set"], kept["id"]))
                if case and case.question == kept["answer"]["question"]:
                    yield outcome_from_json(kept, case)
            except (ValueError, KeyError, TypeError) as error:
                if number < len(lines):
                    raise RunWrong(file=path, line=number, reason=str(error).splitlines()[0]) from error

    def _head(self, folder: Path) -> Head:
        path = folder / HEAD
        try:
            return Head(**json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise RunWrong(file=path, line=1, reason=str(error).splitlines()[0]) from error

    def _write(self, folder: Path, head: Head) -> None:
        content = json.dumps(asdict(head), ensure_ascii=False, indent=1)
        replace_whole(folder / HEAD, content.encode())


def _commit() -> str:
    """Return the commit of the code, "" where git does not tell."""

    def git(*arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", str(PROJECT), *arguments], capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    try:
        return git("rev-parse", "--short=12", "HEAD") + ("+" if git("status", "--porcelain", "-uno") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""
