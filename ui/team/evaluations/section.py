"""Évaluations, put together: every page behind the team's door, and the work that they start."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fastapi import APIRouter

from ui.opening import Opening
from ui.team.door import Door
from ui.team.evaluations.cases import case_routes
from ui.team.evaluations.overview import overview_routes
from ui.team.evaluations.proposed import proposal_routes
from ui.team.evaluations.reading import reading_routes
from ui.team.jobs import Jobs
from ui.web.pages import Pages
from ui.web.service import Service

if TYPE_CHECKING:
    from ui.team.evaluations.quality import Quality


def routes(
    pages: Pages,
    door: Door,
    service: Service,
    opening: Opening,
    jobs: Jobs,
) -> APIRouter:
    """Return the routes of the section."""

    @cache
    def quality() -> Quality:
        from ui.team.evaluations.quality import Quality  # what measures takes a second to import

        return Quality(opening)

    router = APIRouter(include_in_schema=False)
    router.include_router(overview_routes(pages, door, opening, jobs, quality=quality))
    router.include_router(reading_routes(pages, door, opening, quality=quality))
    router.include_router(case_routes(pages, door, opening))
    router.include_router(proposal_routes(pages, door, service, opening))
    return router
