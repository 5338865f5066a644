"""`passerelle serve` in a process of its own, for the tests that need the real thing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from fastapi import FastAPI

PROJECT = Path(__file__).resolve().parent.parent
SECONDS_TO_OPEN = 240


@contextmanager
def served(home: Path, *, log: Path, **settings: str) -> Iterator[str]:
    """Serve a home on a free port, give the address once it is ready to answer, and stop it at the end.

    `settings` are variables of the environment.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, **settings, "PASSERELLE_HOME": str(home)}
    with log.open("wb") as output:
        command = [sys.executable, "-m", "ui", "serve", "--port", str(port)]
        server = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=output, stderr=output)
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_until_ready(address, server=server, log=log)
            yield address
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def serving(app: FastAPI, *, lifespan: Literal["on", "off"] = "off") -> Iterator[str]:
    """Serve an application from a thread on a free port, and give its address.

    The chat needs its `lifespan`: Gradio's queue begins with it.
    """
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan=lifespan))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(10)


def _wait_until_ready(address: str, *, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + SECONDS_TO_OPEN
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"`passerelle serve` did not open:\n{log.read_text(encoding='utf-8', errors='replace')}")
