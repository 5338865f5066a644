"""Straying: what the chat, which answers for every address that is left, would say wrongly.

A method that an address does not take is a 405, not a 404; and people who follow a dead link get a page.
"""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.routing import BaseRoute, Match, Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.errors import PlaceUnknown
from ui.web.pages import Pages

# What the chat asks of its own server again and again: nobody strays there.
_OWN = ("/gradio_api/", "/assets/", "/static/")
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def answer_straying(app: FastAPI, pages: Pages) -> None:
    """Put what answers strays before the chat, which is mounted last at the root of `app`."""
    mount = app.router.routes[-1]
    assert isinstance(mount, Mount)
    mount.app = _Strays(mount.app, app.router.routes[:-1], pages)


class _Strays:
    def __init__(self, app: ASGIApp, routes: list[BaseRoute], pages: Pages) -> None:
        self._app = app
        self._routes = routes
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_OWN):
            await self._app(scope, receive, send)
            return
        allowed = self._allowed(scope)
        if allowed and scope["method"] not in allowed:
            refused = JSONResponse(
                {"detail": HTTPStatus.METHOD_NOT_ALLOWED.phrase},
                status_code=HTTPStatus.METHOD_NOT_ALLOWED,
                headers={"Allow": ", ".join(allowed)},
            )
            await refused(scope, receive, send)
            return
        await self._app(scope, receive, self._with_page(scope, receive, send))

    def _allowed(self, scope: Scope) -> list[str]:
        """Return the methods that the other routes take at an address."""
        asked = {**scope, "path": scope["path"], "root_path": scope.get("app_root_path", "")}
        return [
            method
            for method in _METHODS
            if any(route.matches({**asked, "method": method})[0] is Match.FULL for route in self._routes)
        ]

    def _with_page(self, scope: Scope, receive: Receive, send: Send) -> Send:
        """Return a `send` that shows people a page in the place of a bare 404."""
        wants_page = scope["method"] == "GET" and "text/html" in Headers(scope=scope).get("accept", "")
        lost = False

        async def shown(message: Message) -> None:
            nonlocal lost
            if message["type"] == "http.response.start":
                lost = message["status"] == HTTPStatus.NOT_FOUND
                if lost:
                    await self._page(scope)(scope, receive, send)
            if not lost:
                await send(message)

        return shown if wants_page else send

    def _page(self, scope: Scope) -> Response:
        return self._pages.refuse(Request(scope), PlaceUnknown(), status=HTTPStatus.NOT_FOUND)
