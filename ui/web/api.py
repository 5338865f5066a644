"""The HTTP API: `/api/ask`, `/api/search`, `/api/catalogue`, `/api/gaps` and `/healthz`."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.answer import Answer
from assistant.question import Turn
from corpus.catalogue import Catalogue
from corpus.documents import Hit, Language
from corpus.errors import AssistantNotReady, PasserelleError, QuestionUnusable
from ui.errors import Flooded
from ui.text import LANGUAGES, explain, say
from ui.web.service import Service

RETRY_AFTER = "2"  # seconds
LEFT = 499  # who asked left before the answer, as nginx says it


def _encodable(text: str) -> str:
    text.encode("utf-8")  # half a surrogate pair, which JSON may hold, raises a ValueError
    return text


Text = Annotated[str, AfterValidator(_encodable)]


class AskedTurn(BaseModel):
    """One turn of the conversation so far."""

    role: Literal["user", "assistant"]
    content: Text


class AskRequest(BaseModel):
    """The body of `POST /api/ask`. `themes` restricts the answer to themes of the catalogue, by id."""

    question: Text
    history: list[AskedTurn] = []
    themes: list[Text] | None = None


class SearchRequest(BaseModel):
    """The body of `POST /api/search`."""

    question: Text
    k: Annotated[int, Field(ge=1, le=100, strict=True)] = 10


class GapRequest(BaseModel):
    """The body of `POST /api/gaps`: a question that the documents do not answer."""

    question: Text


def api_routes(service: Service) -> APIRouter:
    """Return the routes. All but the first are plain functions, so that each runs in a thread of its own."""
    router = APIRouter()

    @router.post("/api/ask")
    async def ask(body: AskRequest, request: Request) -> Response:
        history = [Turn(turn.role, turn.content) for turn in body.history]
        visitor = request.client.host if request.client else ""
        answers = service.assistant.stream(
            body.question, history=history, themes=body.themes or (), visitor=visitor
        )
        answer = await _last(answers, request)
        return JSONResponse(answer.to_json()) if answer else Response(status_code=LEFT)

    @router.post("/api/search")
    def search(body: SearchRequest) -> JSONResponse:
        hits = service.assistant.search(body.question, k=body.k)
        catalogue = service.assistant.index.catalogue
        return JSONResponse({"passages": [hit_to_json(hit, catalogue) for hit in hits]})

    @router.get("/api/catalogue")
    def catalogue() -> JSONResponse:
        index = service.assistant.index
        return JSONResponse({"index_version": index.number, **catalogue_to_json(index.catalogue)})

    @router.post("/api/gaps", status_code=201)
    def gaps(body: GapRequest) -> JSONResponse:
        noted = service.note(body.question)
        return JSONResponse({"noted": noted}, status_code=201 if noted else 200)

    @router.get("/healthz")
    def health() -> JSONResponse:
        try:
            return JSONResponse({"status": "ok", "index_version": service.assistant.index.number})
        except PasserelleError as error:
            status = "starting" if isinstance(error, AssistantNotReady) else "failed"
            content = {"status": status, "message": in_both_languages(error)}
            return JSONResponse(content, status_code=503, headers=retry_after(error))

    return router


def answer_errors(app: FastAPI) -> None:
    """Make `app` answer every error that a user can mend with a sentence, never with a traceback."""

    @app.exception_handler(PasserelleError)
    def unusable(_request: Request, error: PasserelleError) -> JSONResponse:
        field = error.field if isinstance(error, QuestionUnusable) else None
        return problem(status_of(error), in_both_languages(error), field=field, headers=retry_after(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        found = [_field_problem(one) for one in error.errors()]
        detail = [{"field": field, "message": message["en"]} for field, message in found]
        return JSONResponse({"detail": detail, "message": found[0][1]}, status_code=422)

    @app.exception_handler(HTTPException)
    def refused(_request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 400:  # a body that could not be read at all: not UTF-8, nested without end
            return problem(422, {one: say("api.json", one) for one in LANGUAGES}, field="body")
        message = dict.fromkeys(LANGUAGES, str(error.detail))
        return problem(error.status_code, message, headers=dict(error.headers or {}))


def problem(
    status: int,
    message: Mapping[Language, str],
    *,
    field: str | None = None,
    headers: dict[str, str] | None = None,
) -> JSONResponse:
    """Return the answer to a request that cannot be served: which field, and a sentence in both languages."""
    content = {"detail": [{"field": field, "message": message["en"]}], "message": message}
    return JSONResponse(content, status_code=status, headers=headers)


def in_both_languages(error: PasserelleError) -> dict[Language, str]:
    """Return the sentence of an error by language."""
    return {language: explain(error, language) for language in LANGUAGES}


def hit_to_json(hit: Hit, catalogue: Catalogue) -> dict[str, Any]:
    """Return one passage of `POST /api/search`."""
    passage = hit.passage
    theme = catalogue.theme(next(iter(passage.themes), None))
    initiative = catalogue.initiative(passage.initiative)
    return {
        "document": {"id": passage.document_id, "title": passage.title, "file": passage.file},
        "page": passage.page,
        "theme": {"id": theme.id, "name": theme.name} if theme else None,
        "initiative": {
            "id": initiative.id,
            "name": initiative.name,
            "url": initiative.site or "",
            "territory": initiative.territory or "",
        }
        if initiative
        else None,
        "passage": passage.text,
        "score": round(hit.score, 4),
    }


def catalogue_to_json(catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
    """Return themes and initiatives with all their fields, and the id of the document that describes each."""

    def full(fiche: BaseModel, fiche_id: str) -> dict[str, Any]:
        return {**fiche.model_dump(mode="json"), "document": catalogue.documents.get(fiche_id)}

    return {
        "themes": [full(theme, theme.id) for theme in catalogue.themes],
        "initiatives": [full(initiative, initiative.id) for initiative in catalogue.initiatives],
    }


async def _last(answers: Generator[Answer], request: Request) -> Answer | None:
    """Return the last of growing answers, None when who asked left before it: then the answering is ended."""
    last = None
    try:
        while answer := await run_in_threadpool(next, answers, None):
            last = answer
            if await request.is_disconnected():
                return None
        return last
    finally:
        await run_in_threadpool(answers.close)


def status_of(error: PasserelleError) -> int:
    """Return the HTTP status that an error answers with."""
    return 422 if isinstance(error, QuestionUnusable) else 429 if isinstance(error, Flooded) else 503


def retry_after(error: PasserelleError) -> dict[str, str]:
    """Return the header that says when to ask again, none where that would change nothing."""
    if isinstance(error, Flooded):
        return {"Retry-After": str(error.fields["seconds"])}
    return {"Retry-After": RETRY_AFTER} if isinstance(error, AssistantNotReady) else {}


def _field_problem(error: dict[str, Any]) -> tuple[str, dict[Language, str]]:
    """Return the field that one validation error is about, as `history.0.role`, and what is wrong with it."""
    kind = str(error["type"])
    if kind == "json_invalid":
        return "body", {one: say("api.json", one) for one in LANGUAGES}
    field = ".".join(str(part) for part in error["loc"][1:])
    if not field:
        return "body", {one: say("api.object", one) for one in LANGUAGES}
    if kind == "missing":
        return field, {one: say("api.missing", one, field=field) for one in LANGUAGES}
    if kind in ("greater_than_equal", "less_than_equal"):
        (name, limit), *_ = error["ctx"].items()
        limits = f"{'≥' if name == 'ge' else '≤'} {limit}"
        return field, {one: say("api.range", one, field=field, limits=limits) for one in LANGUAGES}
    if kind in ("string_too_long", "too_long"):
        limit = error["ctx"]["max_length"]
        return field, {one: say("api.long", one, field=field, limit=limit) for one in LANGUAGES}
    return field, {one: say("api.type", one, field=field) for one in LANGUAGES}
