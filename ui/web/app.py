"""The web app: the HTTP API and the page on one FastAPI application."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, RedirectResponse

from ui.chat.page import Page, mount, spoken
from ui.web.api import answer_errors, api_routes
from ui.web.front import Front
from ui.web.service import Service

LOOK = Path(__file__).parent / "look"
BODY_LIMIT = 1_000_000  # bytes of one request
_A_YEAR = "public, max-age=31536000, immutable"


def build_app(service: Service) -> FastAPI:
    """Return the application. It begins to load the assistant as it opens, and serves the page meanwhile."""

    @asynccontextmanager
    async def opening(_app: FastAPI) -> AsyncIterator[None]:
        service.start()
        yield
        service.stop()

    app = FastAPI(title="Passerelle", docs_url=None, redoc_url=None, lifespan=opening)
    app.include_router(api_routes(service))
    answer_errors(app)
    files = {file.name: file for file in LOOK.iterdir() if file.suffix in (".css", ".js", ".svg")}

    @app.get("/look/{name}", response_model=None)
    def look(name: str) -> FileResponse | RedirectResponse:
        if name not in files:
            return RedirectResponse("/", status_code=303)
        return FileResponse(files[name], headers={"Cache-Control": _A_YEAR})

    @app.get("/favicon.ico")
    def favicon() -> FileResponse:
        return FileResponse(files["favicon.svg"], headers={"Cache-Control": "public, max-age=86400"})

    mount(Page(service), app)
    app.add_middleware(Front, limit=BODY_LIMIT, language=spoken, head=_head(files))
    return app


def _head(files: dict[str, Path]) -> str:
    """Return the tags that load the look. An address changes with its file: browsers may keep it for good."""

    def address(name: str) -> str:
        return f"/look/{name}?{hashlib.sha256(files[name].read_bytes()).hexdigest()[:12]}"

    return (
        f'<link rel="icon" type="image/svg+xml" href="{address("favicon.svg")}" />'
        f'<link rel="stylesheet" href="{address("style.css")}" />'
        f'<script src="{address("chat.js")}" defer></script>'
        '<meta name="color-scheme" content="light dark" />'
    )
