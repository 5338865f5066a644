"""Standard output and error: what is written there, and what happens when it cannot be."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

import click


class Unwritable(Exception):
    """The output cannot be written; the cause says why."""


def show(result: dict[str, Any] | Iterable[str]) -> None:
    """Write a result to standard output: an object as JSON, lines as they are. Raises Unwritable."""
    if isinstance(result, dict):
        readable = "utf" in (getattr(sys.stdout, "encoding", None) or "").lower()
        tell(json.dumps(result, ensure_ascii=not readable, indent=2))
    else:
        tell("\n".join(result))


def tell(text: str) -> None:
    """Write a line to standard output, at once. Raises Unwritable."""
    try:
        click.echo(text)
    except OSError as error:
        raise Unwritable(error.strerror) from error
    flush()


def tell_error(text: str) -> None:
    """Write a line to standard error."""
    try:
        click.echo(text, err=True)
    except OSError:
        return  # nowhere left to say it: the exit code tells


def flush() -> None:
    """Write out what is still held back. Raises Unwritable."""
    try:
        if sys.stdout:  # None when the shell closed it
            sys.stdout.flush()
    except OSError as error:
        raise Unwritable(error.strerror) from error


def drop_output() -> None:
    """Let the interpreter's own last flush fall into nothing, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
