"""Ours: a file for each passage, a whole ingest with its reading and publishing, and `search`."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.chain import Assistant
from corpus.embedder import open_embedder
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.settings import read_settings
from evals.bench.peers.job import DEPTH, Job, Search, perform
from ingest.pipeline import Pipeline


def index(job: Job) -> Search:
    source = job.folder / "source"
    source.mkdir()
    for id_, text in job.passages:
        (source / f"{id_}.txt").write_text(text, encoding="utf-8")
    settings = read_settings(home=job.folder / "home")
    embedder = open_embedder(settings)
    Pipeline(settings, embedder=lambda: embedder, embedding_model=embedder.name).ingest([source])
    current = CurrentIndex(Home(settings.home), embedding_model=embedder.name)
    assistant = Assistant(current, embed=embedder.embed_questions, settings=settings)

    def search(question: str) -> Sequence[str]:
        found = (hit.passage.file for hit in assistant.search(question, k=DEPTH))
        return list(dict.fromkeys(file.removesuffix(".txt") for file in found))

    return search


if __name__ == "__main__":
    perform(index)
