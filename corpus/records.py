"""Records: what the ledger keeps of documents, versions, doubts, refusals and checks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What the ledger keeps of a document.

    `fiche` is its front matter, None for other documents; a deck has a list of what was read from its slides.
    """

    id: str
    title: str
    file: str
    sha256: str
    passages: int
    fiche: dict[str, object] | list[dict[str, object]] | None = None

    @property
    def written(self) -> dict[str, object] | None:
        """The front matter."""
        return self.fiche if isinstance(self.fiche, dict) else None

    @property
    def derived(self) -> list[dict[str, object]]:
        """What was read from slides."""
        return self.fiche if isinstance(self.fiche, list) else []


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one edition of a document: cleaned, as its file has it, and how one maps onto the other.

    `runs` are pairs of offsets, cleaned and original, from which both run on alike.
    """

    document: str
    sha256: str
    cleaned: str
    original: str
    runs: tuple[tuple[int, int], ...]


LIKENESS = "cos "
"""What the reason of a doubt begins with when vectors raised it."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a document may be about, waiting for somebody to say: `target` is the id of a theme or initiative.

    For something that has no fiche yet it is its name. `confidence` is 0 to 1; `why` are the words or the
    likeness that speak for it; `state` is open, accepted or rejected.
    """

    document: str
    sha256: str
    kind: Literal["theme", "initiative", "new initiative"]
    target: str
    confidence: float
    why: str
    id: int = 0
    state: str = "open"

    @property
    def is_said(self) -> bool:
        """Whether `why` are words of the document."""
        return not self.why.startswith(LIKENESS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document's file lay, and the folder that was named to ingest it."""

    path: str
    folder: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not ingested: the class of its error and what fills its sentence. `at` is in UTC."""

    at: datetime
    file: str
    error: str
    fields: dict[str, object]


@dataclass(frozen=True, slots=True)
class Check:
    """What the golden cases said of a version: of each whether its answer is as it should be.

    `golden` is the SHA-256 of the cases, `broken` the ids of those that the version before answered. `holds`
    is false when too many broke, `forced` true when it was published all the same.
    """

    version: int
    golden: str
    fine: dict[str, bool]
    broken: list[str]
    mended: int
    holds: bool
    forced: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One complete state of the index. `created_at` is in UTC."""

    number: int
    created_at: datetime
    embedding_model: str
    passages: int
    documents: tuple[DocumentRow, ...]


@dataclass(frozen=True, slots=True)
class Tag:
    """The theme or initiative that a passage is filed under; `confidence` is 0 to 1.

    It is 1 for what the passage is part of or names exactly, that of the doubt for what somebody accepted.
    """

    kind: Literal["theme", "initiative"]
    target: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Filed:
    """Where a passage of a version stands in its document, and its tags; its text is in the store."""

    id: str
    document: str
    start: int
    end: int
    section: str
    page: int | None
    tags: tuple[Tag, ...]
