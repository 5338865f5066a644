"""The report: what a change of the index did."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.errors import DocumentNote
from ingest.finding import Refusal
from ingest.gating import Verdict


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did. `version` holds the result; None when there is none.

    The lists hold document ids; `unchanged` are documents that were ingested before under the same name,
    `duplicates` are file names whose bytes are in the index under another. `initiatives` and `themes` are ids
    that the catalogue has gained. `notes` say what was left out of documents that were ingested; `doubts` is
    how many tags wait for review, `verdict` what the golden cases say of the version, None without any.
    """

    version: int | None
    published: bool
    passages: int
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    initiatives: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[DocumentNote] = field(default_factory=list)
    doubts: int = 0
    verdict: Verdict | None = None

    @property
    def differs(self) -> bool:
        """Whether the version holds other documents than the one before."""
        return bool(self.added or self.changed or self.removed)
