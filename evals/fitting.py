"""Fitting: the weights that tell an answering sentence from a neighbour, learned from a golden set.

    python -m evals.fitting [--write] [FILE.jsonl ...]

Each sentence weighed for a case is an example, positive when it holds at least half of the case's facts. A
logistic regression (L2, C = 1) is fitted to their features, every case weighing the same. What is printed is
cross-validated over conversations: no case is scored by weights that saw it or the exchange it follows.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from assistant.chain import Assistant, Request
from assistant.evidence import Evidence, fits
from assistant.from_passages import Extractive
from assistant.question import Asked, Turn
from assistant.thesaurus import read_thesaurus
from corpus.settings import read_settings
from evals.golden import SHIPPED, Case, holds, read_golden
from evals.opening import open_assistant

WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.toml"
FOLDS = 10
DEPTH = 8
# A case without an answer teaches only by what it must not take for one.
UNANSWERABLE = 2.0


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences weighed for one case, and which of them answer it."""

    case: Case
    asked: Asked
    evidence: tuple[Evidence, ...]
    answers: tuple[bool, ...]
    conversation: str


def examples(cases: Sequence[Case], assistant: Assistant) -> list[Example]:
    """Return the cases that are answered by weighing sentences, each with its sentences."""
    desk = assistant.desk()
    composer = Extractive(desk.index, read_thesaurus())
    histories: dict[str, list[Turn]] = {}
    roots: dict[str, str] = {}
    found = []
    for case in cases:
        history = histories.get(case.follows or "", [])
        answer = assistant.ask(case.question, history=history)
        histories[case.id] = [*history, Turn("user", case.question), Turn("assistant", answer.text)]
        roots[case.id] = roots.get(case.follows or "", case.id)
        retrieved = desk.find(Request(case.question, tuple(history)), k=DEPTH)
        evidence = composer.candidates(retrieved, retrieved.asked.entities)
        if evidence and composer.quotes(retrieved):
            answers = tuple(_answers(case, one) for one in evidence)
            found.append(Example(case, retrieved.asked, tuple(evidence), answers, roots[case.id]))
    return found


def fit(some: Sequence[Example]) -> LogisticRegression:
    """Fit the regression to examples."""
    features, labels, weights = [], [], []
    for one in some:
        positives = sum(one.answers)
        negatives = len(one.answers) - positives
        for evidence, answers in zip(one.evidence, one.answers, strict=True):
            features.append(list(evidence.features.values()))
            labels.append(answers)
            without = 1.0 if positives else UNANSWERABLE
            weights.append(10 / positives if answers else 10 * without / negatives)
    return LogisticRegression(C=1.0, max_iter=5000).fit(
        np.array(features), np.array(labels), sample_weight=weights
    )


def cross_validate(some: Sequence[Example]) -> list[np.ndarray]:
    """Return the likelihood of each example's sentences, by weights fitted without its conversation."""
    names = sorted({one.conversation for one in some})
    groups = [names.index(one.conversation) for one in some]
    likelihoods: list[np.ndarray] = [np.empty(0)] * len(some)
    for seen, unseen in GroupKFold(min(FOLDS, len(names))).split(groups, groups=groups):
        model = fit([some[place] for place in seen])
        for place in unseen:
            features = np.array([list(one.features.values()) for one in some[place].evidence])
            likelihoods[place] = model.predict_proba(features)[:, 1]
    return likelihoods


def report(some: Sequence[Example], likelihoods: Sequence[np.ndarray]) -> str:
    """Return a table: what each threshold would give."""
    lines = ["threshold  best is right  wrongly refused  rightly refused"]
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        right, refused, kept_out = [], [], []
        for one, values in zip(some, likelihoods, strict=True):
            passing = [
                p for p, e in enumerate(one.evidence) if values[p] >= threshold and fits(one.asked, e.clause)
            ]
            if one.case.answerable:
                refused.append(not passing)
                right.append(bool(passing) and one.answers[max(passing, key=lambda p: values[p])])
            else:
                kept_out.append(not passing)
        cells = (f"{sum(some) / max(1, len(some)):.3f}" for some in (right, refused, kept_out))
        lines.append(f"{threshold:<9}  " + "  ".join(f"{cell:<13}" for cell in cells))
    return "\n".join(lines)


def write(model: LogisticRegression, names: Sequence[str], file: Path = WEIGHTS) -> None:
    """Write the weights where the assistant reads them."""
    values = {"bias": float(model.intercept_[0])} | dict(zip(names, map(float, model.coef_[0]), strict=True))
    lines = [f"{name} = {value:.3f}" for name, value in values.items()]
    file.write_text(
        "# Written by `python -m evals.fitting --write`.\n[weights]\n" + "\n".join(lines) + "\n", "utf-8"
    )


def _answers(case: Case, one: Evidence) -> bool:
    said = [holds(one.clause.text, [group]) for group in case.facts]
    return bool(said) and sum(said) >= len(said) / 2


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, report, and write the weights if asked."""
    parser = argparse.ArgumentParser(prog="python -m evals.fitting", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[SHIPPED])
    parser.add_argument("--write", action="store_true", help="write the weights into the assistant")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        assistant, _ = open_assistant(read_settings(home=Path(folder)))
        some = [one for file in options.files for one in examples(read_golden(file), assistant)]
    sys.stdout.write(report(some, cross_validate(some)) + "\n")
    model = fit(some)
    names = list(some[0].evidence[0].features)
    for name, value in zip(names, model.coef_[0], strict=True):
        sys.stdout.write(f"{name:<10} {value:+.2f}\n")
    if options.write:
        write(model, names)


if __name__ == "__main__":
    main()
