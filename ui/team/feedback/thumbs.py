"""The page of opinions: what visitors think of answers, what was done about it, and all of it as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from markupsafe import Markup

from assistant.answer import Answer
from corpus.documents import Language
from corpus.errors import OpinionUnknown, PasserelleError
from corpus.feedback import REASONS, STATES, THUMBS, Feedback, Opinion, Wanted
from ui.chat.prose import answer_to_html
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.door import Door, Member, local
from ui.team.feedback.choice import EVERY, Pick, last_page, pick_of
from ui.team.feedback.sheet import Cell, csv_response
from ui.team.framing import team_page
from ui.text import say
from ui.web.language import language_of
from ui.web.pages import Pages

PLACE = "/admin/feedback"
SHEET = f"{PLACE}/opinions.csv"
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The number of an opinion in an address."""
_SIZE = 20  # opinions of a page
_COLUMNS = (
    "number", "at", "verdict", "reason", "remark", "question", "answer", "documents", "version", "mode",
    "language", "state", "case",
)  # fmt: skip


def thumb_routes(pages: Pages, door: Door, opening: Opening) -> APIRouter:
    """Return the routes of opinions."""
    router = APIRouter(include_in_schema=False)

    @router.get(PLACE)
    def opinions(request: Request, member: Member = door.guard) -> Response:
        try:
            context = _listed(opening.feedback, pick_of(request.query_params), language_of(request))
            context |= {"titles": titles_of(opening), "days": opening.settings.feedback_days}
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        return team_page(pages, request, member, "team/feedback/thumbs.html", **context)

    @router.get(SHEET)
    def sheet(request: Request, member: Member = door.guard) -> Response:
        language = language_of(request)
        try:
            opening.feedback.count()  # a ledger that does not answer is told on a page, not in a file
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        header = [say(f"feedback.column.{one}", language) for one in _COLUMNS]
        rows = _rows(opening.feedback.each(pick_of(request.query_params).wanted), language)
        return csv_response(say("feedback.sheet", language), header, rows)

    @router.post(f"{PLACE}/{{number}}/state")
    def decide(number: Number, member: Member = door.guard) -> Response:
        back = back_of(member)
        state = next((one for one in STATES if one == member.form.get("state")), None)
        if state is None:
            return member.refused(back, OpinionUnknown())
        try:
            opening.feedback.decide(number, state)
        except PasserelleError as error:
            return member.refused(back, error)
        return member.back(back, f"feedback.now.{state}")

    @router.post(f"{PLACE}/{{number}}/delete")
    def delete(number: Number, member: Member = door.guard) -> Response:
        try:
            opening.feedback.delete(number)
        except PasserelleError as error:
            return member.refused(back_of(member), error)
        return member.back(back_of(member), "feedback.deleted")

    return router


def back_of(member: Member) -> str:
    """Return the page of ours that a form was sent from, the list of opinions for any other."""
    back = member.form.get("back")
    return ours(back if isinstance(back, str) else "")


def ours(address: str) -> str:
    """Return an address of this section as it is, the list of opinions for any other."""
    found = local(address)
    return found if found.startswith(PLACE) else PLACE


def titles_of(opening: Opening) -> dict[str, str]:
    """Return the titles of the documents of the live version by id, none before the first ingest."""
    try:
        return {row.id: row.title for row in opening.version().documents}
    except PasserelleError:
        return {}


def said_of(opinion: Opinion, language: Language) -> Markup:
    """Return the text of an answer as HTML; `language` is that of the page."""
    answer = Answer(
        opinion.question, opinion.question, opinion.language, opinion.version, text=opinion.answer
    )
    return Markup(answer_to_html(answer, number=opinion.id, language=language))


def _listed(feedback: Feedback, pick: Pick, language: Language) -> dict[str, Any]:
    count = feedback.count(pick.wanted)
    last = last_page(count, size=_SIZE)
    number = min(pick.page, last)
    shown: Sequence[Opinion] = feedback.listed(pick.wanted, start=(number - 1) * _SIZE, most=_SIZE)
    return {
        "opinions": shown,
        "said": {one.id: said_of(one, language) for one in shown},
        "count": count,
        "number": number,
        "last": last,
        "pick": pick,
        "wanted": pick.wanted,
        "here": pick.address(PLACE, page=number),
        "place": PLACE,
        "sheet": pick.address(SHEET),
        "total": {one: feedback.count(Wanted(verdict=one)) for one in THUMBS},
        "versions": feedback.versions(),
        "thumbs": THUMBS,
        "reasons": REASONS,
        "states": STATES,
        "every": EVERY,
        "reader_address": reader_address,
    }


def _rows(opinions: Iterator[Opinion], language: Language) -> Iterator[Sequence[Cell]]:
    for one in opinions:
        yield (
            one.id,
            one.at.strftime("%Y-%m-%d %H:%M:%S"),
            say(f"feedback.verdict.{one.verdict}", language),
            say(f"feedback.reason.{one.reason}", language) if one.reason else "",
            one.remark,
            one.question,
            one.answer,
            " ".join(one.documents),
            one.version,
            one.mode,
            one.language,
            say(f"feedback.state.{one.state}", language),
            one.case or "",
        )
