"""What every system of the bench is given and gives back, and how its time is taken."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

DEPTH = 10


@dataclass(frozen=True, slots=True)
class Job:
    """Passages as (id, title and text), questions, the folder of the weights, and a folder to work in."""

    passages: Sequence[tuple[str, str]]
    questions: Sequence[str]
    model: str
    folder: Path


Search = Callable[[str], Sequence[str]]
"""Returns the ids of passages for a question, best first."""


def perform(index: Callable[[Job], Search]) -> None:
    """Time `index` and each search, and write both with the rankings where the command line says."""
    given = json.loads(Path(sys.argv[1]).read_text())
    passages = [(one["id"], f"{one['title']}\n\n{one['text']}") for one in given["passages"]]
    job = Job(passages, given["questions"], given["model"], Path(given["folder"]))
    begun = time.perf_counter()
    search = index(job)
    seconds = time.perf_counter() - begun
    search(job.questions[0])  # the first call of all pays for what is loaded late
    rankings, milliseconds = [], []
    for question in job.questions:
        begun = time.perf_counter()
        rankings.append(list(search(question))[:DEPTH])
        milliseconds.append(1000 * (time.perf_counter() - begun))
    found = {"seconds": seconds, "rankings": rankings, "milliseconds": milliseconds}
    Path(sys.argv[2]).write_text(json.dumps(found))
