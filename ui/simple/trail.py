"""The trail: what was asked and answered before, carried in the address: the server keeps nothing of it.

An address that is too long is refused by proxies on its way, so the trail is short: the latest exchanges,
each answer by its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from urllib.parse import urlencode

from assistant.question import Turn

PLACE = "/simple"
_MOST = 3  # exchanges
_ANSWER = 900  # characters of one answer
_ROOM = 4000  # bytes of the address; many proxies take 8,000 in all


@dataclass(frozen=True, slots=True)
class Step:
    """One earlier question and the beginning of its answer."""

    asked: str
    said: str


Trail = tuple[Step, ...]


def trail_of(asked: Sequence[str], said: Sequence[str]) -> Trail:
    """Return the trail that the fields `asked` and `said` of an address hold, no longer than one of ours."""
    return bounded(tuple(Step(*pair) for pair in zip_longest(asked, said[: len(asked)], fillvalue="")))


def bounded(trail: Trail) -> Trail:
    """Return the latest steps of a trail that an address has room for."""
    kept: list[Step] = []
    room = _ROOM
    for step in reversed(trail[-_MOST:]):
        short = Step(step.asked, step.said[:_ANSWER])
        room -= len(urlencode(fields_of((short,))))
        if room < 0:
            break
        kept.insert(0, short)
    return tuple(kept)


def turns(trail: Trail) -> tuple[Turn, ...]:
    """Return a trail as the assistant reads it."""
    return tuple(turn for step in trail for turn in (Turn("user", step.asked), Turn("assistant", step.said)))


def fields_of(trail: Trail) -> list[tuple[str, str]]:
    """Return the (name, value) pairs of a form or an address that carry a trail."""
    return [pair for step in trail for pair in (("asked", step.asked), ("said", step.said))]


def address(
    question: str, *, trail: Trail = (), themes: Sequence[str] = (), extra: Sequence[tuple[str, str]] = ()
) -> str:
    """Return the address that asks a question after a trail."""
    chosen = [("theme", one) for one in themes]
    return f"{PLACE}?{urlencode([('q', question), *chosen, *fields_of(trail), *extra])}"
