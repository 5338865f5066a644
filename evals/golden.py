"""Golden sets: questions with the facts that a right answer holds, one JSON object a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.documents import Language
from corpus.errors import GoldenWrong
from corpus.words import fold

SHIPPED = Path(__file__).parent / "golden" / "labo-ess.jsonl"
HELD_OUT = Path(__file__).parent / "golden" / "held-out.jsonl"


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


def read_golden(file: Path) -> list[Case]:
    """Read and validate a golden set. Raises GoldenWrong, naming line and field."""
    cases: list[Case] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            field = ".".join(str(part) for part in first["loc"]) or "JSON"
            raise GoldenWrong(file=file.name, line=number, field=field, reason=first["msg"]) from error
        _check(case, cases, file=file, line=number)
        cases.append(case)
    return cases


def _check(case: Case, earlier: Sequence[Case], *, file: Path, line: int) -> None:
    known = {one.id for one in earlier}
    if case.id in known:
        raise GoldenWrong(file=file.name, line=line, field="id", reason=f"{case.id!r} stands twice")
    if case.follows is not None and case.follows not in known:
        raise GoldenWrong(
            file=file.name, line=line, field="follows", reason=f"no case {case.follows!r} stands above"
        )
    if case.answerable != bool(case.facts):
        reason = "an answerable case has facts, an unanswerable one has none"
        raise GoldenWrong(file=file.name, line=line, field="facts", reason=reason)


def compact(text: str) -> str:
    """Return a text as facts are compared: without accents, case, punctuation or spacing."""
    return re.sub(r"[\W_]+", "", fold(text))


def holds(text: str, facts: Iterable[Sequence[str]]) -> bool:
    """Say whether a text holds one alternative of every group."""
    said = compact(text)
    return all(any(compact(one) in said for one in group) for group in facts)
