"""Somebody decides: a version is published, gone back to or discarded, a document is forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request, Response

from corpus.errors import CatalogueWrong, DocumentNeeded, PasserelleError
from corpus.ledger import catalogue_of
from corpus.records import Check
from ui.errors import VersionHeld, VersionMoved
from ui.opening import Opening
from ui.team.apart import perform
from ui.team.documents.difference import difference
from ui.team.documents.overview import DOCUMENTS, KIND
from ui.team.documents.shelf import Kept, Shelf, read_doubts, read_shelf
from ui.team.documents.staging import FORGET, inbox_of
from ui.team.documents.waiting import Decision
from ui.team.door import Door, Member
from ui.team.framing import refused_page, team_page
from ui.team.jobs import Jobs, Progress
from ui.text import as_sentence, explain
from ui.web.language import language_of
from ui.web.pages import Pages

_VERSION = f"{DOCUMENTS}/versions/{{number}}"


def deciding_routes(pages: Pages, door: Door, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(_VERSION)
    def version(number: int, request: Request, member: Member = door.guard) -> Response:
        try:
            shelf = _shelf(opening)
            kept = shelf.get(number)
            shown = _shown_version(opening, shelf, kept)
        except PasserelleError as error:
            return refused_page(pages, request, member, error, status=404)
        return team_page(pages, request, member, "team/documents/version.html", **shown)

    @router.post(f"{_VERSION}/publish")
    def publish(number: int, member: Member = door.guard) -> Response:
        try:
            shelf = _shelf(opening)
            check_decision(
                shelf,
                number,
                seen=str(member.form.get("live", "")),
                anyway=member.form.get("anyway") == "1",
            )
            publisher = opening.publisher()
            back = shelf.live is not None and number < shelf.live.number
            (publisher.rollback if back else publisher.publish)(number)
        except PasserelleError as error:
            return member.refused(f"{DOCUMENTS}/versions/{number}", error)
        _settle(opening, number)
        done = "team.version.back" if back else "team.version.published"
        return member.back(DOCUMENTS, done, number=number)

    @router.get(f"{_VERSION}/discard")
    def ask_discard(number: int, request: Request, member: Member = door.guard) -> Response:
        try:
            kept = _shelf(opening).get(number)
        except PasserelleError as error:
            return refused_page(pages, request, member, error, status=404)
        return team_page(pages, request, member, "team/documents/discard.html", kept=kept)

    @router.post(f"{_VERSION}/discard")
    def discard(number: int, member: Member = door.guard) -> Response:
        try:
            opening.publisher().discard(number)
        except PasserelleError as error:
            return member.refused(DOCUMENTS, error)
        _settle(opening, number)
        return member.back(DOCUMENTS, "team.version.discarded", number=number)

    @router.get(f"{DOCUMENTS}/forget")
    def ask_forget(request: Request, id: str = "", member: Member = door.guard) -> Response:
        try:
            shelf = _shelf(opening)
            row = shelf.document(id)
            needed = needed_by(shelf, id)
        except PasserelleError as error:
            return refused_page(pages, request, member, error, status=404)
        return team_page(
            pages,
            request,
            member,
            "team/documents/forget.html",
            row=row,
            needed=needed,
            why=as_sentence(explain(needed, language_of(request))) if needed else "",
            waiting=_holding(shelf.waiting, id),
        )

    @router.post(f"{DOCUMENTS}/forget")
    def forget(member: Member = door.guard) -> Response:
        id = str(member.form.get("id", ""))
        try:
            row = _shelf(opening).document(id)

            def work(progress: Progress) -> Mapping[str, Any]:
                return perform(opening, FORGET, [id], progress)

            jobs.start(KIND, row.title, work)
        except PasserelleError as error:
            return member.refused(DOCUMENTS, error)
        return member.back(f"{DOCUMENTS}#job", "team.forget.begun")

    return router


def check_decision(shelf: Shelf, number: int, *, seen: str, anyway: bool) -> None:
    """Raise VersionUnknown, VersionMoved when another version is live than the one `seen`, and VersionHeld
    when answers get worse and nobody said to publish `anyway`.
    """
    kept = shelf.get(number)
    live = str(shelf.live.number) if shelf.live else ""
    if seen != live:
        raise VersionMoved(number=live or "–")
    if _is_held(kept.check) and not anyway:
        raise VersionHeld(number=number, count=len(kept.check.broken) if kept.check else 0)


def needed_by(shelf: Shelf, id: str) -> DocumentNeeded | None:
    """Return why a document of the live version cannot be forgotten, None when it can."""
    rows = [row for row in shelf.live.documents if row.id != id] if shelf.live else []
    try:
        catalogue_of(rows)
    except CatalogueWrong as error:
        return DocumentNeeded(id=id, **error.fields)
    return None


def _holding(kept: Kept | None, id: str) -> Kept | None:
    return kept if kept and any(row.id == id for row in kept.version.documents) else None


def _shelf(opening: Opening) -> Shelf:
    return read_shelf(opening, Decision(opening.home.folder).get())


def _is_held(check: Check | None) -> bool:
    return bool(check and not check.holds and not check.forced)


def _shown_version(opening: Opening, shelf: Shelf, kept: Kept) -> dict[str, Any]:
    staged = Decision(opening.home.folder).get()
    change = difference(shelf.live, kept.version)
    live = shelf.live.number if shelf.live else None
    questions = _questions(opening, kept, staged.broken if staged else {})
    return {
        "kept": kept,
        "live": live,
        "change": change,
        "held": _is_held(kept.check),
        "broken": [(one, questions.get(one, "")) for one in kept.check.broken] if kept.check else [],
        "doubts": read_doubts(opening, [row.id for row in (*change.added, *change.changed)]),
        "moved": bool(kept.state == "waiting" and staged and staged.base != live),
        "again": bool(staged and staged.files),
    }


def _questions(opening: Opening, kept: Kept, known: Mapping[str, str]) -> Mapping[str, str]:
    """Return the questions of the cases that a version breaks, by id, as far as anybody knows them."""
    broken = kept.check.broken if kept.check else []
    if all(one in known for one in broken):
        return known
    from evals.sets import golden_sets

    sets = golden_sets(opening.settings)
    return {f"{one.name}/{case.id}": case.question for one in sets for case in one.cases} | dict(known)


def _settle(opening: Opening, number: int) -> None:
    """Forget that a version waits, and empty the inbox of what it holds: it was decided about."""
    decision = Decision(opening.home.folder)
    staged = decision.get()
    if staged and staged.number == number:
        inbox_of(opening).remove(staged.files)
        decision.clear()
