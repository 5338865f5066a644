"""The widget: its script, and the page that shows integrators how to put it on their site."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from ui.web.front import PAGE_POLICY
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.widget.script import PLACE, line, script

_AN_HOUR = "public, max-age=3600"
_ANYWHERE = "cross-origin"


def routes(pages: Pages, *, origins: Sequence[str]) -> APIRouter:
    """Return the routes; `origins` are those whose pages may show the chat in a frame."""
    router = APIRouter(include_in_schema=False)
    said = script(origins)
    tag = f'"{hashlib.sha256(said.encode()).hexdigest()[:16]}"'

    @router.api_route(PLACE, methods=["GET", "HEAD"])
    def widget_script(request: Request) -> Response:
        # The policy is for pages that fetch nothing which does not say that it may be fetched.
        headers = {"Cache-Control": _AN_HOUR, "ETag": tag, "Cross-Origin-Resource-Policy": _ANYWHERE}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return Response(said, media_type="text/javascript", headers=headers)

    @router.get("/widget")
    def widget_page(request: Request) -> HTMLResponse:
        language = language_of(request)
        chat = str(request.base_url).rstrip("/")
        response = pages.respond(
            "widget/page.html",
            request,
            line=line(chat, language),
            chat=chat,
            policy=f"script-src {chat}; frame-src {chat}",
            origins=origins,
            script=PLACE,
        )
        # The preview shows the chat in a frame of this page.
        response.headers["Content-Security-Policy"] = f"{PAGE_POLICY}; frame-src 'self'"
        return response

    return router
