"""The first page of Documents, and the original of a document."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from corpus.documents import Language
from corpus.errors import FileMissing, PasserelleError
from ingest.loaders import FORMATS
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.documents.difference import difference
from ui.team.documents.shelf import Listed, Shelf, read_documents, read_shelf, search
from ui.team.documents.staging import inbox_of
from ui.team.documents.waiting import Decision
from ui.team.door import Door, Member
from ui.team.following import shown_job
from ui.team.framing import number_of, refused_page, team_page
from ui.team.jobs import Job, Jobs
from ui.team.moments import size_said
from ui.web.language import language_of
from ui.web.pages import Pages

DOCUMENTS = "/admin/documents"
KIND = "ingest"
"""The kind of all jobs that change the index: one at a time."""
PER_PAGE = 50
_ORIGINAL = "application/octet-stream"  # never anything that a browser would open


def overview_routes(pages: Pages, door: Door, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(DOCUMENTS)
    def overview(request: Request, q: str = "", page: str = "", member: Member = door.guard) -> Response:
        job = jobs.latest(KIND)  # before what it makes: what is said to be done is there
        language = language_of(request)
        staged = Decision(opening.home.folder).get()
        try:
            shelf = read_shelf(opening, staged)
            listed = read_documents(opening, shelf.live, language) if shelf.live else []
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        return team_page(
            pages,
            request,
            member,
            "team/documents/overview.html",
            shelf=shelf,
            job=shown_job(job, language) if job else None,
            outcome=outcome(job, is_waiting=bool(shelf.waiting)) if job else "",
            here=DOCUMENTS,
            reader_address=reader_address,
            formats=FORMATS,
            limit=opening.settings.file_limit,
            limit_said=size_said(opening.settings.file_limit, language),
            **_waiting(opening, shelf, language),
            **_found(listed, q, number_of(page)),
        )

    @router.get(f"{DOCUMENTS}/original", response_model=None)
    def original(request: Request, id: str = "", member: Member = door.guard) -> Response:
        try:
            row = read_shelf(opening, None).document(id)
            file = opening.home.original(row.sha256, row.file)
            if not file.is_file():
                raise FileMissing(file=row.file)
        except PasserelleError as error:
            return refused_page(pages, request, member, error, status=404)
        return FileResponse(
            file,
            media_type=_ORIGINAL,
            filename=PurePosixPath(row.file).name,
            headers={"Cache-Control": "no-store"},
        )

    return router


def _waiting(opening: Opening, shelf: Shelf, language: Language) -> dict[str, Any]:
    """Return what is to be decided, and the files of the inbox that no version holds yet."""
    staged = Decision(opening.home.folder).get() if shelf.waiting else None
    inbox = inbox_of(opening).unheld(staged.files if staged else {})
    return {
        "waiting": shelf.waiting,
        "change": difference(shelf.live, shelf.waiting.version) if shelf.waiting else None,
        "inbox": [{"name": one.name, "size": size_said(one.size, language)} for one in inbox],
    }


def outcome(job: Job, *, is_waiting: bool) -> str:
    """Return the end of the key of the phrase that says what came of a job, "" when nothing has yet.

    While a version waits for a decision, that is said instead of what made it.
    """
    result = job.result
    if job.state != "done" or (is_waiting and not result.get("published")):
        return ""
    if result.get("version") is None:
        return "nothing"
    if not result["differs"]:
        return "same"
    return "published" if result["published"] else "decided"


def _found(listed: list[Listed], wanted: str, page: int) -> dict[str, Any]:
    """Return one page of the documents that are wanted."""
    found = search(listed, wanted)
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(page, 1), last)
    return {
        "wanted": wanted,
        "total": len(listed),
        "found": len(found),
        "listed": found[(page - 1) * PER_PAGE : page * PER_PAGE],
        "page": page,
        "last": last,
    }
