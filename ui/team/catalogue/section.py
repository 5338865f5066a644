"""The catalogue: its fiches are listed, written, changed and gone back to, a version for each change."""

from __future__ import annotations

from fastapi import APIRouter

from ui.opening import Opening
from ui.team.catalogue.editing import editing_routes
from ui.team.catalogue.overview import overview_routes
from ui.team.door import Door
from ui.team.jobs import Jobs
from ui.web.pages import Pages
from ui.web.service import Service


def routes(pages: Pages, door: Door, _service: Service, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes of the section."""
    router = APIRouter(include_in_schema=False)
    router.include_router(overview_routes(pages, door, opening, jobs))
    router.include_router(editing_routes(pages, door, opening, jobs))
    return router
