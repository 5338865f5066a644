"""Answering: a warm answer, beside the embedding of its question alone; on the shipped material and at size.

The 20,000 passages are those of `versioning`, with made-up vectors: what is measured is the search, not
its worth.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.chain import Assistant
from corpus.embedder import Embedder
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.settings import read_settings
from evals.bench.versioning import MadeUp, write_documents
from evals.golden import SHIPPED, read_golden
from evals.opening import open_assistant
from ingest.pipeline import Pipeline

QUESTIONS = 150
MANY = 20_000  # passages


def measure() -> Iterator[str]:
    """Yield the median milliseconds of an embedding and of an answer, in turn, and their ratio."""
    questions = [case.question for case in read_golden(SHIPPED) if not case.follows][:QUESTIONS]
    with TemporaryDirectory() as folder:
        assistant, embedder = open_assistant(read_settings(home=Path(folder)))
        _, embeddings, answers = _times(assistant, embedder, questions)
    embedding, answer = statistics.median(embeddings), statistics.median(answers)
    yield f"embedding of the question: {embedding:.1f} ms; answer: {answer:.1f} ms (wanted: under 60)"
    yield f"answer / embedding: {answer / embedding:.2f} (wanted: 4 at most)"
    with TemporaryDirectory() as folder:
        source, home = Path(folder) / "source", Path(folder) / "home"
        write_documents(source, files=100, passages=MANY)
        settings = read_settings(home=home)
        Pipeline(settings, embedder=MadeUp, embedding_model=MadeUp.name).ingest([source])
        current = CurrentIndex(Home(home), embedding_model=MadeUp.name)
        large = Assistant(
            current,
            embed=embedder.embed_questions,
            embed_sentences=embedder.embed_passages,
            settings=settings,
        )
        first, _, again = _times(large, embedder, questions)
        current.close()
    for when, answers in (("asked for the first time", first), ("asked again", again)):
        half, most = statistics.median(answers), statistics.quantiles(answers, n=20)[-1]
        said = f"answer among {MANY} passages, {when}: {half:.1f} ms (wanted: under 120)"
        yield f"{said}, 95 of 100 within {most:.1f} ms"


def _times(
    assistant: Assistant, embedder: Embedder, questions: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    """Return the milliseconds of each question's first answer, of its embedding, and of its answer again."""
    assistant.ask(questions[0])
    first = [_milliseconds(partial(assistant.ask, question)) for question in questions]
    embeddings, answers = [], []
    for question in questions:
        embeddings.append(_milliseconds(partial(embedder.embed_questions, [question])))
        answers.append(_milliseconds(partial(assistant.ask, question)))
    return first, embeddings, answers


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - begun)
