"""Opening: the assistant that the settings describe, on an index of the shipped material."""

from __future__ import annotations

from assistant.chain import Assistant
from assistant.chat.opening import Chat
from corpus.embedder import Embedder, open_embedder
from corpus.home import Home
from corpus.index import CurrentIndex
from corpus.settings import Settings
from ingest.pipeline import Pipeline


def open_assistant(settings: Settings, *, chat: Chat | None = None) -> tuple[Assistant, Embedder]:
    """Return an assistant over the shipped material, ingested first where the home does not hold it yet.

    `chat` words its answers.
    """
    embedder = open_embedder(settings)
    pipeline = Pipeline(settings, embedder=lambda: embedder, embedding_model=embedder.name)
    pipeline.ingest([settings.material])
    current = CurrentIndex(Home(settings.home, ledger=settings.ledger), embedding_model=embedder.name)
    assistant = Assistant(
        current,
        embed=embedder.embed_questions,
        embed_sentences=embedder.embed_passages,
        settings=settings,
        chat=chat,
    )
    return assistant, embedder
