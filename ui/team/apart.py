"""Work in a child process that tells its progress in JSON lines: its memory goes with it.

A line is `{"stage", "done", "total"}`, `{"file", "stage", "why"}`, and last `{"result": {…}}` or
`{"error", "fields"}`. The child writes them by `Telling`, the server reads them by `run_apart`.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Protocol, TextIO

from corpus.apart import python
from corpus.errors import PasserelleError
from corpus.settings import Settings
from ui.errors import JobBroken, JobCancelled
from ui.opening import Opening
from ui.team.jobs import Progress, Told
from ui.team.telling import error_from_json, error_to_json

_LOOK_EVERY = 0.1  # seconds between two looks whether the work is to stop
_PATIENCE = 5  # seconds that a child has to end by itself
_NICE = 10  # who asks in the chat comes first


class Follower(Protocol):
    """Who is told how far some work is: `jobs.Progress` in the server, `Telling` in a child."""

    @property
    def cancelled(self) -> bool: ...
    def step(self, stage: str, done: int, total: int) -> None: ...
    def file(self, name: str, stage: str, why: Told | None = None) -> None: ...


Work = Callable[[Opening, Sequence[str], Follower], Mapping[str, Any]]


def watching(follower: Follower) -> Callable[[str, int, int], None]:
    """Return a watcher, as a pipeline takes one, that takes down each step; it raises JobCancelled."""

    def watch(stage: str, done: int, total: int) -> None:
        if follower.cancelled:
            raise JobCancelled()
        follower.step(stage, done, total)

    return watch


def perform(opening: Opening, work: str, arguments: Sequence[str], progress: Progress) -> Mapping[str, Any]:
    """Do the work of a function, named `module:function`, in a child, and return its result.

    The function is a `Work`. What stands in for a model cannot go to a child: then the work is done here.
    Raises as `run_apart` does.
    """
    if opening.has_stand_ins:
        return _named(work)(opening, arguments, progress)
    return run_apart(
        ["ui.team.apart", work, *arguments], progress, environment=_environment(opening.settings)
    )


def run_apart(
    arguments: Sequence[str], progress: Progress, *, environment: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Run a module of ours, `arguments[0]`, in a child, and return the result that it tells.

    When the job is cancelled the child is ended, with JobCancelled. Raises the error that the child tells,
    JobBroken when it ends without a word.
    """
    how = python(*arguments)
    child = subprocess.Popen(
        how["args"],
        env={**how["env"], **(environment or {})},
        stdin=subprocess.PIPE,  # it closes with this process, however that ends
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    ended = threading.Event()
    threading.Thread(target=_end_when_cancelled, args=(child, progress, ended), daemon=True).start()
    last: dict[str, Any] = {}
    try:
        assert child.stdout is not None
        for line in child.stdout:
            last = _take(line, progress) or last
        code = child.wait()
    finally:
        ended.set()
        _end(child)
    if "result" in last:
        result: dict[str, Any] = last["result"]
        return result
    if progress.cancelled:
        raise JobCancelled()
    if "error" in last:
        raise error_from_json(last)
    raise JobBroken(reason=f"code {code}")


class Telling:
    """What work in a child tells of itself."""

    cancelled = False  # a child that is to stop is ended

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._lock = threading.Lock()

    def step(self, stage: str, done: int, total: int) -> None:
        """Tell how far a stage is."""
        self._tell({"stage": stage, "done": done, "total": total})

    def file(self, name: str, stage: str, why: Told | None = None) -> None:
        """Tell how far a file is."""
        self._tell({"file": name, "stage": stage, "why": why})

    def result(self, result: Mapping[str, Any]) -> None:
        """Tell what came of the work."""
        self._tell({"result": result})

    def error(self, error: PasserelleError) -> None:
        """Tell why nothing came of it."""
        self._tell(error_to_json(error))

    def _tell(self, line: Mapping[str, Any]) -> None:
        with self._lock:
            self._out.write(json.dumps(line, ensure_ascii=True) + "\n")
            self._out.flush()


def tell_apart(work: Callable[[Telling], Mapping[str, Any]]) -> int:
    """Do some work in this process, a child, and tell of it on standard output; return the exit code.

    When the server ends, or ends this child, the work is left as it is; what it opened is closed.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    out, sys.stdout = sys.stdout, sys.stderr  # what libraries print is no line of ours
    telling = Telling(out)
    try:
        telling.result(work(telling))
    except PasserelleError as error:
        telling.error(error)
        return 1
    return 0


def _end_with_the_server() -> None:
    while sys.stdin.read(1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_PATIENCE)
    os._exit(1)


def _take(line: str, progress: Progress) -> dict[str, Any] | None:
    """Take down a line of a child; return it when it is the last."""
    try:
        told: dict[str, Any] = json.loads(line)
        if "result" in told or "error" in told:
            return told
        if "file" in told:
            progress.file(told["file"], told["stage"], told["why"])
        else:
            progress.step(told["stage"], told["done"], told["total"])
    except (ValueError, KeyError, TypeError):
        return None  # not a line of ours
    return None


def _end_when_cancelled(child: subprocess.Popen[str], progress: Progress, ended: threading.Event) -> None:
    while not ended.wait(_LOOK_EVERY):
        if progress.cancelled:
            _end(child)
            return


def _end(child: subprocess.Popen[str]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _named(work: str) -> Work:
    module, _, name = work.partition(":")
    found: Work = getattr(import_module(module), name)
    return found


def _environment(settings: Settings) -> dict[str, str]:
    """Return the settings as a child reads them; keys are in the environment already."""
    held = settings.model_dump(mode="json", include=settings.model_fields_set - {"chat_key"})
    return {
        f"PASSERELLE_{name.upper()}": value if isinstance(value, str) else json.dumps(value)
        for name, value in held.items()
        if value is not None
    }


def _perform(work: str, *arguments: str) -> int:
    from corpus.settings import read_settings
    from ui.opening import be_quiet

    if hasattr(os, "nice"):
        os.nice(_NICE)

    def performed(telling: Telling) -> Mapping[str, Any]:
        settings = read_settings()
        be_quiet(settings)
        return _named(work)(Opening(settings), arguments, telling)

    return tell_apart(performed)


if __name__ == "__main__":
    sys.exit(_perform(*sys.argv[1:]))
