"""The explorer's addresses: the catalogue as people look at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from assistant.language import language_of as tongue
from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.errors import FicheUnknown
from ui.explore import views
from ui.explore.cards import fiche_address
from ui.explore.entries import Shelf, Shelves
from ui.explore.filters import Filters
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

Made = Callable[[Shelf, Language], dict[str, Any]]

_LISTED = ("q", "theme", "departement", "forme", "depuis", "jusque")
_THEMED = ("theme",)
_DATED = ("theme", "initiative", "depuis", "jusque")


def routes(pages: Pages, service: Service) -> APIRouter:
    """Return the routes. While the assistant loads they say so, and when to come again."""
    router = APIRouter(include_in_schema=False)
    shelves = Shelves(service)

    def shown(request: Request, template: str, made: Made) -> Response:
        try:
            context = made(shelves.current(), language_of(request))
        except FicheUnknown as error:
            return pages.refuse(request, error, status=404)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        return pages.respond(f"explore/{template}.html", request, tongue=tongue, **context)

    @router.get(views.EXPLORER)
    def explorer(request: Request) -> Response:
        return _tidied(request, _LISTED) or shown(
            request,
            "explorer",
            lambda shelf, language: views.explorer(shelf, _asked(request, _LISTED), language),
        )

    @router.get(views.MAP)
    def chart(request: Request) -> Response:
        return _tidied(request, _THEMED) or shown(
            request, "map", lambda shelf, language: views.chart(shelf, _asked(request, _THEMED), language)
        )

    @router.get(views.GRAPH)
    def links(request: Request) -> Response:
        return _tidied(request, _THEMED) or shown(
            request, "graph", lambda shelf, language: views.links(shelf, _asked(request, _THEMED), language)
        )

    @router.get(views.DATES)
    def dates(request: Request) -> Response:
        return _tidied(request, _DATED) or shown(
            request, "dates", lambda shelf, language: views.dates(shelf, _asked(request, _DATED), language)
        )

    @router.get("/explorer/initiatives/{fiche_id}")
    def initiative(fiche_id: str, request: Request) -> Response:
        return _moved(shelves, fiche_id, request) or shown(
            request, "initiative", lambda shelf, language: views.initiative(shelf, fiche_id, language)
        )

    @router.get("/explorer/themes/{fiche_id}")
    def theme(fiche_id: str, request: Request) -> Response:
        return _moved(shelves, fiche_id, request) or shown(
            request,
            "theme",
            lambda shelf, language: views.theme(shelf, fiche_id, _asked(request, ()), language),
        )

    return router


def _asked(request: Request, offered: Sequence[str]) -> Filters:
    return Filters.read(request.query_params, offered=offered)


def _tidied(request: Request, offered: Sequence[str]) -> Response | None:
    """Return the way to the same page under an address that can be shared: without what asks for nothing."""
    given = {name: request.query_params[name] for name in (*offered, "page") if name in request.query_params}
    asked = _asked(request, offered).asked
    if given == asked:
        return None
    chosen = request.query_params.get("lang")
    query = urlencode({**asked, **({"lang": chosen} if chosen else {})})
    return RedirectResponse(f"{request.url.path}?{query}" if query else request.url.path, status_code=303)


def _moved(shelves: Shelves, fiche_id: str, request: Request) -> Response | None:
    """Return the way to the fiche that a document's own entry has become, or that is of the other kind."""
    try:
        fiche = shelves.current().catalogue.resolve(fiche_id)
    except PasserelleError:
        return None
    if fiche is None or fiche.kind == "think-tank":
        return None
    address = fiche_address(fiche)
    same = address.split("/")[2:] == [request.url.path.split("/")[2], quote(fiche_id, safe="")]
    return None if same else RedirectResponse(address, status_code=303)
