"""Documents: what the index holds, what is sent in, and which version answers."""

from __future__ import annotations

from fastapi import APIRouter

from ui.opening import Opening
from ui.team.documents.deciding import deciding_routes
from ui.team.documents.overview import overview_routes
from ui.team.documents.sending import sending_routes
from ui.team.door import Door
from ui.team.jobs import Jobs
from ui.web.pages import Pages
from ui.web.service import Service


def routes(pages: Pages, door: Door, service: Service, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes of the section."""
    router = APIRouter(include_in_schema=False)
    router.include_router(overview_routes(pages, door, opening, jobs))
    router.include_router(sending_routes(pages, door, opening, jobs))
    router.include_router(deciding_routes(pages, door, opening, jobs))
    return router
