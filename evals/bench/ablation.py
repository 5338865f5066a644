"""`python -m evals.bench.ablation PASSAGES QUESTIONS`: what each signal of retrieval is worth.

Both files are JSON Lines, as for `evals.bench.peers`. The signals of every variant are weighed by a softmax
over the passages, fitted on some titles' questions and scored on the other titles' (9 folds): no question is
scored by weights that saw it. Won and lost count questions against the first variant.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import bm25s
import numpy as np
from scipy.optimize import minimize
from scipy.stats import binomtest
from sklearn.model_selection import GroupKFold

from assistant.chain import Assistant
from assistant.desk import Request
from assistant.retrieval import Lexicon, Retriever
from corpus.documents import Passage
from corpus.embedder import open_embedder
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.sentences import split_sentences
from corpus.settings import read_settings
from corpus.words import content, stem, words
from evals.metrics.intervals import interval
from ingest.pipeline import Pipeline

VARIANTS: tuple[tuple[str, ...], ...] = (
    ("meaning", "bm25"),
    ("meaning",),
    ("bm25",),
    ("meaning", "bm25", "title"),
    ("meaning", "bm25", "pairs"),
    ("meaning", "bm25", "near"),
    ("meaning", "bm25", "forms"),
    ("meaning", "bm25", "stems"),
    ("meaning", "bm25", "stems", "forms"),
    ("meaning", "bm25", "stems", "title", "pairs", "near"),
)
FOLDS = 9
_RIDGE = 1e-3


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a Markdown table, a row for each variant."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench.ablation", description=__doc__)
    parser.add_argument("passages", type=Path)
    parser.add_argument("questions", type=Path)
    options = parser.parse_args(arguments)
    passages, questions = _read(options.passages), _read(options.questions)
    questions = [one for one in questions if one.get("answerable", True)]
    with TemporaryDirectory() as folder:
        signals, gold, groups = _measured(passages, questions, Path(folder))
    print("| signals | hit@1 | 95 % | won | lost | p | weights |\n|---|---|---|---|---|---|---|")
    first: np.ndarray | None = None
    for variant in VARIANTS:
        stacked = np.stack([signals[name] for name in variant], axis=2)
        hits, weights = cross_validated(stacked, gold, groups)
        first = hits if first is None else first
        print(_row(variant, hits, first, weights, groups))


def cross_validated(
    signals: np.ndarray, gold: np.ndarray, groups: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return which questions have their passage first, (n,) bool, and the mean weights, summing to 1.

    `signals` is (questions, passages, signals), `gold` the place of each question's passage.
    """
    names = sorted(set(groups))
    numbers = [names.index(one) for one in groups]
    hits = np.zeros(len(gold), dtype=bool)
    weights = []
    for seen, unseen in GroupKFold(min(FOLDS, len(names))).split(gold, groups=numbers):
        fitted = fit(signals[seen], gold[seen])
        hits[unseen] = (signals[unseen] @ fitted).argmax(axis=1) == gold[unseen]
        weights.append(fitted / np.abs(fitted).sum())
    return hits, np.mean(weights, axis=0)


def fit(signals: np.ndarray, gold: np.ndarray) -> np.ndarray:
    """Return the weights under which the gold passages are likeliest (softmax, L2), (signals,)."""
    rows = np.arange(len(gold))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = signals @ weights
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        surprise = -np.log(shares[rows, gold] + 1e-12).mean() + _RIDGE * weights @ weights
        pull = (signals[rows, gold] - (shares[:, :, None] * signals).sum(axis=1)).mean(axis=0)
        return float(surprise), 2 * _RIDGE * weights - pull

    return np.asarray(minimize(loss, np.zeros(signals.shape[2]), jac=True, method="L-BFGS-B").x)


def _measured(
    passages: Sequence[Mapping[str, str]], questions: Sequence[Mapping[str, str]], folder: Path
) -> tuple[dict[str, np.ndarray], np.ndarray, list[str]]:
    """Ingest the passages and return every signal, (questions, passages), with gold places and titles."""
    settings = read_settings(home=folder / "home", passage_size=4000)
    documents = folder / "documents"
    documents.mkdir()
    for one in passages:
        (documents / f"{one['id']}.md").write_text(f"# {one['title']}\n\n{one['text']}\n", encoding="utf-8")
    embedder = open_embedder(settings)
    Pipeline(settings, embedder=lambda: embedder, embedding_model=embedder.name).ingest([documents])
    current = CurrentIndex(Home(settings.home), embedding_model=embedder.name)
    assistant = Assistant(current, embed=embedder.embed_questions, settings=settings)
    desk, held = assistant.desk(), assistant.index.passages
    retriever = Retriever(assistant.index, lexicon=Lexicon(held), embed=embedder.embed_questions)
    further = _further(held)
    rows: dict[str, list[np.ndarray]] = {}
    for one in questions:
        asked = desk.understand(Request(one["question"]))
        _, signals = retriever.signals(asked, embedder.embed_questions([asked.standalone])[0])
        signals |= {name: signal(asked.plain) for name, signal in further.items()}
        for name, values in signals.items():
            rows.setdefault(name, []).append(values)
    current.close()
    place = {passage.document_id: at for at, passage in enumerate(held)}
    gold = np.array([place[one["passage_id"]] for one in questions])
    return {name: np.array(some) for name, some in rows.items()}, gold, [held[at].title for at in gold]


def _further(held: Sequence[Passage]) -> dict[str, Callable[[str], np.ndarray]]:
    """Return the signals that were tried and left out."""
    sentences = [(at, one) for at, p in enumerate(held) for one in split_sentences(p.text)]
    owners = np.array([at for at, _ in sentences])
    titles = _binary([_tokens(passage.title) for passage in held])
    near = _binary([_tokens(one) for _, one in sentences])
    pairs = _binary([_pairs(_tokens(passage.embedded_text)) for passage in held])

    def best(values: np.ndarray) -> np.ndarray:
        found: np.ndarray = np.full(len(held), values.min())
        np.maximum.at(found, owners, values)
        return found

    return {
        "title": lambda question: _share(titles(_tokens(question))),
        "pairs": lambda question: _share(pairs(_pairs(_tokens(question)))),
        "near": lambda question: _share(best(near(_tokens(question)))),
    }


def _binary(texts: Sequence[Sequence[str]]) -> Callable[[Sequence[str]], np.ndarray]:
    scores = bm25s.BM25(k1=0.0, b=0.0)
    scores.index([list(text) or ["∅"] for text in texts], show_progress=False)
    known = {token for text in texts for token in text}

    def score(tokens: Sequence[str]) -> np.ndarray:
        found = [token for token in dict.fromkeys(tokens) if token in known]
        return np.asarray(scores.get_scores(found)) if found else np.zeros(len(texts))

    return score


def _tokens(text: str) -> list[str]:
    return [stem(word) for word in content(words(text))]


def _pairs(tokens: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(tokens)]


def _share(values: np.ndarray) -> np.ndarray:
    return values / values.max() if values.max(initial=0.0) > 0 else values


def _row(
    variant: Sequence[str], hits: np.ndarray, first: np.ndarray, weights: np.ndarray, groups: Sequence[str]
) -> str:
    found = interval([float(hit) for hit in hits], clusters=groups)
    bounds = f"{found.low:.3f} to {found.high:.3f}" if found else ""
    won, lost = int((hits & ~first).sum()), int((first & ~hits).sum())
    p = binomtest(won, won + lost).pvalue if won + lost else 1.0
    spelt = ", ".join(f"{weight:.2f}" for weight in weights)
    cells = [" + ".join(variant), f"{hits.mean():.3f}", bounds, str(won), str(lost), f"{p:.3f}", spelt]
    return f"| {' | '.join(cells)} |"


def _read(file: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
