"""An assistant over the invented think tank, opened once."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.desk import Desk
from tests.fakes import FakeEmbedder, ingested, settings_of


@pytest.fixture(scope="session")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("marees")
    settings = settings_of(folder / "home")
    return Assistant(ingested(folder), embed=FakeEmbedder().embed_questions, settings=settings)


@pytest.fixture(scope="session")
def desk(assistant: Assistant) -> Desk:
    return assistant.desk()
