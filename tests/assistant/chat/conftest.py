"""Assistants over the invented think tank whose answers a scripted model words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel

from assistant.chain import Assistant
from corpus.index import CurrentIndex
from tests.chat_fakes import chat_of
from tests.fakes import FakeEmbedder, ingested, settings_of

Worded = Callable[..., Assistant]


@pytest.fixture(scope="session")
def index(tmp_path_factory: pytest.TempPathFactory) -> CurrentIndex:
    return ingested(tmp_path_factory.mktemp("worded"))


@pytest.fixture
def worded(index: CurrentIndex, tmp_path_factory: pytest.TempPathFactory) -> Worded:
    """Return a function that opens an assistant with a model; further words go to `chat_of`."""

    def worded(model: BaseChatModel, *, kept: int = 500, **named: Any) -> Assistant:
        settings = settings_of(tmp_path_factory.mktemp("home")).model_copy(update={"chat_kept": kept})
        embedder = FakeEmbedder()
        return Assistant(
            index,
            embed=embedder.embed_questions,
            embed_sentences=embedder.embed_passages,
            settings=settings,
            chat=chat_of(model, **named),
        )

    return worded
