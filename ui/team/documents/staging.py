"""The work in the background: a version is staged from the inbox, or one without a document is made.

Both run in a child (`apart.perform`), and give the report as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from corpus.errors import IndexMissing, NothingToIngest, PasserelleError, VersionLive, VersionUnknown
from corpus.records import DocumentRow
from ui.opening import Opening
from ui.team.apart import Follower, watching
from ui.team.documents.inbox import Inbox
from ui.team.documents.waiting import Decision, Staged
from ui.team.telling import error_to_json

if TYPE_CHECKING:
    from ingest.report import Report

STAGE = "ui.team.documents.staging:stage"
FORGET = "ui.team.documents.staging:forget"


def inbox_of(opening: Opening) -> Inbox:
    """Return the inbox of a home."""
    return Inbox(opening.home.inbox, limit=opening.settings.file_limit)


def stage(opening: Opening, _arguments: Sequence[str], follower: Follower) -> Mapping[str, Any]:
    """Stage a version with the files of the inbox, and ask it the golden cases; nothing is published.

    What is refused, or in the index already, leaves the inbox, unless it was sent anew meanwhile. Raises
    NothingToIngest and what an ingest raises; then all stays as it was.
    """
    inbox = inbox_of(opening)
    waiting = inbox.files()
    if not waiting:
        raise NothingToIngest(where=inbox.folder, known="…")
    for one in waiting:
        follower.file(one.name, "waiting")
    seen = {one.name: inbox.sha256(one.name) for one in waiting}
    told: list[str] = []

    def each(file: str, state: str, reason: PasserelleError | None) -> None:
        told.append(file)
        follower.file(file, state, error_to_json(reason) if reason else None)

    base = _live(opening)
    watch = watching(follower)
    report = opening.pipeline().ingest(
        [inbox.folder],
        publish=False,
        check=True,
        mirror=False,
        watcher=lambda name, done, total: watch(name, done, total) if name != "publish" else None,
        each=each,
    )
    new = {*report.added, *report.changed}
    rows = _rows(opening, report.version) if report.differs else ()
    held = {row.file: row.sha256 for row in sorted(rows, key=lambda row: row.file) if row.id in new}
    inbox.remove({name: seen[name] for name in told if name in seen and name not in held})
    _decide(opening, report, base=base, files=held)
    return report_to_json(report, base=base)


def forget(opening: Opening, arguments: Sequence[str], follower: Follower) -> Mapping[str, Any]:
    """Make a version without a document, `arguments[0]`, and publish it when the golden cases allow it.

    Raises DocumentUnknown, DocumentNeeded.
    """
    base = _live(opening)
    report = opening.pipeline().forget(arguments[0], watcher=watching(follower))
    if not report.published:
        _decide(opening, report, base=base, files={})
    return report_to_json(report, base=base)


def report_to_json(report: Report, *, base: int | None) -> dict[str, Any]:
    """Return a report as JSON; errors stay errors, to be explained to whoever reads it."""
    verdict = report.verdict
    return {
        "version": report.version,
        "base": base,
        "published": report.published,
        "differs": report.differs,
        "passages": report.passages,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "initiatives": report.initiatives,
        "themes": report.themes,
        "doubts": report.doubts,
        "gate": verdict
        and {
            "asked": len(verdict.fine),
            "broken": [asdict(one) for one in verdict.broken],
            "mended": verdict.mended,
            "holds": verdict.holds,
        },
        "refused": [{"file": one.file, "why": error_to_json(one.reason)} for one in report.refused],
        "notes": [error_to_json(one) for one in report.notes],
    }


def _decide(opening: Opening, report: Report, *, base: int | None, files: Mapping[str, str]) -> None:
    """Remember what is to be decided; what waited before is in it, and is discarded."""
    decision = Decision(opening.home.folder)
    before = decision.get()
    decision.clear()
    if before and before.number != report.version:
        with suppress(VersionUnknown, VersionLive, IndexMissing):  # somebody decided about it elsewhere
            opening.publisher().discard(before.number)
    if report.differs and report.version is not None:
        verdict = report.verdict
        kept = next(one for one in opening.publisher().versions()[0] if one.number == report.version)
        decision.put(
            Staged(
                number=report.version,
                created_at=kept.created_at.isoformat(),
                base=base,
                files=files,
                broken={one.id: one.question for one in verdict.broken} if verdict else {},
            )
        )


def _live(opening: Opening) -> int | None:
    try:
        return opening.version().number
    except IndexMissing:
        return None


def _rows(opening: Opening, number: int | None) -> Sequence[DocumentRow]:
    return next(one for one in opening.publisher().versions()[0] if one.number == number).documents
