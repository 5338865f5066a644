"""`/note`: a conversation that the browser kept, or one question, as a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response
from starlette.requests import Request

from assistant.answer import Answer
from corpus.documents import Language
from corpus.errors import AssistantNotReady, IndexUnusable, PasserelleError, QuestionUnusable
from ui.briefing.asked import TYPES, disposition, exchanges_from
from ui.briefing.note import house_of, note_of
from ui.briefing.writing import check_format, written
from ui.errors import NoteFailed, NoteForeign, NoteUnusable
from ui.opening import Opening
from ui.text import LANGUAGES
from ui.web.api import RETRY_AFTER, in_both_languages, problem
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

PLACE = "/note"


def routes(pages: Pages, service: Service, opening: Opening | None = None) -> APIRouter:
    """Return the routes of notes. Without an `opening`, no note says of which day its index is."""
    router = APIRouter()

    @router.post(PLACE)
    def of_exchanges(
        request: Request,
        exchanges: Annotated[str, Form()] = "",
        format: Annotated[str, Form()] = "",
        lang: Annotated[str, Form()] = "",
    ) -> Response:
        def asked() -> list[tuple[str, Answer]]:
            # A form on another site could put words of its own into our mouth.
            if request.headers.get("sec-fetch-site") == "cross-site":
                raise NoteForeign()
            return exchanges_from(exchanges)

        chosen = next((one for one in LANGUAGES if one == lang), language_of(request))
        return _respond(request, asked, format, chosen)

    @router.get(PLACE)
    def of_question(
        request: Request,
        q: str = "",
        format: str = "pdf",
        theme: Annotated[Sequence[str], Query()] = (),
    ) -> Response:
        def asked() -> list[tuple[str, Answer]]:
            visitor = request.client.host if request.client else ""
            return [(q, service.assistant.ask(q, themes=theme, visitor=visitor))]

        return _respond(request, asked, format, language_of(request))

    def _respond(
        request: Request, asked: Callable[[], list[tuple[str, Answer]]], form: str, language: Language
    ) -> Response:
        try:
            check_format(form)  # before a chat model is paid for nothing
            exchanges = asked()
            day = datetime.now(UTC).astimezone().date()
            days = days_of(opening) if opening else {}
            note = note_of(exchanges, language, house=_house(service, language), day=day, made=days)
            file = written(note, form)
        except PasserelleError as error:
            return _refuse(pages, request, error)
        headers = {
            "Content-Disposition": disposition(exchanges[0][0], form, day=day),
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex",
        }
        return Response(file, media_type=TYPES[form], headers=headers)

    return router


def days_of(opening: Opening) -> dict[int, date]:
    """Return the day on which each version that is still kept was made."""
    try:
        kept, _ = opening.publisher().versions()
    except IndexUnusable:
        return {}
    return {one.number: one.created_at.astimezone().date() for one in kept}


def _house(service: Service, language: Language) -> str:
    try:
        return house_of(service.assistant.index.catalogue, language)
    except PasserelleError:  # a note of what the browser kept waits for no index
        return ""


def _refuse(pages: Pages, request: Request, error: PasserelleError) -> Response:
    """Return why there is no note: as a page to a person, as JSON to a program."""
    status = 503
    if isinstance(error, NoteForeign):
        status = 403
    elif isinstance(error, QuestionUnusable | NoteUnusable) and not isinstance(error, NoteFailed):
        status = 422
    if "text/html" in request.headers.get("accept", ""):
        return pages.refuse(request, error, status=status)
    headers = {"Retry-After": RETRY_AFTER} if isinstance(error, AssistantNotReady) else {}
    return problem(status, in_both_languages(error), headers=headers)
