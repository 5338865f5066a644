"""Choices: which opinions and subjects a page shows, as its address says; what makes no sense is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from urllib.parse import urlencode

from corpus.feedback import REASONS, STATES, THUMBS, State, Wanted
from corpus.gaps import PROGRESS, Progress
from corpus.subjects import Subject
from corpus.words import fold

EVERY = "every"
_LONGEST = 200  # characters of what is searched for
_LARGEST = 2**31 - 1
T = TypeVar("T", bound=str)


@dataclass(frozen=True, slots=True)
class Pick:
    """Which opinions are shown; those that are open unless another state is chosen, None for all."""

    wanted: Wanted
    page: int = 1

    def address(self, path: str, *, page: int = 1) -> str:
        """Return a path that asks for these opinions."""
        wanted = self.wanted
        asked = {
            "verdict": wanted.verdict,
            "reason": wanted.reason,
            "state": EVERY if wanted.state is None else None if wanted.state == STATES[0] else wanted.state,
            "version": wanted.version,
            "since": wanted.since,
            "until": wanted.until,
            "q": wanted.text,
            "page": page if page > 1 else None,
        }
        return _address(path, asked)


def pick_of(said: Mapping[str, str]) -> Pick:
    """Return what an address asks for."""
    state: State | None = None if said.get("state") == EVERY else _one(said, "state", STATES) or STATES[0]
    return Pick(
        Wanted(
            verdict=_one(said, "verdict", THUMBS),
            reason=_one(said, "reason", REASONS),
            state=state,
            version=_number(said.get("version", "")),
            since=_day(said.get("since", "")),
            until=_day(said.get("until", "")),
            text=" ".join(said.get("q", "").split())[:_LONGEST],
        ),
        page=max(1, _number(said.get("page", "")) or 1),
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Which subjects are shown: those that wait or are being written unless a state is chosen."""

    progress: Progress | None = None
    is_every: bool = False
    text: str = ""
    page: int = 1

    def takes(self, subject: Subject) -> bool:
        """Say whether a subject is shown."""
        waits = subject.progress in ("open", "writing") if self.progress is None else None
        fits = self.is_every or (subject.progress == self.progress if waits is None else waits)
        told = fold(" ".join([subject.label, *(one.question for one in subject.gaps)]))
        return fits and fold(self.text) in told

    def address(self, path: str, *, page: int = 1) -> str:
        """Return a path that asks for these subjects."""
        state = EVERY if self.is_every else self.progress
        return _address(path, {"state": state, "q": self.text, "page": page if page > 1 else None})


def part_of(said: Mapping[str, str]) -> Part:
    """Return what an address asks for."""
    return Part(
        progress=_one(said, "state", PROGRESS),
        is_every=said.get("state") == EVERY,
        text=" ".join(said.get("q", "").split())[:_LONGEST],
        page=max(1, _number(said.get("page", "")) or 1),
    )


def last_page(count: int, *, size: int) -> int:
    """Return the number of the last page of `count` things, 1 for none."""
    return max(1, -(-count // size))


def _address(path: str, asked: Mapping[str, object]) -> str:
    kept = {name: value for name, value in asked.items() if value not in (None, "")}
    return f"{path}?{urlencode(kept)}" if kept else path


def _one(said: Mapping[str, str], name: str, known: tuple[T, ...]) -> T | None:
    return next((one for one in known if one == said.get(name)), None)


def _number(text: str) -> int | None:
    digits = text.isascii() and text.isdigit() and len(text) < 11
    return int(text) if digits and int(text) <= _LARGEST else None


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date.min < found < date.max else None
