"""The section Retours put together."""

from __future__ import annotations

from fastapi import APIRouter

from ui.opening import Opening
from ui.team.door import Door
from ui.team.feedback.backlog import backlog_routes
from ui.team.feedback.case import case_routes
from ui.team.feedback.thumbs import thumb_routes
from ui.team.jobs import Jobs
from ui.web.pages import Pages
from ui.web.service import Service


def routes(pages: Pages, door: Door, service: Service, opening: Opening, _jobs: Jobs) -> APIRouter:
    """Return the routes. Those with a fixed name go before those with the number of an opinion."""
    router = APIRouter(include_in_schema=False)
    router.include_router(backlog_routes(pages, door, service, opening))
    router.include_router(thumb_routes(pages, door, opening))
    router.include_router(case_routes(pages, door, service, opening))
    return router
