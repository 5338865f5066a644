"""`/api/feedback`: a visitor says what an answer is worth, changes it, takes it back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, field_validator

from assistant.language import language_of
from assistant.question import checked
from corpus.documents import Language
from corpus.errors import FeedbackUnusable, OpinionUnknown
from corpus.feedback import Opinion, Reason, Thumb
from corpus.words import printable
from ui.opening import Opening
from ui.web.api import Text, in_both_languages, problem
from ui.web.pace import Pace
from ui.web.service import Service

LONGEST_ANSWER = 20_000
LONGEST_REMARK = 2000
"""Characters."""
MOST_CITATIONS = 200
_LARGEST = 2**31 - 1  # what a column of numbers takes

Id = Annotated[Text, Field(min_length=1, max_length=400)]


class CitedDocument(BaseModel):
    """The document of a citation."""

    id: Id


class Cited(BaseModel):
    """A citation of the answer: only its document is kept."""

    document: CitedDocument


class Judged(BaseModel):
    """The answer, as `POST /api/ask` gave it; what is not named here is not kept."""

    text: Annotated[Text, Field(min_length=1, max_length=LONGEST_ANSWER)]
    index_version: Annotated[int, Field(ge=0, le=_LARGEST)] | None = None
    mode: Annotated[Text, Field(max_length=40)] = ""
    language: Language | None = None
    citations: Annotated[list[Cited], Field(max_length=MOST_CITATIONS)] = []


class FeedbackRequest(BaseModel):
    """The body of `POST /api/feedback`.

    `text` is what the visitor writes beside the reason; `token` is the one that came back for an opinion of
    the same visitor, which this one replaces.
    """

    question: Text
    answer: Judged
    verdict: Thumb
    reason: Reason | None = None
    text: Annotated[Text, Field(max_length=LONGEST_REMARK)] | None = None
    language: Language | None = None
    token: Annotated[Text, Field(max_length=100)] | None = None

    @field_validator("answer", mode="before")
    @classmethod
    def _whole(cls, answer: object) -> object:
        return {"text": answer} if isinstance(answer, str) else answer


def opinion_routes(service: Service, opening: Opening, *, pace: Pace | None = None) -> APIRouter:
    """Return the routes. They keep nothing of who sends an opinion, and limit what all send together."""
    router = APIRouter()
    pace = pace or Pace()

    @router.post("/api/feedback", status_code=201)
    def say(body: FeedbackRequest) -> JSONResponse:
        try:
            pace.take()
            opinion = opinion_of(body, service, limit=opening.settings.question_limit)
            if body.token:
                try:
                    opening.feedback.replace(body.token, opinion)
                    return JSONResponse({"token": body.token})
                except OpinionUnknown:
                    pass  # purged meanwhile: it is a new one
            return JSONResponse({"token": opening.feedback.add(opinion)}, status_code=201)
        except FeedbackUnusable as error:
            return _refused(error)

    @router.delete("/api/feedback/{token}", status_code=204)
    def withdraw(token: str) -> Response:
        try:
            opening.feedback.withdraw(token)
        except FeedbackUnusable as error:
            return _refused(error)
        return Response(status_code=204)

    return router


def opinion_of(body: FeedbackRequest, service: Service, *, limit: int) -> Opinion:
    """Return what is kept of a request, without marks that nobody sees.

    Raises QuestionUnusable, and AssistantNotReady for an answer without a version while none is known.
    """
    question = checked(body.question, limit=limit)
    version = body.answer.index_version
    return Opinion(
        verdict=body.verdict,
        question=question,
        answer=_clean(body.answer.text),
        version=service.assistant.index.number if version is None else version,
        mode=printable(body.answer.mode),
        language=body.answer.language or body.language or language_of(question),
        documents=tuple(dict.fromkeys(printable(one.document.id) for one in body.answer.citations)),
        reason=body.reason,
        remark=_clean(body.text or ""),
    )


def _clean(text: str) -> str:
    """Return a text of several lines without what is not shown."""
    return "\n".join(printable(line) for line in text.splitlines()).strip()


def _refused(error: FeedbackUnusable) -> JSONResponse:
    if isinstance(error, OpinionUnknown):
        return problem(404, in_both_languages(error), field="token")
    return problem(503, in_both_languages(error))
