"""Answering: a warm answer, beside the embedding of its question alone."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.settings import read_settings
from evals.golden import SHIPPED, read_golden
from evals.opening import open_assistant

QUESTIONS = 150


def measure() -> Iterator[str]:
    """Yield the median milliseconds of an embedding and of an answer, in turn, and their ratio."""
    with TemporaryDirectory() as folder:
        assistant, embedder = open_assistant(read_settings(home=Path(folder)))
        questions = [case.question for case in read_golden(SHIPPED) if not case.follows][:QUESTIONS]
        for question in questions:
            assistant.ask(question)
        embeddings, answers = [], []
        for question in questions:
            embeddings.append(_milliseconds(lambda q=question: embedder.embed_questions([q])))
            answers.append(_milliseconds(lambda q=question: assistant.ask(q)))
    embedding, answer = statistics.median(embeddings), statistics.median(answers)
    yield f"embedding of the question: {embedding:.1f} ms; answer: {answer:.1f} ms (wanted: under 60)"
    yield f"answer / embedding: {answer / embedding:.2f} (wanted: 4 at most)"


def _milliseconds(work: object) -> float:
    assert callable(work)
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
