"""`python -m evals.bench.peers PASSAGES QUESTIONS`: others and us, the same passages, questions and weights.

Both files are JSON Lines: `{"id", "title", "text"}`, and `{"question", "passage_id"}`, where a question whose
`answerable` is false is left out. Each system runs in a process of its own and ranks passages for every
question; what is printed is hit@1, hit@5, the mean reciprocal rank, milliseconds a question and passages a
second. The peers' packages are installed by `make peers`, beside the product's and never with them.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import bundled
from corpus.settings import PROJECT, read_settings
from evals.metrics.intervals import interval
from evals.metrics.ranking import ranking

PEERS = PROJECT / ".venv" / "peers"
SYSTEMS = ("ours", "langchain", "llamaindex", "haystack")
SEED = 1


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the named systems, all by default, and print a line for each."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.peers", description=__doc__)
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--system", action="append", choices=SYSTEMS)
    parser.add_argument("--most", type=int, default=400, help="questions asked, drawn at random (400)")
    options = parser.parse_args(arguments)
    if not PEERS.exists() and options.system != ["ours"]:
        parser.error("the packages of the peers are not installed: make peers")
    passages, questions = _read(options.passages), _read(options.questions)
    questions = [one for one in questions if one.get("answerable", True)]
    random.Random(SEED).shuffle(questions)
    questions = questions[: options.most]
    print(f"{len(passages)} passages, {len(questions)} questions")
    print(f"{'':<12}{'hit@1':>16}{'hit@5':>8}{'MRR':>8}{'ms/question':>13}{'passages/s':>12}")
    model = bundled.prepare(read_settings().home / "models", progress=lambda _share, _step: None)
    for system in options.system or SYSTEMS:
        with TemporaryDirectory() as folder:
            job = Path(folder) / "job.json"
            asked = [one["question"] for one in questions]
            job.write_text(
                json.dumps({"passages": passages, "questions": asked, "model": str(model), "folder": folder})
            )
            print(_line(system, _run(system, job), len(passages), [one["passage_id"] for one in questions]))


def _run(system: str, job: Path) -> dict[str, object]:
    environment = dict(os.environ, PYTHONPATH=f"{PEERS}{os.pathsep}{PROJECT}", HF_HUB_OFFLINE="1")
    environment |= {"HAYSTACK_TELEMETRY_ENABLED": "False", "ANONYMIZED_TELEMETRY": "False"}
    out = job.with_name("out.json")
    command = [sys.executable, "-W", "ignore", "-m", f"evals.bench.peers.{system}", str(job), str(out)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["?"])[-1]
        return {"failed": last}
    found: dict[str, object] = json.loads(out.read_text())
    return found


def _line(system: str, found: dict[str, object], passages: int, gold: Sequence[str]) -> str:
    if "failed" in found:
        return f"{system:<12} failed: {found['failed']}"
    rankings, milliseconds, seconds = found["rankings"], found["milliseconds"], found["seconds"]
    assert isinstance(rankings, list)
    assert isinstance(milliseconds, list)
    assert isinstance(seconds, float)
    values = [ranking(ranked, [wanted]) for ranked, wanted in zip(rankings, gold, strict=True)]
    means = {name: interval([one[name] or 0.0 for one in values]) for name in ("hit@1", "hit@5", "mrr")}
    first, fifth, mrr = means["hit@1"], means["hit@5"], means["mrr"]
    assert first
    assert fifth
    assert mrr
    spread = f"{first.mean:.3f} ±{(first.high - first.low) / 2:.3f}"
    speeds = f"{statistics.median(milliseconds):>13.1f}{passages / seconds:>12.1f}"
    return f"{system:<12}{spread:>16}{fifth.mean:>8.3f}{mrr.mean:>8.3f}{speeds}"


def _read(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
