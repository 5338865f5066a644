"""The look: the style sheets, scripts and drawings of the pages, under addresses that change with them."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, RedirectResponse
from starlette.requests import Request

FOLDER = Path(__file__).parent / "look"
_A_YEAR = "public, max-age=31536000, immutable"
_A_DAY = "public, max-age=86400"


class Look:
    """The files of the folder `look`."""

    def __init__(self) -> None:
        self._files = {file.name: file for file in FOLDER.iterdir() if file.suffix in (".css", ".js", ".svg")}
        self._addresses = {name: _address(file) for name, file in self._files.items()}

    def address(self, name: str) -> str:
        """Return the address of a file; browsers may keep it for good. Raises KeyError for no file."""
        return self._addresses[name]

    @cached_property
    def chat_head(self) -> str:
        """The tags that load the look of the chat."""
        return (
            f'<link rel="icon" type="image/svg+xml" href="{self.address("favicon.svg")}" />'
            f'<link rel="stylesheet" href="{self.address("base.css")}" />'
            f'<link rel="stylesheet" href="{self.address("chat.css")}" />'
            f'<script src="{self.address("chat.js")}" type="module"></script>'
            '<meta name="color-scheme" content="light dark" />'
        )

    def routes(self) -> APIRouter:
        """Return the routes that serve the files."""
        router = APIRouter()

        @router.get("/look/{name}", response_model=None, include_in_schema=False)
        def look(name: str, request: Request) -> FileResponse | RedirectResponse:
            if name not in self._files:
                return RedirectResponse("/", status_code=303)
            # Scripts name each other without the end that changes: those are asked for again.
            lasts = f"?{request.url.query}" == self._addresses[name].removeprefix(request.url.path)
            return FileResponse(
                self._files[name], headers={"Cache-Control": _A_YEAR if lasts else "no-cache"}
            )

        @router.get("/favicon.ico", include_in_schema=False)
        def favicon() -> FileResponse:
            return FileResponse(self._files["favicon.svg"], headers={"Cache-Control": _A_DAY})

        return router


def _address(file: Path) -> str:
    return f"/look/{file.name}?{hashlib.sha256(file.read_bytes()).hexdigest()[:12]}"
