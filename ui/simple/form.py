"""The form: a question is asked and answered on a plain page, without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.requests import Request

from assistant.answer import Answer
from assistant.courtesy import refuses
from corpus.catalogue import Theme, joined
from corpus.documents import Language
from corpus.errors import PasserelleError, QuestionEmpty
from ui.chat.cards import card_to_html
from ui.chat.conversation import Exchange, refusal
from ui.chat.exchanges import provenance_to_html
from ui.chat.making import made_of
from ui.chat.prose import answer_to_html
from ui.simple.trail import PLACE, Step, Trail, address, bounded, fields_of, trail_of, turns
from ui.text import unbroken
from ui.web.api import retry_after, status_of
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

FORMATS = ("pdf", "docx", "md")
_NUMBER = 1  # of the one answer on the page


@dataclass(frozen=True, slots=True)
class Asked:
    """What was sent: a question, None before the first, and what it comes with."""

    question: str | None = None
    themes: tuple[str, ...] = ()
    trail: Trail = ()
    language: tuple[tuple[str, str], ...] = ()
    """The language that the address names: browsers that take no cookies keep it there."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: an answer, or why there is none."""

    answer: Answer | None = None
    wrong: str = ""
    status: int = 200
    again: Mapping[str, str] = field(default_factory=dict)
    """The header that says when to send it again."""
    openers: tuple[str, ...] = ()
    themes: tuple[Theme, ...] = ()


def routes(pages: Pages, service: Service) -> APIRouter:
    """Return the routes of the page without JavaScript."""
    router = APIRouter()

    @router.get(PLACE, include_in_schema=False)
    def simple(
        request: Request,
        q: str | None = None,
        theme: Annotated[Sequence[str], Query()] = (),
        asked: Annotated[Sequence[str], Query()] = (),
        said: Annotated[Sequence[str], Query()] = (),
        noted: bool = False,
    ) -> HTMLResponse:
        chosen = tuple(pair for pair in request.query_params.multi_items() if pair[0] == "lang")[:1]
        sent = Asked(q, tuple(dict.fromkeys(theme)), trail_of(asked, said), chosen)
        visitor = request.client.host if request.client else ""
        shown = ask(service, sent, language=language_of(request), visitor=visitor)
        return _page(pages, request, service=service, sent=sent, shown=shown, noted=noted)

    @router.post(f"{PLACE}/signaler", include_in_schema=False, response_model=None)
    def report(
        request: Request,
        q: Annotated[str, Form()] = "",
        theme: Annotated[Sequence[str], Form()] = (),
        lang: Annotated[str, Form()] = "",
    ) -> HTMLResponse | RedirectResponse:
        sent = Asked(q, tuple(theme), language=(("lang", lang),) if lang else ())
        try:
            noted = service.note(q)
        except PasserelleError as error:
            shown = _refused(service, error, language=language_of(request))
            return _page(pages, request, service=service, sent=sent, shown=shown)
        extra = [*sent.language, *([("noted", "1")] if noted else [])]
        return RedirectResponse(address(q, themes=sent.themes, extra=extra), status_code=303)

    return router


def ask(service: Service, sent: Asked, *, language: Language, visitor: str = "") -> Shown:
    """Return the answer to what was sent, or the reason why there is none; without a question, openers."""
    try:
        assistant = service.assistant
        themes = assistant.index.catalogue.themes
        if sent.question is None:
            return Shown(openers=assistant.openers(language), themes=themes)
        question = " ".join(sent.question.split())
        if not question:
            raise QuestionEmpty()
        given = assistant.ask(question, history=turns(sent.trail), themes=sent.themes, visitor=visitor)
        return Shown(given, themes=themes)
    except PasserelleError as error:
        shown = _refused(service, error, language=language)
        # Who has only opened the page sees the box at once, and why it cannot be used yet.
        return replace(shown, status=200) if sent.question is None else shown


def _refused(service: Service, error: PasserelleError, *, language: Language) -> Shown:
    try:
        themes = service.assistant.index.catalogue.themes
    except PasserelleError:
        themes = ()
    return Shown(
        wrong=refusal(error, language), status=status_of(error), again=retry_after(error), themes=themes
    )


def _page(
    pages: Pages, request: Request, *, service: Service, sent: Asked, shown: Shown, noted: bool = False
) -> HTMLResponse:
    language = language_of(request)
    answer, question = shown.answer, " ".join((sent.question or "").split())
    trail = bounded((*sent.trail, Step(question, answer.text))) if answer else sent.trail
    complete = Exchange(_NUMBER, question, answer, complete=True, noted=noted)
    further = [(one, address(one, trail=trail, themes=sent.themes, extra=sent.language))
               for one in (answer.suggestions if answer else shown.openers)]  # fmt: skip
    response = pages.respond(
        "simple/form.html",
        request,
        status=shown.status,
        place=PLACE,
        question=question,
        typed="" if answer else (sent.question or ""),
        answer=answer,
        refused=answer is not None and refuses(answer),
        understood=_understood(answer, question) if answer else "",
        prose=Markup(answer_to_html(answer, number=_NUMBER, language=language)) if answer else "",
        cards=[_card(answer, place, language) for place in range(len(answer.citations))] if answer else [],
        made=made_of(answer, language) if answer else "",
        provenance=Markup(provenance_to_html(complete, language)),
        wrong=shown.wrong,
        noted=noted and answer is not None and answer.abstained,
        gap=service.notes and complete.is_gap,
        further=further,
        earlier=[(step.asked, address(step.asked, extra=sent.language)) for step in sent.trail],
        carried=[*fields_of(trail), *sent.language],
        anew=f"{PLACE}?{urlencode(sent.language)}" if sent.language else PLACE,
        themes=shown.themes,
        chosen=sent.themes,
        language_field=sent.language,
        notes=[(one, f"/note?{urlencode([('q', answer.standalone_question), ('format', one)])}")
               for one in FORMATS] if answer and answer.citations else [],
    )  # fmt: skip
    response.headers.update(shown.again)
    return response


def _understood(answer: Answer, question: str) -> str:
    """Return the question as it was rewritten, "" where that changes no word of it."""
    alone = answer.standalone_question
    return unbroken(alone) if alone and joined(alone) != joined(question) else ""


def _card(answer: Answer, place: int, language: Language) -> Markup:
    """Return one source, open: nothing on this page could open it when its marker is followed."""
    card = card_to_html(answer.citations[place], number=_NUMBER, language=language, opened=True)
    return Markup(card)
