"""Fitting: the weights that tell an answering sentence from a neighbour, for fiches and for prose.

    python -m evals.fitting [--write] [FILE.jsonl ...] [--prose PASSAGES QUESTIONS]

Each sentence weighed for a case is an example, positive when it holds at least half of the case's facts. A
logistic regression (L2, C = 1) is fitted to their features, every case weighing the same. What is printed is
cross-validated over conversations: no case is scored by weights that saw it or the exchange it follows.

The weights for fiches are fitted to golden sets, the shipped tuning half by default. Those for prose need
`--prose`: JSON Lines as for `evals.bench.peers`, each question with its `answers`.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from assistant.chain import Assistant
from assistant.demands import fits
from assistant.desk import Request
from assistant.evidence import SOURCES, Evidence, Source
from assistant.from_passages import Extractive
from assistant.question import Asked, Turn
from assistant.rereading import Rereader
from assistant.retrieval import Found
from assistant.thesaurus import read_thesaurus
from corpus.embedder import open_embedder
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.settings import read_settings
from evals.golden import SHIPPED, Case, holds, read_golden
from evals.opening import open_assistant
from ingest.pipeline import Pipeline

WEIGHTS = Path(__file__).parent.parent / "assistant" / "weights.toml"
FOLDS = 10
DEPTH = 8
# A case without an answer teaches only by what it must not take for one. In prose there are more of them.
UNANSWERABLE: dict[Source, float] = {"fiche": 2.0, "prose": 0.7, "reread": 0.7}
UNTOLD = (
    "Quel est le budget de {} ?",
    "Quel est le numéro de téléphone de {} ?",
    "{} : quels sont les horaires d'ouverture ?",
    "Combien de salariés travaillent pour {} ?",
    "Qui est le trésorier de {} ?",
    "Quel est le chiffre d'affaires de {} ?",
    "Quel est le prix d'entrée : {} ?",
    "Quand aura lieu le prochain congrès de {} ?",
    "Quelle est la devise de {} ?",
    "Combien de bénévoles compte {} ?",
    "Comment s'inscrire à {} ?",
    "Quel pourcentage de femmes emploie {} ?",
    "Qui préside l'association des amis de {} ?",
    "Pour quelle raison {} a-t-il fait faillite ?",
    "Pourquoi {} a-t-il été interdit ?",
    "Depuis le rachat de {}, qu'est-ce qui a changé ?",
)
"""What no encyclopedia says of its subjects, and what hardly befell any of them."""


@dataclass(frozen=True, slots=True)
class Example:
    """The sentences weighed for one question, and which of them answer it; `group` is never split."""

    asked: Asked
    evidence: tuple[Evidence, ...]
    answers: tuple[bool, ...]
    answerable: bool
    group: str
    vector: np.ndarray | None = None
    """That of the question, (dimension,) float32."""


def from_golden(cases: Sequence[Case], assistant: Assistant) -> list[Example]:
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
            found.append(Example(retrieved.asked, tuple(evidence), answers, case.answerable, roots[case.id]))
    return found


def from_prose(passages: Path, questions: Path, folder: Path) -> list[Example]:
    """Ingest the passages of every other title, then the rest, and ask each half all questions.

    A question about the half that is there counts twice, the second time without the sentences of its
    passage; one about the other half has no answer, nor has what encyclopedias do not tell.
    """
    titles = {one["id"]: one["title"] for one in _read(passages)}
    asked = [one for one in _read(questions) if one.get("answerable", True)]
    found = []
    for half in (0, 1):
        there = set(list(dict.fromkeys(titles.values()))[half::2])
        given = [one for one in _read(passages) if one["title"] in there]
        assistant = _ingested(given, folder / str(half))
        desk = assistant.desk()
        composer = Extractive(desk.index, read_thesaurus())
        for one in asked:
            gold, group = one["passage_id"], titles[one["passage_id"]]
            retrieved = desk.find(Request(one["question"]), k=DEPTH)
            evidence = tuple(composer.candidates(retrieved, retrieved.asked.entities))
            answers = tuple(
                piece.passage.document_id == gold and holds(piece.clause.text, [one["answers"]])
                for piece in evidence
            )
            others = tuple(piece for piece in evidence if piece.passage.document_id != gold)
            asked_of, vector = retrieved.asked, retrieved.vector
            if any(answers):
                found.append(Example(asked_of, evidence, answers, True, group, vector))
            if others:
                found.append(Example(asked_of, others, (False,) * len(others), False, group, vector))
        for title in there:
            for question in UNTOLD:
                retrieved = desk.find(Request(question.format(title)), k=DEPTH)
                evidence = tuple(composer.candidates(retrieved, retrieved.asked.entities))
                answers = (False,) * len(evidence)
                found.append(Example(retrieved.asked, evidence, answers, False, title, retrieved.vector))
    return found


def fit(some: Sequence[Example], source: Source) -> LogisticRegression:
    """Fit the regression to examples."""
    features, labels, weights = [], [], []
    for one in some:
        positives = sum(one.answers)
        negatives = len(one.answers) - positives
        for evidence, answers in zip(one.evidence, one.answers, strict=True):
            features.append(list(evidence.features.values()))
            labels.append(answers)
            without = 1.0 if positives else UNANSWERABLE[source]
            weights.append(10 / positives if answers else 10 * without / negatives)
    return LogisticRegression(C=1.0, max_iter=5000).fit(
        np.array(features), np.array(labels), sample_weight=weights
    )


def cross_validate(some: Sequence[Example], source: Source) -> list[np.ndarray]:
    """Return the likelihood of each example's sentences, by weights fitted without its group."""
    names = sorted({one.group for one in some})
    groups = [names.index(one.group) for one in some]
    likelihoods: list[np.ndarray] = [np.empty(0)] * len(some)
    for seen, unseen in GroupKFold(min(FOLDS, len(names))).split(groups, groups=groups):
        model = fit([some[place] for place in seen], source)
        for place in unseen:
            features = np.array([list(one.features.values()) for one in some[place].evidence])
            likelihoods[place] = model.predict_proba(features)[:, 1]
    return likelihoods


def read_again(
    some: Sequence[Example], likelihoods: Sequence[np.ndarray], rereader: Rereader
) -> list[Example]:
    """Return the examples with the sentences that are read again, as likely as weights that saw none say."""
    found = []
    for one, values in zip(some, likelihoods, strict=True):
        pairs = zip(one.evidence, values, strict=True)
        weighed = sorted((replace(piece, likelihood=float(v)) for piece, v in pairs), key=_unlikelihood)
        again = [
            piece
            for piece in rereader.reread(Found(one.asked, (), vector=one.vector), weighed)
            if piece.source == "reread"
        ]
        right = {(p.passage.id, p.rank): answer for p, answer in zip(one.evidence, one.answers, strict=True)}
        answers = tuple(right[piece.passage.id, piece.rank] for piece in again)
        if again:
            found.append(replace(one, evidence=tuple(again), answers=answers))
    return found


def _unlikelihood(one: Evidence) -> float:
    return -one.likelihood


def report(some: Sequence[Example], likelihoods: Sequence[np.ndarray]) -> str:
    """Return a table: what each threshold would give, and how well the two sorts are told apart."""
    lines = ["threshold  best is right  wrongly refused  rightly refused"]
    for threshold in (0.2, 0.3, 0.35, 0.4, 0.5, 0.6, 0.7):
        right, refused, kept_out = [], [], []
        for one, values in zip(some, likelihoods, strict=True):
            passing = [
                place
                for place, piece in enumerate(one.evidence)
                if values[place] >= threshold and fits(one.asked, piece.clause, piece.passage)
            ]
            if one.answerable:
                refused.append(not passing)
                right.append(bool(passing) and one.answers[max(passing, key=lambda p: values[p])])
            else:
                kept_out.append(not passing)
        cells = (f"{sum(some) / max(1, len(some)):.3f}" for some in (right, refused, kept_out))
        lines.append(f"{threshold:<9}  " + "  ".join(f"{cell:<13}" for cell in cells))
    area = roc_auc_score([one.answerable for one in some], [values.max() for values in likelihoods])
    return "\n".join([*lines, f"area under the curve: {area:.3f}"])


def write(fitted: Mapping[Source, Mapping[str, float]], file: Path = WEIGHTS) -> None:
    """Write the weights where the assistant reads them; those of a source that was not fitted stay."""
    before: dict[str, Any] = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    lines = ["# Written by `python -m evals.fitting --write`."]
    for source in SOURCES:
        values = fitted.get(source) or before.get(source, {})
        lines += ["", f"[{source}]", *(f"{name} = {value:.3f}" for name, value in values.items())]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def weights_of(model: LogisticRegression, some: Sequence[Example]) -> dict[str, float]:
    """Return the fitted weights by the name of their feature, the bias first.

    A feature that never varied has taught nothing: what it added goes to the bias.
    """
    names = list(some[0].evidence[0].features)
    values = np.array([list(piece.features.values()) for one in some for piece in one.evidence])
    constant = values.std(axis=0) == 0.0
    bias = float(model.intercept_[0] + model.coef_[0][constant] @ values[0][constant])
    weights = np.where(constant, 0.0, model.coef_[0])
    return {"bias": bias} | dict(zip(names, map(float, weights), strict=True))


def _ingested(passages: Sequence[Mapping[str, str]], folder: Path) -> Assistant:
    settings = read_settings(home=folder / "home", passage_size=4000)
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for one in passages:
        (documents / f"{one['id']}.md").write_text(f"# {one['title']}\n\n{one['text']}\n", encoding="utf-8")
    embedder = open_embedder(settings)
    Pipeline(settings, embedder=lambda: embedder, embedding_model=embedder.name).ingest([documents])
    current = CurrentIndex(Home(settings.home), embedding_model=embedder.name)
    return Assistant(current, embed=embedder.embed_questions, settings=settings)


def _read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def _answers(case: Case, one: Evidence) -> bool:
    said = [holds(one.clause.text, [group]) for group in case.facts]
    return bool(said) and sum(said) >= len(said) / 2


def _told(
    source: Source, some: Sequence[Example], fitted: dict[Source, dict[str, float]]
) -> list[np.ndarray]:
    """Fit the weights of one source, print what they are worth, and return the likelihoods by other folds."""
    likelihoods = cross_validate(some, source)
    fitted[source] = weights_of(fit(some, source), some)
    sys.stdout.write(f"{source}: {len(some)} questions\n{report(some, likelihoods)}\n")
    for name, value in fitted[source].items():
        sys.stdout.write(f"{name:<12} {value:+.2f}\n")
    return likelihoods


def main(arguments: Sequence[str] | None = None) -> None:
    """Fit, report, and write the weights if asked."""
    parser = argparse.ArgumentParser(prog="python -m evals.fitting", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, default=[SHIPPED])
    parser.add_argument("--prose", nargs=2, type=Path, metavar=("PASSAGES", "QUESTIONS"))
    parser.add_argument("--write", action="store_true", help="write the weights into the assistant")
    options = parser.parse_args(arguments)
    examples: dict[Source, list[Example]] = {}
    with TemporaryDirectory() as folder:
        if options.prose:
            passages, questions = options.prose
            examples["prose"] = from_prose(passages, questions, Path(folder))
        else:
            assistant, _ = open_assistant(read_settings(home=Path(folder)))
            examples["fiche"] = [
                one for file in options.files for one in from_golden(read_golden(file), assistant)
            ]
    fitted: dict[Source, dict[str, float]] = {}
    for source, some in examples.items():
        likelihoods = _told(source, some, fitted)
        if source == "prose":
            again = read_again(some, likelihoods, Rereader(open_embedder(read_settings()).embed_passages))
            _told("reread", again, fitted)
    if options.write:
        write(fitted)


if __name__ == "__main__":
    main()
