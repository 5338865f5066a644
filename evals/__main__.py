"""`python -m evals [FILE.jsonl ...]`: ask every case, and tell what the answers are worth."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.settings import read_settings
from evals.golden import HELD_OUT, SHIPPED, read_golden
from evals.opening import open_assistant
from evals.run import Score, run, share


def table(scores: Sequence[Score]) -> str:
    """Return a table by kind: cases, right, rightly cited, wrongly refused, rightly refused."""
    kinds: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        kinds[one.case.kind].append(one)
    rows = [f"{'kind':<18}{'cases':>6}{'right':>8}{'cited':>8}{'refused':>9}"]
    rows += [_row(kind, some) for kind, some in kinds.items()]
    rows.append(_row("all answerable", [one for one in scores if one.case.answerable]))
    rows.append(_row("all unanswerable", [one for one in scores if not one.case.answerable]))
    totals = sorted(one.answer.timings_ms["total"] for one in scores)
    rows.append(
        f"an answer: median {statistics.median(totals):.0f} ms, p95 {totals[int(0.95 * len(totals))]:.0f} ms"
    )
    return "\n".join(rows)


def misses(scores: Iterable[Score]) -> str:
    """Return every case that is not as it should be, with its answer."""
    lines = []
    for one in scores:
        fine = one.right and one.cited if one.case.answerable else one.refused
        if not fine:
            lines += [f"--- {one.case.id} ({one.case.kind}) {one.case.question}", f"    {one.answer.text}"]
    return "\n".join(lines)


def _row(name: str, some: Sequence[Score]) -> str:
    right = share([one.right for one in some if one.right is not None])
    cited = share([one.cited for one in some if one.cited is not None])
    cells = [_percent(right), _percent(cited), _percent(share([one.refused for one in some]))]
    return f"{name:<18}{len(some):>6}{cells[0]:>8}{cells[1]:>8}{cells[2]:>9}"


def _percent(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.0f}%"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the golden sets on the shipped material."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[SHIPPED, HELD_OUT])
    parser.add_argument("--misses", action="store_true", help="print every case that went wrong")
    parser.add_argument("--answers", type=Path, help="write each answer with its case's id, JSON Lines")
    options = parser.parse_args(arguments)
    kept: list[Score] = []
    with TemporaryDirectory() as folder:
        assistant, _ = open_assistant(read_settings(home=Path(folder)))
        for file in options.files:
            cases = read_golden(file)
            scores = list(run(cases, lambda question, history: assistant.ask(question, history=history)))
            sys.stdout.write(f"\n{file.name}\n{table(scores)}\n")
            kept += scores
    if options.misses:
        sys.stdout.write(misses(kept) + "\n")
    if options.answers:
        lines = (json.dumps({"id": one.case.id} | one.answer.to_json(), ensure_ascii=False) for one in kept)
        options.answers.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
