"""`/documents/…`: a document of the current version, at its page, with the words of a citation marked."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.responses import Response
from starlette.requests import Request

from corpus.errors import DocumentRefused, PasserelleError
from corpus.records import DocumentRow
from ui.errors import DocumentGone, PagesBusy, PageUnknown
from ui.opening import Opening
from ui.reader.address import PLACE, page_address, reader_address
from ui.reader.asked import read_asked
from ui.reader.drawing.sheet import Rectangle, Sheet
from ui.reader.matching import match
from ui.reader.press import Press, is_drawn
from ui.reader.prints import EDITION
from ui.reader.shelf import Shelf
from ui.reader.spread import Spread, open_spread
from ui.web.api import RETRY_AFTER
from ui.web.language import language_of
from ui.web.pages import Pages

PROCESSES = 2
# Asked again each time: a document that was forgotten is gone, a new edition has another tag.
_FRESH = "private, no-cache"
_PICTURE = re.compile(r"([1-9][0-9]{0,5})\.webp")
_PAGE = re.compile(r"[1-9][0-9]{0,5}")
_PEN = 'fill="#ffd84d" fill-opacity=".32" stroke="#b4690e" stroke-width="4"'  # as in reader.css


def routes(pages: Pages, opening: Opening) -> APIRouter:
    """Return the routes of the reader. Nothing is opened before somebody reads."""
    press = Press(lambda: opening.home, readers=lambda: opening.readers(workers=PROCESSES))
    shelf = Shelf(lambda: opening.home, told=press.forget_others)

    @asynccontextmanager
    async def reading(_app: FastAPI) -> AsyncIterator[None]:
        yield
        press.close()
        shelf.close()

    router = APIRouter(lifespan=reading)

    @router.get(f"{PLACE}/{{document_id}}", response_model=None, include_in_schema=False)
    def document(
        document_id: str, request: Request, page: str = "", quote: str = "", at: str = ""
    ) -> Response:
        asked = read_asked(page=page, quote=quote, at=at)
        try:
            volume = shelf.volume(document_id)
            spread = open_spread(volume, asked, press if is_drawn(volume.row.file) else None)
        except PasserelleError as error:
            return _busy(pages.refuse(request, error, status=_status(error)), error)
        return pages.respond(
            "reader/document.html",
            request,
            row=volume.row,
            version=volume.version,
            spread=spread,
            step=lambda number: _step(volume.row, spread, number, asked.quote),
            picture=page_address(document_id, spread.number),
            overlay=_overlay(document_id, spread, quote) if spread.unread else "",
            called=lambda one: one.called(language_of(request)),
        )

    @router.get(f"{PLACE}/{{document_id}}/pages/{{name}}", response_model=None, include_in_schema=False)
    def picture(document_id: str, name: str, request: Request) -> Response:
        found = _PICTURE.fullmatch(name)
        try:
            row = shelf.row(document_id)
            if found is None or not is_drawn(row.file):
                return Response(status_code=404)
            number = int(found.group(1))
            headers = {"ETag": f'"{row.sha256}-{number}-{EDITION}"', "Cache-Control": _FRESH}
            if headers["ETag"] in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            return Response(press.picture(row, number), media_type="image/webp", headers=headers)
        except PasserelleError as error:
            return _busy(Response(status_code=_status(error)), error)

    @router.get(
        f"{PLACE}/{{document_id}}/pages/{{number}}/marks.svg", response_model=None, include_in_schema=False
    )
    def marks(document_id: str, number: str, quote: str = "") -> Response:
        try:
            row = shelf.row(document_id)
            if not _PAGE.fullmatch(number) or not is_drawn(row.file):
                return Response(status_code=404)
            sheet = press.read_sheet(row, int(number))
        except PasserelleError as error:
            return _busy(Response(status_code=_status(error)), error)
        found = match(read_asked(page="", quote=quote, at="").quote, sheet.text)
        drawing = marks_to_svg(sheet, sheet.rectangles(found.spans) if found else [])
        return Response(drawing, media_type="image/svg+xml", headers={"Cache-Control": _FRESH})

    return router


def marks_to_svg(sheet: Sheet, marks: list[Rectangle]) -> str:
    """Return places on a page as a drawing to lay over its picture."""
    boxes = "".join(
        f'<rect x="{one.left}" y="{one.top}" width="{one.right - one.left}" height="{one.bottom - one.top}"/>'
        for one in marks
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width} {sheet.height}" '
        f'preserveAspectRatio="none" {_PEN}>{boxes}</svg>'
    )


def _step(row: DocumentRow, spread: Spread, number: int, quote: str) -> str:
    """Return the address of another page; the words go along when some of them are there."""
    return reader_address(row.id, number, quote if spread.goes_on else "")


def _overlay(document_id: str, spread: Spread, quote: str) -> str:
    address = reader_address(document_id, None, quote).partition("#")[0]
    place, _, words = address.partition("?")
    return f"{place}/pages/{spread.number}/marks.svg?{words}"


def _status(error: PasserelleError) -> int:
    gone = isinstance(error, (DocumentGone, PageUnknown, DocumentRefused))
    return 404 if gone else 503


def _busy(response: Response, error: PasserelleError) -> Response:
    if isinstance(error, PagesBusy):
        response.headers["Retry-After"] = RETRY_AFTER
    return response
