"""Transport, streaming, usage, errors and ends of calls with a real OpenAI-compatible server.

The model has 135 million parameters: what it says is worth nothing, and that none of it is shown is tested
too.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from langchain_core.messages import HumanMessage

from assistant.chain import Assistant
from assistant.chat.budget import Budget
from assistant.chat.calling import Call, Caller, ModelFailed
from assistant.chat.model import open_chat_model
from assistant.chat.opening import Chat
from assistant.chat.probing import probe
from corpus.settings import PROJECT, Settings
from tests.assistant.chat.test_writing import assert_held
from tests.fakes import FakeEmbedder, ingested, settings_of

GOES_ON: dict[str, Any] = {"extra_body": {"ignore_eos": True}}
"""To its limit, whatever it would say."""
ASKED = [HumanMessage("Count from one to two hundred in words.")]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    address, process = _started()
    yield address
    process.kill()
    process.wait(20)


def _started() -> tuple[str, subprocess.Popen[bytes]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.llm.server", str(port)]
    process = subprocess.Popen(
        command, cwd=PROJECT, env=dict(os.environ), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return f"{address}/v1", process
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not open")


def caller(address: str, *, seconds: float = 60.0, **options: Any) -> Caller:
    name = f"openai:smollm2@{address}"
    settings = Settings(chat_model=name, chat_seconds=seconds, chat_options=options)
    return Caller(open_chat_model(name, settings, tokens=120), seconds=seconds, tries=1)


def busy(address: str) -> bool:
    with urllib.request.urlopen(f"{address.removesuffix('/v1')}/slots", timeout=5) as answer:
        return any(slot["is_processing"] for slot in json.load(answer))


def test_the_probe_says_what_came_back(server: str) -> None:
    found = probe(caller(server))
    assert found.failure is None
    assert found.said
    assert found.tokens > 0


def test_it_streams_and_counts(server: str) -> None:
    call = Call()
    pieces = [piece for piece in caller(server, **GOES_ON).stream(ASKED, call) if piece]
    assert len(pieces) > 20
    assert call.usage.counted
    assert call.usage.tokens_out == pytest.approx(len(pieces), abs=5)
    assert call.cut


def test_a_request_that_it_refuses_is_refused(server: str) -> None:
    with pytest.raises(ModelFailed) as raised:
        caller(server, extra_body={"n_predict": "many"}).ask(ASKED, Call(), seconds=20)
    assert raised.value.failure in ("refused", "broken")
    assert raised.value.status


def test_who_leaves_ends_the_work_of_the_server(server: str) -> None:
    stream = caller(server, **GOES_ON).stream(ASKED, Call())
    with closing(stream):
        assert next(piece for piece in stream if piece)
        assert busy(server)
    end = time.monotonic() + 10
    while busy(server) and time.monotonic() < end:
        time.sleep(0.05)
    assert not busy(server)


def test_the_deadline_ends_it_too(server: str) -> None:
    with pytest.raises(ModelFailed) as raised:
        caller(server, seconds=1.0, max_tokens=6000, **GOES_ON).ask(ASKED, Call(), seconds=1.0)
    assert raised.value.failure == "slow"


def opened(folder: Path, chat: Caller) -> Assistant:
    embedder = FakeEmbedder()
    return Assistant(
        ingested(folder),
        embed=embedder.embed_questions,
        embed_sentences=embedder.embed_passages,
        settings=settings_of(folder / "home").model_copy(update={"chat_kept": 0}),
        chat=Chat(chat, Budget("smollm2")),
    )


def test_what_it_says_is_shown_only_where_it_holds(server: str, tmp_path: Path) -> None:
    assistant = opened(tmp_path, caller(server))
    for question in (
        "C'est quoi Houlocoop ?",
        "Combien de sociétaires compte Houlocoop ?",
        "What is Houlocoop?",
    ):
        answer = assistant.ask(question)
        assert answer.sentences
        assert answer.generation
        assert answer.generation.tokens_in > 0
        assert_held(answer, assistant)


def test_a_server_killed_amid_an_answer_leaves_an_answer(tmp_path: Path) -> None:
    address, process = _started()
    assistant = opened(tmp_path, caller(address, max_tokens=6000, **GOES_ON))
    answers = assistant.stream("Combien de sociétaires compte Houlocoop ?")
    next(answers)
    begun = time.monotonic()
    process.kill()
    *_, last = answers
    assert "350" in last.text
    assert last.generation
    assert last.generation.failure in ("cut", "unreachable")
    print(f"answered {time.monotonic() - begun:.2f} s after the server was killed")
    assert assistant.ask("Quelle est la force de Varech'Lab ?").mode == "extractive"
    process.wait(20)
