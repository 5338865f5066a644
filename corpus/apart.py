"""Another process of this same installation: for what may die, or should take its memory with it."""

from __future__ import annotations

import os
import sys
from typing import TypedDict

from corpus.settings import PROJECT


class Process(TypedDict):
    """Arguments of `subprocess.run` and the like."""

    args: list[str]
    env: dict[str, str]


def python(module: str, *arguments: str) -> Process:
    """Return how to run a module of ours, whichever folder the user is in and whatever lies there."""
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}
    return Process(args=[sys.executable, "-P", "-m", module, *arguments], env=env)
