"""Progress bars: a bar for each stage of a long work, or JSON lines for a program that follows it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Never

from corpus.documents import Language
from ui.text import phrase

if TYPE_CHECKING:
    from tqdm import tqdm


_FORM = "{desc} {percentage:3.0f} % |{bar}| {n_fmt}/{total_fmt} {remaining}"


@contextmanager
def progress_bars(language: Language, *, as_json: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a watcher that draws a bar a stage on a terminal, with counts and the time left.

    With `as_json` it writes a line `{"stage", "done", "total"}` to standard error for each step instead.
    """
    from tqdm import tqdm

    bars: dict[str, tqdm[Never]] = {}

    def watch(stage: str, done: int, total: int) -> None:
        if as_json:
            sys.stderr.write(json.dumps({"stage": stage, "done": done, "total": total}) + "\n")
            return
        if stage not in bars:
            for bar in bars.values():
                bar.close()
            desc = phrase(f"stage.{stage}", language)
            bars[stage] = tqdm(
                total=total, desc=desc, file=sys.stderr, disable=None, leave=False, bar_format=_FORM
            )
        bars[stage].total = total
        bars[stage].n = done
        bars[stage].refresh()

    try:
        yield watch
    finally:
        for bar in bars.values():
            bar.close()
