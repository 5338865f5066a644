"""The review: tags that are not certain and initiatives that have no fiche, to be accepted or rejected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from corpus.errors import PasserelleError
from ui.opening import Opening
from ui.team.apart import perform
from ui.team.catalogue.editing import CATALOGUE
from ui.team.documents.overview import KIND
from ui.team.door import Door, Member
from ui.team.following import shown_job
from ui.team.framing import team_page
from ui.team.jobs import Job, Jobs
from ui.team.review.deciding import ACCEPT, DECIDE, REJECT
from ui.team.review.proposals import NEW, read_proposals
from ui.text import say
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

REVIEW = "/admin/review"
_FIELD = re.compile(r"doubt-(\d{1,9})", re.ASCII)


def routes(pages: Pages, door: Door, _service: Service, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes of the section."""
    router = APIRouter(include_in_schema=False)

    @router.get(REVIEW)
    def review(request: Request, member: Member = door.guard) -> Response:
        job = jobs.latest(KIND)  # before what it makes: what is said to be done is there
        language = language_of(request)
        try:
            proposals = read_proposals(opening, language)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        return team_page(
            pages, request, member, "team/review/review.html", place=REVIEW,
            groups=[
                ("tags", [one for one in proposals if one.kind != NEW]),
                ("new", [one for one in proposals if one.kind == NEW]),
            ],
            waits=len(proposals), accept=ACCEPT, reject=REJECT, write=_write, here=REVIEW,
            job=shown_job(job, language) if job else None, held=_held(job),
        )  # fmt: skip

    @router.post(REVIEW)
    def decide(request: Request, member: Member = door.guard) -> Response:
        said = decisions(member.form)
        if not said:
            return member.back(REVIEW, "doubt.nothing")
        language = language_of(request)
        try:
            arguments = [f"{number}={one}" for number, one in said.items()]
            label = say("doubt.label", language, count=len(said))
            jobs.start(KIND, label, lambda progress: perform(opening, DECIDE, arguments, progress))
        except PasserelleError as error:
            return member.refused(REVIEW, error)
        return member.back(f"{REVIEW}#job", "doubt.begun", count=len(said))

    return router


def decisions(form: FormData) -> Mapping[int, str]:
    """Return what was said to doubts, by their numbers; those that are left for later are left out."""
    found = {}
    for name, value in form.items():
        field = _FIELD.fullmatch(name)
        if field and value in (ACCEPT, REJECT):
            found[int(field[1])] = str(value)
    return found


def _write(name: str) -> str:
    """Return where a fiche of a new initiative is written."""
    return f"{CATALOGUE}/new?{urlencode({'kind': 'initiative', 'name': name})}"


def _held(job: Job | None) -> int | None:
    """Return the version that the last decisions made but the golden cases held back."""
    result = job.result if job and job.state == "done" and "decided" in job.result else {}
    gate = result.get("gate")
    return int(result["version"]) if gate and not gate["holds"] and not result["published"] else None
