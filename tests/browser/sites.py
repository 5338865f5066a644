"""Sites of other origins, whose one page carries the line of the widget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(ThreadingHTTPServer):
    """One site; `chat` is the address of the chat that its page names."""

    chat = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Page)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Page(BaseHTTPRequestHandler):
    server: Site

    def do_GET(self) -> None:
        line = f'<script src="{self.server.chat}widget.js" defer></script>'
        head = f'<head><title>Site</title><link rel="icon" href="data:,">{line}</head>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f'<!doctype html><html lang="fr">{head}<body><h1>Site</h1></body></html>'.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def one_line_sites() -> Iterator[tuple[Site, Site]]:
    """Serve two such sites."""
    sites = (Site(), Site())
    for site in sites:
        threading.Thread(target=site.serve_forever, daemon=True).start()
    yield sites
    for site in sites:
        site.shutdown()
