"""The assistant is loaded behind an open door."""

from __future__ import annotations

import logging
import threading

import pytest

from corpus.errors import AssistantNotReady, IndexMissing, PasserelleError
from tests.ui.fakes import FakeAssistant, failed, ready
from ui.web.service import Service


def test_one_may_ask_as_soon_as_it_is_loaded_and_not_before() -> None:
    gate = threading.Event()

    def load() -> FakeAssistant:
        gate.wait(10)
        return FakeAssistant()

    service = Service(load)
    service.start()
    with pytest.raises(AssistantNotReady):
        _ = service.assistant
    gate.set()
    service.wait(10)
    assert service.state == "ready"
    assert service.assistant.index.number == 3


def test_it_is_loaded_once() -> None:
    loads: list[int] = []

    def load() -> FakeAssistant:
        loads.append(1)
        return FakeAssistant()

    service = Service(load)
    for _ in range(3):
        service.start()
    service.wait(10)
    assert loads == [1]


def test_why_it_could_not_be_loaded_is_said_to_everyone_who_asks() -> None:
    service = failed(IndexMissing(home="/somewhere"))
    for _ in range(2):
        with pytest.raises(IndexMissing, match="/somewhere"):
            _ = service.assistant
    assert service.state == "failed"


def test_a_bug_while_loading_is_logged_and_said_without_its_traceback(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        service = failed(ZeroDivisionError("inside"))
    with pytest.raises(PasserelleError) as raised:
        _ = service.assistant
    assert "inside" not in str(raised.value)
    assert "ZeroDivisionError: inside" in caplog.text


def test_the_traceback_of_a_failure_does_not_grow() -> None:
    service = failed(IndexMissing(home="/somewhere"))
    depths = []
    for _ in range(3):
        with pytest.raises(IndexMissing) as raised:
            _ = service.assistant
        depths.append(len(raised.traceback))
    assert len(set(depths)) == 1


def test_a_loaded_service_keeps_its_assistant() -> None:
    service = ready()
    assert service.assistant is service.assistant
