"""`/accessibilite`: how far this site can be used by everybody, how that was tested, and whom to tell."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from corpus.settings import Settings
from ui.web.pages import Pages
from ui.web.privacy import contact_of


def statement_routes(pages: Pages, settings: Settings | None) -> APIRouter:
    """Return the route of the accessibility statement."""
    router = APIRouter(include_in_schema=False)

    @router.get("/accessibilite")
    def statement(request: Request) -> Response:
        return pages.respond("web/statement.html", request, keep=True, **contact_of(settings))

    return router
