"""Jobs: work in the background whose progress outlives a page, and is known after a restart of the server."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from corpus.errors import PasserelleError
from ui.errors import JobCancelled, JobRunning, JobUnknown
from ui.team.keys import write_privately
from ui.team.telling import error_to_json

KEPT = 30
"""Jobs of one kind that are kept."""
_WRITTEN_EVERY = 0.3  # seconds at most between what is known here and what the file says
_LOG = logging.getLogger(__name__)

State = Literal["running", "done", "failed", "cancelled", "interrupted"]
Told = Mapping[str, Any]
"""An error as `telling.error_to_json` writes it."""


class Stage(BaseModel):
    """How far one stage of a job is."""

    model_config = ConfigDict(frozen=True)

    name: str
    done: int
    total: int


class File(BaseModel):
    """How far one file of a job is; `why` tells an error or a note, if any."""

    model_config = ConfigDict(frozen=True)

    name: str
    stage: str
    why: dict[str, Any] | None = None


class Job(BaseModel):
    """What is known of some work. Times are UTC; `stages` and `files` stand in the order they began in.

    `result` is what the work returned, `error` why it failed.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    kind: str
    label: str
    started: datetime
    ended: datetime | None = None
    state: State = "running"
    stages: tuple[Stage, ...] = ()
    files: tuple[File, ...] = ()
    result: dict[str, Any] = {}
    error: dict[str, Any] | None = None


class Progress:
    """Takes down how far some work is. What the work calls, in whichever thread."""

    def __init__(self, job: Job, keep: Callable[[Job], None]) -> None:
        self._lock = threading.Lock()
        self._keep = keep
        self._written = 0.0
        self._cancel = threading.Event()
        self.job = job

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to stop; the work looks now and then, and raises JobCancelled."""
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._cancel.set()

    def step(self, stage: str, done: int, total: int) -> None:
        """Take down how far a stage is."""
        with self._lock:
            stages = {one.name: one for one in self.job.stages}
            stages[stage] = Stage(name=stage, done=done, total=total)
            self._change(stages=tuple(stages.values()), now=done >= total)

    def file(self, name: str, stage: str, why: Told | None = None) -> None:
        """Take down how far a file is."""
        with self._lock:
            files = {one.name: one for one in self.job.files}
            files[name] = File(name=name, stage=stage, why=dict(why) if why else None)
            self._change(files=tuple(files.values()), now=why is not None)

    def end(
        self, state: State, *, result: Mapping[str, Any] | None = None, error: Told | None = None
    ) -> None:
        """Take down how the work ended."""
        with self._lock:
            told = dict(error) if error else None
            self._change(state=state, ended=_now(), result=dict(result or {}), error=told, now=True)

    def _change(self, *, now: bool, **changes: Any) -> None:
        job = self.job.model_copy(update=changes)
        if now or time.monotonic() - self._written >= _WRITTEN_EVERY:
            self._written = time.monotonic()
            self._keep(job)
        self.job = job


Work = Callable[[Progress], Mapping[str, Any]]


class Jobs:
    """The jobs of one folder, a file each. What another server left running there is called interrupted."""

    def __init__(self, folder: Path, *, kept: int = KEPT) -> None:
        self._folder = folder
        self._kept = kept
        self._lock = threading.Lock()
        self._running: dict[str, Progress] = {}
        folder.mkdir(parents=True, exist_ok=True)
        for job in self._all():
            if job.state == "interrupted":
                self._write(job)

    def start(self, kind: str, label: str, work: Work) -> Job:
        """Begin some work in a thread. Raises JobRunning when one of its kind is under way."""
        with self._lock:
            for other in self._running.values():
                if other.job.kind == kind and other.job.state == "running":
                    raise JobRunning(label=other.job.label)
            started = _now()
            id = f"{started:%Y%m%d-%H%M%S}-{secrets.token_hex(4)}"
            job = Job(id=id, kind=kind, label=label, started=started)
            progress = Progress(job, self._write)
            self._write(job)
            self._running[id] = progress
        self._prune(kind)
        threading.Thread(target=self._run, args=(progress, work), name=f"job {kind}", daemon=True).start()
        return job

    def get(self, id: str) -> Job:
        """Return a job as it is now. Raises JobUnknown."""
        with self._lock:
            progress = self._running.get(id)
        if progress:
            return progress.job
        job = next((one for one in self._all() if one.id == id), None)
        if job is None:
            raise JobUnknown(id=id)
        return job

    def list(self, kind: str) -> Sequence[Job]:
        """Return the jobs of a kind, the latest first."""
        with self._lock:
            running = {id: progress.job for id, progress in self._running.items()}
        found = {one.id: one for one in self._all()} | running
        return sorted((one for one in found.values() if one.kind == kind), key=lambda one: one.started)[::-1]

    def latest(self, kind: str) -> Job | None:
        """Return the latest job of a kind."""
        return next(iter(self.list(kind)), None)

    def cancel(self, id: str) -> None:
        """Ask a job to stop; one that ended already is left as it is. Raises JobUnknown."""
        with self._lock:
            progress = self._running.get(id)
        if progress:
            progress.cancel()
        else:
            self.get(id)

    def _run(self, progress: Progress, work: Work) -> None:
        try:
            result = work(progress)
            progress.end("done", result=result)
        except JobCancelled:
            progress.end("cancelled")
        except PasserelleError as error:
            progress.end("failed", error=error_to_json(error))
        except Exception:
            # A bug, not a user's mistake: the log has the traceback, the page says that it failed.
            _LOG.exception("the job %s failed", progress.job.id)
            progress.end("failed", error=error_to_json(PasserelleError()))
        finally:
            with self._lock:
                del self._running[progress.job.id]

    def _all(self) -> Sequence[Job]:
        """Return all jobs as their files have them; a file that cannot be read is none.

        One that is called running, and is not run here, is interrupted.
        """
        with self._lock:
            running = set(self._running)
        found = []
        for file in self._folder.glob("*.json"):
            try:
                job = Job.model_validate_json(file.read_bytes())
            except (OSError, ValidationError):
                continue
            if job.state == "running" and job.id not in running:
                job = job.model_copy(update={"state": "interrupted", "ended": _now()})
            found.append(job)
        return found

    def _write(self, job: Job) -> None:
        try:
            write_privately(self._folder / f"{job.id}.json", job.model_dump_json(indent=1))
        except OSError as error:  # a full disk ends no work: what is known here is shown all the same
            _LOG.warning("the progress of the job %s cannot be written: %s", job.id, error)

    def _prune(self, kind: str) -> None:
        for job in self.list(kind)[self._kept :]:
            (self._folder / f"{job.id}.json").unlink(missing_ok=True)


def _now() -> datetime:
    return datetime.now(UTC)
