"""What somebody sees who is not let in: the way to the login, or why not, and all that was typed."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from corpus.documents import Language
from ui.errors import NotAdmitted, PasswordMissing, RequestForeign, SessionMissing
from ui.team.door import FIRST, TYPED, kind_of, local, login_address, refuse_foreign
from ui.text import all_phrases, as_sentence, explain, say
from ui.web.language import language_of
from ui.web.pages import Pages

_LARGEST = 1_000_000  # bytes of a form of nobody's that is read
_LABELS = ("catalogue.field.", "evaluations.field.")


async def refused_at_the_door(pages: Pages, request: Request, error: NotAdmitted) -> Response:
    """Return the page that says why somebody is not let in, or the way to the login.

    What was typed into a form of ours is shown again: it would be lost, since the page that it was typed into
    cannot be gone back to without a session, and is kept nowhere.
    """
    if isinstance(error, SessionMissing) and request.method in ("GET", "HEAD"):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(login_address(asked), status_code=303)
    language = language_of(request)
    why = as_sentence(explain(error, language))
    if isinstance(error, PasswordMissing):
        return pages.respond("team/shut.html", request, status=403, why=why)
    page = page_of(request)
    return pages.respond(
        "team/refused.html",
        request,
        status=403,
        why=why,
        page=page,
        login=login_address(page) if isinstance(error, SessionMissing) else "",
        typed=await _typed(request, language),
    )


def page_of(request: Request) -> str:
    """Return the page of ours that a form was sent from, the first page of the team when that is not told."""
    told = urlsplit(request.headers.get("referer", ""))
    if told.netloc != request.headers.get("host"):
        return FIRST
    return local(told.path + (f"?{told.query}" if told.query else ""))


async def _typed(request: Request, language: Language) -> Sequence[tuple[str, str]]:
    """Return the fields of a form that somebody fills in, each with what it is called on its page.

    Nothing of what another site sends, nor files: those are not even read.
    """
    try:
        refuse_foreign(request)
    except RequestForeign:
        return ()
    size = request.headers.get("content-length", "")
    if kind_of(request) != TYPED or not (size.isdecimal() and int(size) <= _LARGEST):
        return ()
    said: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        label = _label(name, language)
        if label and isinstance(value, str) and value.strip():
            said.setdefault(label, []).append(value.replace("\r\n", "\n"))
    return [(label, "\n".join(values)) for label, values in said.items()]


def _label(name: str, language: Language) -> str:
    keys = (f"{begin}{name.partition('.')[0]}" for begin in _LABELS)
    return next((say(key, language) for key in keys if key in all_phrases()), "")
