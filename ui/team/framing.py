"""The frame of every page of the team: the token of its forms, what the page before leaves to say."""

from __future__ import annotations

from typing import Any

from fastapi.responses import HTMLResponse
from starlette.requests import Request

from corpus.errors import PasserelleError
from ui.team.door import PLACE, Member
from ui.team.moments import moment
from ui.team.notices import NOTICE
from ui.team.telling import explained
from ui.text import as_sentence
from ui.web.language import language_of
from ui.web.pages import Pages


def team_page(
    pages: Pages, request: Request, member: Member, template: str, *, status: int = 200, **context: Any
) -> HTMLResponse:
    """Return a page; a notice is said once.

    The template extends `team/base.html` and fills its blocks `title`, `work` and, with `{{ super() }}` in
    it, `head`; its forms that are posted hold `csrf`.
    """
    shared: dict[str, Any] = {"csrf": member.csrf, "notice": member.notice, "moment": moment}
    page = pages.respond(template, request, status=status, **shared, **context)
    if member.notice:
        page.delete_cookie(NOTICE, path=PLACE)
    return page


def refused_page(
    pages: Pages, request: Request, member: Member, error: PasserelleError, *, status: int
) -> HTMLResponse:
    """Return the page that says why something of the team's cannot be shown, with the way back."""
    why = as_sentence(explained(error, language_of(request)))
    return team_page(pages, request, member, "team/astray.html", status=status, why=why)


def number_of(text: str) -> int:
    """Return the number of a page, 1 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1
