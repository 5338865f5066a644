"""A running service answers from the version that is current, however it was published, without a restart."""

from __future__ import annotations

import logging
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.chain import Assistant
from corpus.apart import python
from corpus.home import Home
from ingest.publishing import Publisher
from tests.fakes import FICHES, FakeEmbedder, open_pipeline, write, write_fiches
from tests.ui.fakes import open_with
from ui.web import service as service_module
from ui.web.service import Service

QUESTION = "Combien de sociétaires a Houlocoop ?"
FICHE = FICHES["initiatives/houlocoop.md"].replace("350", "475")
LIMIT = 60  # seconds that a condition is waited for


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose first version holds the fiches."""
    open_pipeline(tmp_path / "home").ingest([write_fiches(tmp_path / "material")])
    return tmp_path / "home"


@pytest.fixture
def service(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """A service that answers from that home."""
    monkeypatch.setattr(service_module, "FOLLOWS", 0.01)
    running = Service(open_with(home)().assistant)
    running.start()
    running.wait(LIMIT)
    yield running
    running.stop()


def until(holds: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    end = time.monotonic() + LIMIT
    while not holds():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def publish_another(home: Path, *, publish: bool = True) -> None:
    """Ingest an edited fiche, as somebody else does."""
    file = write(home.parent / "material" / "initiatives" / "houlocoop.md", FICHE)
    open_pipeline(home).ingest([file], publish=publish)


def test_a_version_that_is_published_is_answered_from(home: Path, service: Service) -> None:
    before = service.assistant.ask(QUESTION)
    publish_another(home)
    until(lambda: service.assistant.index.number == 2)
    after = service.assistant.ask(QUESTION)
    assert ("350" in before.text, before.index_version) == (True, 1)
    assert ("475" in after.text, "350" in after.text, after.index_version) == (True, False, 2)


def test_a_version_that_another_process_publishes_is_answered_from(home: Path, service: Service) -> None:
    write(home.parent / "material" / "initiatives" / "houlocoop.md", FICHE)
    command = python("tests.ui.test_following", str(home), str(home.parent / "material"))
    subprocess.run(**command, check=True, timeout=LIMIT)
    until(lambda: service.assistant.index.number == 2)
    assert "475" in service.assistant.ask(QUESTION).text


def test_a_step_back_is_followed(home: Path, service: Service) -> None:
    publish_another(home)
    until(lambda: service.assistant.index.number == 2)
    Publisher(Home(home), embedding_model="fake-64").rollback()
    until(lambda: service.assistant.index.number == 1)
    assert "350" in service.assistant.ask(QUESTION).text


def test_an_answer_in_flight_ends_on_the_version_that_it_began_with(home: Path, service: Service) -> None:
    growing = service.assistant.stream("Présente Houlocoop")
    first = next(growing)
    publish_another(home)
    until(lambda: service.assistant.index.number == 2)
    rest = list(growing)
    assert len(rest) > 1
    assert {one.index_version for one in (first, *rest)} == {1}
    assert ("350" in rest[-1].text, "475" in rest[-1].text) == (True, False)


def test_a_version_is_ready_before_anybody_asks(home: Path, service: Service) -> None:
    assistant = service.assistant
    assert isinstance(assistant, Assistant)
    publish_another(home)
    until(lambda: assistant._desk is not None and assistant._desk.index.number == 2)


def test_a_published_version_that_cannot_be_used_is_logged_once_and_the_one_before_answers(
    home: Path, service: Service, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []
    follow = Assistant.follow

    def counted(assistant: Assistant) -> int:
        looks.append(1)
        return follow(assistant)

    with caplog.at_level(logging.ERROR):
        open_pipeline(home, embedder=FakeEmbedder("fake-other")).rebuild()
        until(lambda: "fake-other" in caplog.text)
        monkeypatch.setattr(Assistant, "follow", counted)
        until(lambda: len(looks) > 5)
    assert service.assistant.ask(QUESTION).index_version == 1
    assert caplog.text.count("was built with the embedding model 'fake-other'") == 1


if __name__ == "__main__":
    open_pipeline(Path(sys.argv[1])).ingest([Path(sys.argv[2])])
