"""`passerelle serve`: from an address to an open page."""

from __future__ import annotations

import logging
import socket
import subprocess
from collections.abc import Callable
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from corpus.apart import python
from corpus.errors import IndexMissing, PasserelleError, PortInUse
from ui.opening import Opening
from ui.text import phrase

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from corpus.documents import Language

_LOG = logging.getLogger(__name__)
# Streams of open pages never end by themselves: after this many seconds they are cut.
_GRACE = 2


def serve(opening: Opening, language: Language, *, tell: Callable[[str], None]) -> int:
    """Open the chat, and return 0 when it is stopped. Without an index the material is ingested first.

    What can be refused is refused before anything slow: HomeBusy, PortInUse, StoreCorrupt,
    IndexStale, ChatModelUnusable.
    """
    with opening.home.owned_for("serve"), _bound(opening.settings.host, opening.settings.port) as door:
        opening.check_chat()
        try:
            opening.usable_version()
        except IndexMissing:
            tell(
                phrase("serve.first", language, home=opening.home.folder, material=opening.settings.material)
            )
            failed = _ingest_apart(opening, language)
            if failed:
                return failed
        _run(opening, language, door=door, tell=tell)
    return 0


def _run(opening: Opening, language: Language, *, door: socket.socket, tell: Callable[[str], None]) -> None:
    import uvicorn

    from ui.web.app import build_app
    from ui.web.service import Service

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                tell(phrase("serve.open", language, address=_address(door)))

    _log_failed_calls()
    app = build_app(Service(lambda: _rehearsed(opening.assistant()), note=opening.note_gap), opening)
    _listen(door)
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_GRACE)
    try:
        Server(config).run(sockets=[door])
    except KeyboardInterrupt:
        return


def _rehearsed(assistant: Assistant) -> Assistant:
    """Return the assistant once all that it loads at its first question has been."""
    try:
        assistant.rehearse()
    except PasserelleError:
        pass  # whoever asks is told
    except Exception:  # a bug in what nobody asked is none that keeps visitors out
        _LOG.exception("the rehearsal failed")
    # Gradio would import it at its first event, and no page be answered meanwhile.
    Thread(target=import_module, args=("matplotlib",), daemon=True).start()
    return assistant


def _log_failed_calls() -> None:
    """Write to the server's log why a chat model did not answer; it names model, kind and status, never a
    key.
    """
    calls = logging.getLogger("assistant.chat")
    calls.setLevel(logging.INFO)
    if not calls.handlers:
        calls.addHandler(logging.StreamHandler())


def _ingest_apart(opening: Opening, language: Language) -> int:
    """Ingest the material in a process of its own, so that its memory goes with it; return its exit code.

    That process says what it refused; the chat opens all the same when there is something to answer from.
    """
    code = subprocess.run(**python("ui", "ingest", "--lang", language), check=False).returncode
    try:
        opening.usable_version()
    except IndexMissing:
        return code or 1
    return 0


def _bound(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address, not yet listening. Raises PortInUse."""
    door = None
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, address = min(found, key=lambda one: one[0] != socket.AF_INET)
        door = socket.socket(family, kind, protocol)
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
    except (OSError, UnicodeError) as error:
        if door:
            door.close()
        raise _in_use(host, port, error) from error
    return door


def _listen(door: socket.socket) -> None:
    """Accept connections. Raises PortInUse when another server was quicker since the address was bound."""
    try:
        door.listen()
    except OSError as error:
        host, port = door.getsockname()[:2]
        raise _in_use(host, port, error) from error


def _in_use(host: str, port: int, error: Exception) -> PortInUse:
    return PortInUse(host=host, port=port, reason=getattr(error, "strerror", None) or error)


def _address(door: socket.socket) -> str:
    host, port = door.getsockname()[:2]
    reachable = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{reachable}]:{port}" if ":" in reachable else f"http://{reachable}:{port}"
