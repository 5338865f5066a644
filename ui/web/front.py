"""What every request passes: a bounded body, closed doors, safe headers, and the chat's own head."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping, Sequence
from html import escape

from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.documents import Language
from ui.text import LANGUAGES, say
from ui.web.language import choice, language_of

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Gradio draws the chat: its own scripts stand in the page, and its components set styles as they go. No
# script runs but those of this server and those that carry the number of this one response.
_CHAT = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'self'; frame-ancestors {ancestors}"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
CHAT = "/"
# Doors of Gradio that the chat does not use: files sent in, requests sent on, states kept.
_CLOSED = ("/gradio_api/upload", "/gradio_api/proxy", "/gradio_api/deep_link", "/gradio_api/file")
_STREAMS = "/gradio_api/"  # what ends only when the chat does
_FOREIGN = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*|<link rel=\"manifest\"[^>]*>\s*")
_SCRIPT = re.compile(r"<script(?=[\s>])")


class Front:
    """Wraps the application.

    `limit` is the most bytes of one request's body, `wide` has other limits by the beginning of a path, for
    files that are sent in; `head` is put before the end of the chat's head, and `framed_by` are the origins
    whose pages may show the chat in a frame.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limit: int,
        head: str,
        wide: Mapping[str, int] | None = None,
        framed_by: Sequence[str] = (),
    ) -> None:
        self._app = app
        self._limit = limit
        self._wide = dict(wide or {})
        self._head = head
        self._ancestors = " ".join(["'self'", *framed_by])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path, method = scope["path"], scope["method"]
        if method == "HEAD" and not path.startswith(_STREAMS):
            # The same as what GET would bring, without it: few routes say so themselves.
            await self({**scope, "method": "GET"}, receive, _without_body(send))
            return
        if path == CHAT and method == "GET":
            await self._chat(scope, receive, send)
            return
        guarded = _with_headers(send, {**_HEADERS, "Content-Security-Policy": PAGE_POLICY})
        wide = next((limit for place, limit in self._wide.items() if path.startswith(place)), None)
        if path.startswith(_CLOSED):
            await Response(status_code=404)(scope, receive, guarded)
        elif method in ("GET", "HEAD"):
            await self._app(scope, receive, guarded)
        elif wide is None:
            await self._bounded(scope, receive, guarded)
        elif int(Headers(scope=scope).get("content-length", wide + 1)) > wide:
            await _too_large(wide)(scope, receive, guarded)
        else:
            await self._app(scope, receive, guarded)

    async def _chat(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the chat under a policy of its own, with a number that no other response has."""
        nonce = secrets.token_urlsafe(16)
        policy = _CHAT.format(nonce=nonce, ancestors=self._ancestors)
        headers = {**_HEADERS, "Content-Security-Policy": policy}
        asked = HTTPConnection(scope)
        language = language_of(asked)
        # In a frame it is the site around it that names a language, not the visitor.
        if (chosen := choice(asked)) and "embed" not in asked.query_params:
            headers["Set-Cookie"] = chosen
        plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        rewriting = self._rewriting(_with_headers(send, headers), language, nonce)
        await self._app({**scope, "headers": plain}, receive, rewriting)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, up to the limit, before anybody parses it."""
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > self._limit:
                await _too_large(self._limit)(scope, receive, send)
                return
            if not message.get("more_body"):
                break
        sent = False

        async def replay() -> Message:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self._app(scope, replay, send)

    def _rewriting(self, send: Send, language: Language, nonce: str) -> Send:
        """Return a `send` that gives the chat its own head."""
        begun: Message | None = None
        body = b""

        async def rewritten(message: Message) -> None:
            nonlocal begun, body
            if message["type"] == "http.response.start":
                begun = message
                return
            body += message.get("body", b"")
            if message.get("more_body") or begun is None:
                return
            page = self.own_head(body.decode("utf-8"), language, nonce=nonce).encode("utf-8")
            headers = MutableHeaders(scope=begun)
            headers["Content-Length"] = str(len(page))
            headers["Cache-Control"] = "no-store"
            headers["Vary"] = "Accept-Language, Cookie"
            await send(begun)
            await send({"type": "http.response.body", "body": page})

        return rewritten

    def own_head(self, page: str, language: Language, *, nonce: str) -> str:
        """Return Gradio's page in our language, with our head instead of its advertisement."""
        description = f'<meta name="description" content="{escape(say("description", language))}" />'
        title = f"<title>{escape(say('title', language))}</title>"
        without = (
            f'<noscript><p class="without">{escape(say("noscript", language))} '
            f'<a href="/simple">{escape(say("foot.simple", language))}</a></p></noscript>'
        )
        page = _FOREIGN.sub("", page).replace('lang="en"', f'lang="{language}"', 1)
        page = page.replace("</head>", f"{title}{description}{self._head}</head>", 1)
        page = re.sub(r"(<body[^>]*>)", rf"\1{without}", page, count=1)
        return _SCRIPT.sub(f'<script nonce="{nonce}"', page)


def _too_large(limit: int) -> Response:
    said = {one: say("api.large", one, limit=limit) for one in LANGUAGES}
    content = {"detail": [{"field": "body", "message": said["en"]}], "message": said}
    return JSONResponse(content, status_code=413, headers={"Connection": "close"})


def _without_body(send: Send) -> Send:
    async def bare(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return bare


def _with_headers(send: Send, added: Mapping[str, str]) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in added.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded
