"""A server that speaks as OpenAI-compatible ones do, and misbehaves as it is told to."""

from __future__ import annotations

import json
import select
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_HEAD = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "x"}
_LOOK = 0.02  # seconds between two looks at whether the client is still there


@dataclass(frozen=True)
class Wait:
    """Send nothing for so long, or until the client goes."""

    seconds: float


@dataclass(frozen=True)
class Cut:
    """Close the connection amid the body."""


Piece = str | Wait | Cut


@dataclass(frozen=True)
class Behaviour:
    """How one request is answered: `body` piece by piece, in chunks."""

    status: int = 200
    body: tuple[Piece, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "text/event-stream"


def event(content: Any) -> str:
    """Return one server-sent event."""
    return f"data: {content if isinstance(content, str) else json.dumps(content)}\n\n"


def delta(text: str | None, *, finish: str | None = None, **more: Any) -> str:
    """Return the event of one piece of an answer."""
    told = {} if finish else {"role": "assistant", "content": text}
    choice = {"index": 0, "delta": told, "finish_reason": finish}
    return event(
        {
            "id": "1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "x",
            "choices": [choice],
            **more,
        }
    )


def says(*pieces: str | Wait | Cut | None, finish: str = "stop", usage: bool = True) -> Behaviour:
    """Answer with these pieces, as a sound server does."""
    body = [one if isinstance(one, Wait | Cut) else delta(one) for one in pieces]
    counted = {"prompt_tokens": 900, "completion_tokens": 40, "total_tokens": 940}
    told = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "x", "choices": []}
    ending = [
        delta(None, finish=finish),
        *([event({**told, "usage": counted})] if usage else []),
        event("[DONE]"),
    ]
    return Behaviour(body=(*body, *ending))


def breaks(*pieces: Piece) -> Behaviour:
    """Answer with these pieces of a body to the letter."""
    return Behaviour(body=pieces)


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    """Answer with an error."""
    body = json.dumps({"error": {"message": message, "type": "scripted", "code": str(status)}})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Behaviour(status, (body,), named, "application/json")


class ChatServer:
    """Answers requests by a script, its last behaviour again and again; keeps what it was asked."""

    def __init__(self, script: Sequence[Behaviour]) -> None:
        self._script = list(script)
        self._lock = threading.Lock()
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.left = threading.Event()
        self._listener = _Listener(("127.0.0.1", 0), _Handler)
        self._listener.server = self
        threading.Thread(target=self._listener.serve_forever, args=(_LOOK,), daemon=True).start()

    @property
    def address(self) -> str:
        """What is set as the address of the model's server."""
        return f"http://127.0.0.1:{self._listener.server_address[1]}/v1"

    def stop(self) -> None:
        """Close all, as a server that is killed."""
        self._listener.shutdown()
        self._listener.server_close()
        for one in list(self._listener.open):
            with_no_error(one)

    def then(self, *script: Behaviour) -> None:
        """Answer the following requests by another script."""
        with self._lock:
            self._script = list(script)

    def next(self, body: dict[str, Any], headers: dict[str, str]) -> Behaviour:
        """Return how to answer a request."""
        with self._lock:
            self.asked.append(body)
            self.headers.append(headers)
            return self._script.pop(0) if len(self._script) > 1 else self._script[0]


def with_no_error(one: socket.socket) -> None:
    """Close a socket that may be closed already."""
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    server: ChatServer

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.open: set[socket.socket] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        listener = self.server
        assert isinstance(listener, _Listener)
        listener.open.add(self.connection)
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or "{}")
        headers = {name.lower(): value for name, value in self.headers.items()}
        behaviour = listener.server.next(body, headers)
        try:
            self._answer(behaviour)
        except OSError:
            listener.server.left.set()
            self.close_connection = True
        finally:
            listener.open.discard(self.connection)

    def _answer(self, behaviour: Behaviour) -> None:
        self.send_response(behaviour.status)
        self.send_header("Content-Type", behaviour.content_type)
        self.send_header("Transfer-Encoding", "chunked")
        for name, value in behaviour.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in behaviour.body:
            if isinstance(piece, Wait):
                self._wait(piece.seconds)
            elif isinstance(piece, Cut):
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            else:
                told = piece.encode()
                self.wfile.write(b"%x\r\n%s\r\n" % (len(told), told))
        self.wfile.write(b"0\r\n\r\n")

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            readable, _, _ = select.select([self.connection], [], [], _LOOK)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                raise ConnectionResetError


@contextmanager
def chat_server(*script: Behaviour) -> Iterator[ChatServer]:
    """Give a running server with a script, and stop it."""
    server = ChatServer(script)
    try:
        yield server
    finally:
        server.stop()


def unreachable() -> str:
    """Return an address where nothing listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}/v1"
