"""Versioning: what an ingest costs beside its embedding, on 1,000 files and on 20,000 passages.

The vectors are made up: an encoder's speed is measured in `ingesting`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from corpus.apart import python
from corpus.embedder import Progress, silent
from corpus.settings import read_settings
from evals.golden import SHIPPED, read_golden
from ingest.pipeline import Pipeline
from ingest.publishing import Publisher

FILES = 1000
FEW, MANY = 1000, 20_000  # passages
DIMENSION = 384


class MadeUp:
    """Vectors of the bundled model's size that say nothing."""

    name = "made-up"

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Return (n, 384) float32, L2-normalised."""
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), DIMENSION)).astype(np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        """Return as much for passages."""
        return self.embed_questions(texts)


def measure() -> Iterator[str]:
    """Yield the seconds of whole processes on 1,000 files, and the memory of ingests of two sizes."""
    with TemporaryDirectory() as folder:
        source, home = Path(folder) / "source", Path(folder) / "home"
        write_documents(source, files=FILES, passages=FILES)
        _ingest_apart(source, home)
        unchanged = _ingest_apart(source, home)
        note = next(iter(sorted(source.iterdir())))
        note.write_text(note.read_text(encoding="utf-8") + " Encore.", encoding="utf-8")
        changed = _ingest_apart(source, home)
        yield f"{FILES} files again, nothing changed: {unchanged['seconds']:.1f} s (wanted: 2 at most)"
        yield f"one of {FILES} changed: {changed['seconds']:.1f} s (wanted: 3 at most beside its embedding)"
    memory = {}
    for passages in (FEW, MANY):
        with TemporaryDirectory() as folder:
            source, home = Path(folder) / "source", Path(folder) / "home"
            write_documents(source, files=100, passages=passages)
            told = _ingest_apart(source, home)
            memory[passages] = told["megabytes"]
            size = f"{told['seconds']:.0f} s, {told['megabytes']:.0f} MB at most"
            yield f"{told['passages']:.0f} passages: {size}"
            if passages == MANY:
                note = next(iter(sorted(source.iterdir())))
                note.write_text(note.read_text(encoding="utf-8") + " Encore.", encoding="utf-8")
                _ingest_apart(source, home)
                yield f"publishing it: {_publish(home):.0f} ms (wanted: 100 at most)"
    more = memory[MANY] - memory[FEW]
    yield f"memory, {FEW} to {MANY} passages: {more:+.0f} MB (wanted: 150 at most)"


def write_documents(folder: Path, *, files: int, passages: int) -> None:
    """Write files that make so many passages together; the golden questions serve as running text."""
    folder.mkdir()
    lines = [case.question for case in read_golden(SHIPPED)]
    for number in range(files):
        parts = []
        for place in range(passages // files):
            begin = 8 * (number * (passages // files) + place)
            some = [lines[(begin + step) % len(lines)] for step in range(8)]
            parts.append(f"## Partie {place}\n\n" + " ".join(some))
        (folder / f"note-{number:04}.md").write_text(f"# Note {number}\n\n" + "\n\n".join(parts) + "\n")


def _ingest_apart(source: Path, home: Path) -> dict[str, float]:
    """Ingest in a process of its own, and return its seconds and megabytes from beginning to end."""
    begun = time.perf_counter()
    done = subprocess.run(
        **python("evals.bench.versioning", str(source), str(home)),
        stdout=subprocess.PIPE,
        check=True,
    )
    return {**json.loads(done.stdout), "seconds": time.perf_counter() - begun}


def _publish(home: Path) -> float:
    """Return the milliseconds of the step that makes a version live, in a process that has its parts open."""
    from corpus.home import Home
    from corpus.ledger import Ledger

    Publisher(Home(home), embedding_model=MadeUp.name).versions()
    ledger = Ledger(Home(home).ledger)
    numbers = ledger.numbers()
    begun = time.perf_counter()
    ledger.publish(numbers[0])
    return 1000 * (time.perf_counter() - begun)


def _peak() -> float:
    """Return the most resident memory that this process had, in MB, 0 where the system does not tell."""
    # Not getrusage: it counts what the process that started this one held.
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


if __name__ == "__main__":
    settings = read_settings(home=Path(sys.argv[2]), embedding_model=os.devnull)
    pipeline = Pipeline(settings, embedder=MadeUp, embedding_model=MadeUp.name)
    report = pipeline.ingest([Path(sys.argv[1])])
    sys.stdout.write(json.dumps({"passages": report.passages, "megabytes": _peak()}))
