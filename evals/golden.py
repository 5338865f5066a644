"""Golden sets: questions with the facts that a right answer holds, one JSON object a line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import FileMissing, FileUnreadable, GoldenWrong
from corpus.words import fold

FOLDER = Path(__file__).parent / "golden"
SHIPPED = FOLDER / "labo-ess.jsonl"
"""The half that the assistant is tuned on."""
HELD_OUT = FOLDER / "held-out.jsonl"
"""The half that it never sees."""


class Case(BaseModel):
    """One question. It is right when every group of `facts` has one alternative in the answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(min_length=1)]
    question: Annotated[str, Field(min_length=1)]
    facts: tuple[Annotated[tuple[Annotated[str, Field(min_length=1)], ...], Field(min_length=1)], ...]
    theme: str | None
    initiative: str | None
    answerable: bool
    language: Language
    kind: Annotated[str, Field(min_length=1)]
    follows: str | None
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoldenSet:
    """The cases of one file; `name` is the file's without its ending, `sha256` that of its bytes."""

    name: str
    file: str
    sha256: str
    cases: tuple[Case, ...]
    lines: tuple[int, ...]
    """The 1-based line that each case stands on."""
    ours: bool = False
    """Made by the team of this home: about its corpus, whatever documents it names."""

    def concerned(self, documents: Collection[str]) -> list[Case]:
        """Return the cases that a corpus of these documents can be asked."""
        return concerned(self.cases, documents, ours=self.ours)

    def check(self, catalogue: Catalogue, documents: Collection[str]) -> None:
        """Raise GoldenWrong when a case of a set about this corpus names a theme or initiative it has not."""
        if not any(about(case, documents) for case in self.cases):
            return
        known = {
            "theme": {one.id for one in catalogue.themes},
            "initiative": {one.id for one in catalogue.initiatives},
        }
        for case, line in zip(self.cases, self.lines, strict=True):
            if case.documents and not about(case, documents):
                continue
            for field, ids in known.items():
                named = getattr(case, field)
                if named is not None and named not in ids:
                    reason = f"{named!r} is not in the catalogue: {', '.join(sorted(ids))}"
                    raise GoldenWrong(file=self.file, line=line, field=field, reason=reason)


def about(case: Case, documents: Collection[str]) -> bool:
    """Say whether all gold documents of a case, one at least, are among these."""
    return bool(case.documents) and set(case.documents) <= set(documents)


def concerned(cases: Sequence[Case], documents: Collection[str], *, ours: bool = False) -> list[Case]:
    """Return the cases that a corpus of these documents can be asked: those with their gold documents in it.

    Cases without an answer go with those that have one, unless the set is `ours`; a follow-up goes with what
    it follows.
    """
    if not ours and not any(about(case, documents) for case in cases):
        return []
    kept: dict[str, Case] = {}
    for case in cases:
        if (about(case, documents) or not case.documents) and (case.follows is None or case.follows in kept):
            kept[case.id] = case
    return list(kept.values())


def read_set(file: Path) -> GoldenSet:
    """Read and validate a golden set. Raises GoldenWrong, naming line and field, and FileMissing."""
    try:
        content = file.read_bytes()
    except FileNotFoundError as error:
        raise FileMissing(file=file) from error
    except OSError as error:
        raise FileUnreadable(file=file, reason=error.strerror or error) from error
    return parse_set(content, file=file)


def parse_set(content: bytes, *, file: Path) -> GoldenSet:
    """Validate the bytes of a golden set that stands, or shall stand, in a file. Raises GoldenWrong."""
    cases: list[Case] = []
    lines: list[int] = []
    known: set[str] = set()
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        case = _read(raw, file=file, line=number)
        _check(case, known, file=file, line=number)
        known.add(case.id)
        cases.append(case)
        lines.append(number)
    if not cases:
        raise GoldenWrong(file=file.name, line=1, field="id", reason="the file holds no case")
    return GoldenSet(file.stem, file.name, hashlib.sha256(content).hexdigest(), tuple(cases), tuple(lines))


def read_golden(file: Path) -> list[Case]:
    """Return the cases of a golden set. Raises as `read_set` does."""
    return list(read_set(file).cases)


def _read(raw: bytes, *, file: Path, line: int) -> Case:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise GoldenWrong(file=file.name, line=line, field="JSON", reason=reason) from error
    try:
        return Case.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "JSON"
        raise GoldenWrong(file=file.name, line=line, field=field, reason=first["msg"]) from error


def _check(case: Case, known: Collection[str], *, file: Path, line: int) -> None:
    if case.id in known:
        raise GoldenWrong(file=file.name, line=line, field="id", reason=f"{case.id!r} stands twice")
    if case.follows is not None and case.follows not in known:
        raise GoldenWrong(
            file=file.name, line=line, field="follows", reason=f"no case {case.follows!r} stands above"
        )
    if case.answerable != bool(case.facts):
        reason = "an answerable case has facts, an unanswerable one has none"
        raise GoldenWrong(file=file.name, line=line, field="facts", reason=reason)
    for place, group in enumerate(case.facts):
        if not all(map(compact, group)):
            reason = "an alternative without a letter or figure would be in every answer"
            raise GoldenWrong(file=file.name, line=line, field=f"facts.{place}", reason=reason)


def free_id(wanted: str, taken: Collection[str]) -> str:
    """Return an id that no case has: the one wanted, or that with a number from 2 on."""
    free, number = wanted, 2
    while free in taken:
        free, number = f"{wanted}-{number}", number + 1
    return free


def compact(text: str) -> str:
    """Return a text as facts are compared: without accents, case, punctuation or spacing."""
    return re.sub(r"[\W_]+", "", fold(text))


def holds(text: str, facts: Iterable[Sequence[str]]) -> bool:
    """Say whether a text holds one alternative of every group."""
    said = compact(text)
    return all(any(compact(one) in said for one in group) for group in facts)
