"""A kept file: changed by one process at a time, and replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import HomeUnusable


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold a file, so that of two who change it at once none undoes what the other did.

    Its folder is made if need be. Raises HomeUnusable where nothing can be written, while it is held too.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(file.with_suffix(".lock")):
            yield
    except OSError as error:
        raise HomeUnusable(home=file.parent, reason=error.strerror or error) from error


def replace_whole(file: Path, content: bytes) -> None:
    """Put content in the place of what a file holds; who reads meanwhile sees the one or the other."""
    written = file.with_suffix(".new")
    with written.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    written.replace(file)
