"""Gating: a staged version is asked what the live one could answer, before it takes its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from corpus.records import Check, Version
from ingest.progress import Watcher

if TYPE_CHECKING:
    from corpus.store import Store


@dataclass(frozen=True, slots=True)
class Broken:
    """A golden case that the live version answers as it should and the staged one does not."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the golden cases say of a staged version.

    `fine` says of each case asked whether the answer is as it should be; `golden` the SHA-256 of the cases.
    `mended` counts those that only the staged version answers. `holds` is false when more broke than chance
    explains, `forced` true when it was published all the same.
    """

    golden: str
    fine: Mapping[str, bool]
    broken: tuple[Broken, ...]
    mended: int
    holds: bool
    forced: bool = field(default=False)


class Gate(Protocol):
    """Asks two versions the same golden cases; None when there is nothing to ask both.

    `checked` is what was written down of the live version when it was staged itself.
    """

    def __call__(
        self, store: Store, live: Version, staged: Version, *, checked: Check | None, watcher: Watcher
    ) -> Verdict | None: ...


def check_of(verdict: Verdict, *, version: int) -> Check:
    """Return what the ledger keeps of a verdict."""
    return Check(
        version=version,
        golden=verdict.golden,
        fine=dict(verdict.fine),
        broken=[one.id for one in verdict.broken],
        mended=verdict.mended,
        holds=verdict.holds,
        forced=verdict.forced,
    )
