"""Files are sent in, and a version is prepared of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from corpus.errors import PasserelleError
from ui.errors import JobRunning, NothingSent
from ui.opening import Opening
from ui.team.apart import perform
from ui.team.documents.inbox import Inbox, named, placed, shown
from ui.team.documents.overview import DOCUMENTS, KIND
from ui.team.documents.shelf import read_shelf
from ui.team.documents.staging import STAGE, inbox_of
from ui.team.documents.waiting import Decision
from ui.team.door import Door, Member
from ui.team.framing import team_page
from ui.team.jobs import Jobs, Progress, Told
from ui.team.telling import error_to_json
from ui.web.pages import Pages

UPLOAD = f"{DOCUMENTS}/upload"
_NAMED = 3  # files that the label of a job names


def sending_routes(pages: Pages, door: Door, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    def prepare(names: Sequence[str], refused: Mapping[str, Told], *, is_new: bool) -> None:
        def work(progress: Progress) -> Mapping[str, Any]:
            for name, why in refused.items():
                progress.file(name, "refused", why)
            return perform(opening, STAGE, [], progress) if is_new else {}

        jobs.start(KIND, _label(names), work)

    @router.post(UPLOAD)
    def upload(member: Member = door.guard) -> Response:
        sent = [one for one in member.form.getlist("files") if isinstance(one, UploadFile) and one.filename]
        try:
            if not sent:
                raise NothingSent()
            live = read_shelf(opening, None).live
            known = [row.file for row in live.documents] if live else []
            received, refused = take_in(sent, inbox_of(opening), known=known)
            prepare([*received, *refused], refused, is_new=bool(received))
        except JobRunning:
            return member.back(f"{DOCUMENTS}#job", "team.upload.queued", count=len(received))
        except PasserelleError as error:
            return member.refused(DOCUMENTS, error)
        finally:
            for one in sent:
                one.file.close()
        return member.back(f"{DOCUMENTS}#job", "team.upload.received", count=len(received))

    @router.post(f"{DOCUMENTS}/prepare")
    def prepare_again(member: Member = door.guard) -> Response:
        try:
            waiting = [one.name for one in inbox_of(opening).files()]
            if not waiting:
                raise NothingSent()
            prepare(waiting, {}, is_new=True)
        except PasserelleError as error:
            return member.refused(DOCUMENTS, error)
        return member.back(f"{DOCUMENTS}#job", "team.upload.begun")

    @router.get(f"{DOCUMENTS}/inbox")
    def inbox(request: Request, member: Member = door.guard) -> Response:
        return team_page(
            pages, request, member, "team/documents/inbox.html", files=_unheld(opening), back=DOCUMENTS
        )

    @router.post(f"{DOCUMENTS}/inbox")
    def clear(member: Member = door.guard) -> Response:
        box, names = inbox_of(opening), _unheld(opening)
        box.remove({name: box.sha256(name) for name in names})
        return member.back(DOCUMENTS, "team.inbox.cleared", count=len(names))

    return router


def take_in(
    sent: Sequence[UploadFile], inbox: Inbox, *, known: Sequence[str]
) -> tuple[list[str], dict[str, Told]]:
    """Put files into the inbox; return where they are, and which were refused, with the reason."""
    received: list[str] = []
    refused: dict[str, Told] = {}
    for one in sent:
        try:
            place = placed(named(one.filename or ""), known=known, taken=received)
            inbox.receive(place, one.file)
            received.append(place)
        except PasserelleError as error:
            refused[shown(one.filename or "?")] = error_to_json(error)
    return received, refused


def _unheld(opening: Opening) -> list[str]:
    """Return the files of the inbox that are, as they are now, in no version that waits."""
    staged = Decision(opening.home.folder).get()
    return [one.name for one in inbox_of(opening).unheld(staged.files if staged else {})]


def _label(names: Sequence[str]) -> str:
    more = f" + {len(names) - _NAMED}" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
