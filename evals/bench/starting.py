"""Starting: from process start to the open page, to the first cited answer, and the memory of the server."""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.settings import read_settings
from evals.golden import SHIPPED, read_golden
from evals.opening import open_assistant

RUNS = 3
QUESTIONS = 100
PATIENCE = 120.0


def measure() -> Iterator[str]:
    """Yield lines: seconds to the page and to the first answer (medians), and resident memory."""
    with TemporaryDirectory() as folder:
        open_assistant(read_settings(home=Path(folder)))
        pages, firsts, memory = [], [], 0
        for _ in range(RUNS):
            page, first, memory = _serve_once(Path(folder))
            pages.append(page)
            firsts.append(first)
    yield f"process start to GET / answering 200: {statistics.median(pages):.1f} s (wanted: 6 at most)"
    yield f"process start to the first cited answer: {statistics.median(firsts):.1f} s (wanted: 9 at most)"
    yield f"resident memory after {QUESTIONS} questions: {memory} MB (wanted: under 700)"


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """Serve a home in a process of its own; give the address, once it answers, and the process id."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    server = _start(home, port)
    try:
        _until(lambda: _status(f"{address}/healthz") == 200)
        yield address, server.pid
    finally:
        _stop(server)


def _serve_once(home: Path) -> tuple[float, float, int]:
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    begun = time.perf_counter()
    server = _start(home, port)
    try:
        page = _until(lambda: _status(f"{address}/") == 200) - begun
        question = "Combien de personnes DSI emploie-t-elle ?"
        first = _until(lambda: bool(_ask(address, question).get("citations"))) - begun
        for case in read_golden(SHIPPED)[:QUESTIONS]:
            _ask(address, case.question)
        return page, first, _resident(server.pid)
    finally:
        _stop(server)


def _start(home: Path, port: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "ui", "serve", "--port", str(port)],
        env={**os.environ, "PASSERELLE_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    server.wait(timeout=30)


def _until(done: object) -> float:
    assert callable(done)
    limit = time.perf_counter() + PATIENCE
    while time.perf_counter() < limit:
        if done():
            return time.perf_counter()
        time.sleep(0.02)
    raise TimeoutError(f"the server did not answer within {PATIENCE:.0f} s")


def _status(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # a local address
            return int(answer.status)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return 0


def _ask(address: str, question: str) -> dict[str, object]:
    request = urllib.request.Request(
        f"{address}/api/ask",
        data=json.dumps({"question": question, "history": []}).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return {}


def _resident(pid: int) -> int:
    """Return the resident memory of a process in MB, 0 where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
