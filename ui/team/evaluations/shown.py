"""Shown: what a page tells of one answer that was scored, its sources with the way to where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evals.golden import Case
from evals.scoring import Score
from ui.reader.address import reader_address

_EXCERPT = 320  # characters of a passage


@dataclass(frozen=True, slots=True)
class Source:
    """A passage that was cited or retrieved; `address` is "" when its document is not in the live version.

    `mark` is its marker, or its rank; `gold` says that the case names its document.
    """

    mark: int
    title: str
    section: str
    page: int | None
    text: str
    address: str
    gold: bool
    score: float


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer beside what was expected of it. `understood` is "" where the question stood for itself."""

    golden: str
    case: Case
    text: str
    abstained: bool
    understood: str
    faults: tuple[str, ...]
    unsupported: tuple[str, ...]
    stray: tuple[int, ...]
    cited: tuple[Source, ...]
    retrieved: tuple[Source, ...]
    wanted: tuple[Source, ...]


def shown(one: Score, titles: Mapping[str, str]) -> Shown:
    """Return what a page tells of an answer; `titles` are those of the live version's documents, by id."""
    case, answer = one.case, one.outcome.answer

    def address(document: str, page: int | None = None, quote: str = "") -> str:
        return reader_address(document, page, quote) if document in titles else ""

    return Shown(
        golden=one.outcome.golden,
        case=case,
        text=answer.text,
        abstained=answer.abstained,
        understood=answer.standalone_question if answer.standalone_question != case.question else "",
        faults=one.faults,
        unsupported=one.cited.unsupported,
        stray=one.cited.stray,
        cited=tuple(
            Source(
                citation.marker,
                citation.document.title,
                citation.initiative.name if citation.initiative else "",
                citation.page,
                citation.quote,
                address(citation.document.id, citation.page, citation.quote),
                citation.document.id in case.documents,
                citation.score,
            )
            for citation in answer.citations
        ),
        retrieved=tuple(
            Source(
                rank,
                titles.get(hit.document, hit.document),
                hit.section,
                hit.page,
                _excerpt(hit.text),
                address(hit.document, hit.page, hit.text),
                hit.document in case.documents,
                hit.score,
            )
            for rank, hit in enumerate(one.outcome.retrieved, start=1)
        ),
        wanted=tuple(
            Source(0, titles.get(document, document), "", None, "", address(document), True, 0.0)
            for document in case.documents
        ),
    )


def _excerpt(text: str) -> str:
    return text if len(text) <= _EXCERPT else text[:_EXCERPT].rpartition(" ")[0] + " …"
