"""What every request passes: a bounded body, closed doors, safe headers, and the page's own head."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from corpus.documents import Language
from ui.text import LANGUAGES, say

# Gradio evaluates its templates and inlines its settings, so scripts cannot be bound more tightly; but
# nothing is loaded from elsewhere, and nothing is sent elsewhere.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# Doors of Gradio that this page does not use: files sent in, requests sent on, states kept.
_CLOSED = ("/gradio_api/upload", "/gradio_api/proxy", "/gradio_api/deep_link", "/gradio_api/file")
_FOREIGN = re.compile(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*|<link rel=\"manifest\"[^>]*>\s*")


class Front:
    """Wraps the application.

    `limit` is the most bytes of one request's body; `language` tells from an Accept-Language header which
    language the page begins in; `head` is put before the end of its head.
    """

    def __init__(
        self, app: ASGIApp, *, limit: int, language: Callable[[str | None], Language], head: str
    ) -> None:
        self._app = app
        self._limit = limit
        self._language = language
        self._head = head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_safe_headers(send)
        if scope["path"].startswith(_CLOSED):
            await Response(status_code=404)(scope, receive, guarded)
        elif scope["method"] == "POST":
            await self._bounded(scope, receive, guarded)
        elif scope["path"] == "/" and scope["method"] == "GET":
            language = self._language(Headers(scope=scope).get("accept-language"))
            headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            await self._app({**scope, "headers": headers}, receive, self._rewriting(guarded, language))
        else:
            await self._app(scope, receive, guarded)

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the whole body, up to the limit, before anybody parses it."""
        body = b""
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > self._limit:
                said = {one: say("api.large", one, limit=self._limit) for one in LANGUAGES}
                content = {"detail": [{"field": "body", "message": said["en"]}], "message": said}
                refused = JSONResponse(content, status_code=413, headers={"Connection": "close"})
                await refused(scope, receive, send)
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

    def _rewriting(self, send: Send, language: Language) -> Send:
        """Return a `send` that gives the page its own head."""
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
            page = self.own_head(body.decode("utf-8"), language).encode("utf-8")
            headers = MutableHeaders(scope=begun)
            headers["Content-Length"] = str(len(page))
            headers["Cache-Control"] = "no-cache"
            headers["Vary"] = "Accept-Language"
            await send(begun)
            await send({"type": "http.response.body", "body": page})

        return rewritten

    def own_head(self, page: str, language: Language) -> str:
        """Return Gradio's page in our language, with our head instead of its advertisement."""
        description = f'<meta name="description" content="{escape(say("description", language))}" />'
        title = f"<title>{escape(say('title', language))}</title>"
        page = _FOREIGN.sub("", page).replace('lang="en"', f'lang="{language}"', 1)
        return page.replace("</head>", f"{title}{description}{self._head}</head>", 1)


def _with_safe_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
        await send(message)

    return guarded
