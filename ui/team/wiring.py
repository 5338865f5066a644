"""The pages of the team put together: the door, and a section a line.

A section is a function `routes(pages, door, service, opening, jobs)` that returns an APIRouter. Each of its
routes takes `member: Member = door.guard`, shows pages by `framing.team_page` and ends what was posted by
`member.back` or `member.refused`. Long work is begun by `jobs.start` and done by `apart.perform`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.responses import RedirectResponse

from corpus.settings import Settings
from ui.errors import NotAdmitted
from ui.opening import Opening
from ui.team.astray import answer_astray, astray_routes
from ui.team.catalogue import section as catalogue
from ui.team.documents import section as documents
from ui.team.documents.sending import UPLOAD
from ui.team.door import FIRST, PLACE, Door
from ui.team.evaluations import section as evaluations
from ui.team.feedback import section as feedback
from ui.team.following import following
from ui.team.jobs import Jobs
from ui.team.refusing import refused_at_the_door
from ui.team.review import section as review
from ui.web.pages import Pages
from ui.web.service import Service

Section = Callable[[Pages, Door, Service, Opening, Jobs], APIRouter]
FILES_AT_ONCE = 4
"""Files of the largest size that one upload may hold; more of smaller ones."""
SECTIONS: Sequence[Section] = (
    documents.routes,
    catalogue.routes,
    review.routes,
    evaluations.routes,
    feedback.routes,
)
"""The `routes` of each section's main module."""


def team_routes(pages: Pages, service: Service, opening: Opening) -> APIRouter:
    """Return all routes of the team. What a server before left running is marked as interrupted."""
    door = Door(opening.home)
    jobs = Jobs(opening.home.folder / "jobs")
    router = APIRouter(include_in_schema=False)
    router.include_router(door.routes(pages))
    router.include_router(following(pages, door, jobs))
    for section in SECTIONS:
        router.include_router(section(pages, door, service, opening, jobs))

    @router.get(PLACE)
    @router.get(f"{PLACE}/")
    def first() -> Response:
        return RedirectResponse(FIRST, status_code=303)

    router.include_router(astray_routes(pages, door))
    return router


def wide_doors(settings: Settings) -> Mapping[str, int]:
    """Return where larger bodies may be sent than elsewhere, and how many bytes of one."""
    return {UPLOAD: FILES_AT_ONCE * settings.file_limit}


def answer_at_the_door(app: FastAPI, pages: Pages) -> None:
    """Make `app` answer with a page who is not let in, or asks for what is not there.

    It goes after what else answers errors.
    """
    answer_astray(app, pages)

    @app.exception_handler(NotAdmitted)
    async def refused(request: Request, error: NotAdmitted) -> Response:
        return await refused_at_the_door(pages, request, error)
