"""Pages of our own: templates become HTML in the language of the visitor, everything in them escaped.

A template stands beside the code that fills it (`ui/explore/explorer.html`) and extends `web/base.html`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from corpus.errors import AssistantNotReady, PasserelleError
from ui.text import LANGUAGES, as_sentence, explain, say, unbroken
from ui.web.api import RETRY_AFTER
from ui.web.brand import MARK, ROOMS
from ui.web.language import choice, language_of
from ui.web.look import Look

UI = Path(__file__).resolve().parent.parent
_NO_STORE = "no-store"


class Pages:
    """Renders the templates of the rooms of `ui`.

    In each template `say(key, …)` gives a phrase, `look(name)` the address of a file of the look,
    `language` the language of the page and `house` the name of the think tank, "" while it is not known.
    """

    def __init__(self, look: Look, *, house: Callable[[], str] = str) -> None:
        self._house = house
        self._environment = Environment(
            loader=FileSystemLoader(UI), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            lstrip_blocks=True,
        )  # fmt: skip
        self._environment.globals |= {"look": look.address, "languages": LANGUAGES}
        self._environment.globals |= {"mark": MARK, "public_rooms": ROOMS}
        self._environment.filters |= {"unbroken": unbroken, "sentence": as_sentence}

    def html(self, template: str, request: Request, **context: Any) -> str:
        """Return a template such as `explore/explorer.html` filled for a request."""
        language = language_of(request)
        shared = {
            "language": language,
            "say": partial(_say, language),
            "house": self._house(),
            "path": request.url.path,
            "tongues": {one: f"?{request.url.include_query_params(lang=one).query}" for one in LANGUAGES},
        }
        return self._environment.get_template(template).render(**shared, **context)

    def respond(
        self, template: str, request: Request, *, status: int = 200, keep: bool = False, **context: Any
    ) -> HTMLResponse:
        """Return a page. It is kept nowhere on its way unless `keep`, when it says the same to everybody."""
        cache = "no-cache" if keep else _NO_STORE
        headers = {"Cache-Control": cache, "Vary": "Accept-Language, Cookie"}
        response = HTMLResponse(self.html(template, request, **context), status_code=status, headers=headers)
        if chosen := choice(request):
            response.headers.append("Set-Cookie", chosen)
        return response

    def refuse(self, request: Request, error: PasserelleError, *, status: int) -> HTMLResponse:
        """Return the page that says why something cannot be shown, and what to do.

        While the assistant loads, the page can be asked for again, and programs are told when.
        """
        why = as_sentence(explain(error, language_of(request)))
        again = isinstance(error, AssistantNotReady)
        response = self.respond("web/refused.html", request, status=status, why=why, again=again)
        if again:
            response.headers["Retry-After"] = RETRY_AFTER
        return response


def _say(language: Any, key: str, /, **fields: object) -> str:
    return say(key, language, **fields)
