"""Addresses of the team that lead nowhere, or ask for what makes no sense: a page with the way back."""

from __future__ import annotations

import inspect
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from corpus.errors import PasserelleError
from ui.errors import AddressUnknown, SendingBroken
from ui.team.door import PLACE, Door, Member
from ui.team.framing import refused_page
from ui.text import as_sentence, explain
from ui.web.language import language_of
from ui.web.pages import Pages

_NOT_HERE = (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)


def astray_routes(pages: Pages, door: Door) -> APIRouter:
    """Return the route of every address that is nobody's; it goes after all others."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"{PLACE}/{{rest:path}}")
    def nowhere(rest: str, request: Request, member: Member = door.guard) -> Response:
        if rest.endswith("/"):
            return RedirectResponse(f"{PLACE}/{rest.strip('/')}", status_code=303)
        return refused_page(pages, request, member, AddressUnknown(), status=HTTPStatus.NOT_FOUND)

    return router


def answer_astray(app: FastAPI, pages: Pages) -> None:
    """Make `app` answer with a page what is wrongly asked of the team, and all else as before."""
    before = {kind: app.exception_handlers[kind] for kind in (RequestValidationError, HTTPException)}

    async def as_before(request: Request, error: RequestValidationError | HTTPException) -> Response:
        answer: Any = before[RequestValidationError if _is_invalid(error) else HTTPException](request, error)
        response: Response = await answer if inspect.isawaitable(answer) else answer
        return response

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        if not _is_ours(request):
            return await as_before(request, error)
        return _page(pages, request, AddressUnknown(), status=HTTPStatus.UNPROCESSABLE_ENTITY)

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        if _is_ours(request) and error.status_code in _NOT_HERE:
            return _page(pages, request, AddressUnknown(), status=error.status_code)
        if _is_ours(request) and error.status_code == HTTPStatus.BAD_REQUEST:
            return _page(pages, request, SendingBroken(), status=error.status_code)
        return await as_before(request, error)


def _page(pages: Pages, request: Request, error: PasserelleError, *, status: int) -> Response:
    why = as_sentence(explain(error, language_of(request)))
    return pages.respond("team/astray.html", request, status=status, why=why)


def _is_ours(request: Request) -> bool:
    return request.url.path.startswith(f"{PLACE}/")


def _is_invalid(error: Exception) -> bool:
    return isinstance(error, RequestValidationError)
