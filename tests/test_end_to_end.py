"""The real commands and the real server, with the real model and store, on the shipped material."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import write
from tests.server import PROJECT, served

pytestmark = pytest.mark.slow

MATERIAL = PROJECT / "corpus" / "material"
FICHES = len(list(MATERIAL.rglob("*.md")))
FRENCH = "Combien de personnes travaillent chez DSI ?"
ENGLISH = "How many people does DSI employ?"
UNANSWERABLE = "Quel est le budget annuel de Coopaname ?"
NOTE = """\
# La Ruche des Aravis

La Ruche des Aravis est une coopérative de Thônes. Elle entretient 47 ruches partagées depuis 2013.
"""
ABOUT_THE_NOTE = "Combien de ruches entretient la Ruche des Aravis ?"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that the real `ingest` filled with the shipped material."""
    home = tmp_path_factory.mktemp("home") / "home"
    assert f"+{FICHES} documents" in passerelle(home, "ingest")
    return home


def passerelle(home: Path, *arguments: str, code: int = 0) -> str:
    """Run a command in a process of its own, and return what it wrote to standard output."""
    environment = {**os.environ, "PASSERELLE_HOME": str(home), "LC_ALL": "fr_FR.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "ui", *arguments]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout


def ask(home: Path, question: str) -> dict[str, Any]:
    """Return the answer that the command gives."""
    answer: dict[str, Any] = json.loads(passerelle(home, "ask", question, "--json"))
    return answer


def post(address: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Return what the server answers to a body of JSON."""
    request = urllib.request.Request(
        f"{address}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=60) as response:
        answer: dict[str, Any] = json.load(response)
    return answer


def unsupported(answer: dict[str, Any], folder: Path = MATERIAL) -> list[str]:
    """Return each sentence that no quote carries, and each quote not verbatim in its passage and file.

    An abstention says nothing of the material, so its sentences need no quote.
    """
    quotes = {citation["marker"]: citation["quote"] for citation in answer["citations"]}
    bare = [
        sentence["text"]
        for sentence in answer["sentences"]
        if not answer["abstained"]
        if not sentence["markers"] or not all(quotes.get(marker) for marker in sentence["markers"])
    ]
    invented = [
        citation["quote"]
        for citation in answer["citations"]
        for text in [(folder / citation["document"]["file"]).read_text(encoding="utf-8")]
        if not (citation["quote"] in citation["passage"] and citation["passage"] in text)
    ]
    return bare + invented


def test_an_invented_quote_or_a_bare_sentence_would_be_noticed() -> None:
    file = "initiatives/dsi.md"
    passage = (MATERIAL / file).read_text(encoding="utf-8")[-200:]
    citation = {"marker": 1, "quote": "jamais dit", "passage": passage, "document": {"file": file}}
    sentences = [{"text": "Jamais dit.", "markers": []}]
    assert unsupported({"abstained": True, "sentences": sentences, "citations": []}) == []
    answer = {"abstained": False, "sentences": sentences, "citations": [citation]}
    assert unsupported(answer) == ["Jamais dit.", "jamais dit"]


def test_the_material_is_listed_by_document_theme_and_initiative(home: Path) -> None:
    assert passerelle(home, "documents").startswith(f"Version 1 : {FICHES} documents, ")
    catalogue = json.loads(passerelle(home, "catalogue", "--json"))
    for kind in ("themes", "initiatives"):
        assert {one["id"] for one in catalogue[kind]} == {file.stem for file in (MATERIAL / kind).iterdir()}


def test_a_search_finds_the_fiche_that_a_question_is_about(home: Path) -> None:
    passages = json.loads(passerelle(home, "search", FRENCH, "--k", "5", "--json"))["passages"]
    assert len(passages) == 5
    assert passages[0]["initiative"]["id"] == "dsi"


@pytest.mark.parametrize(("question", "language"), [(FRENCH, "fr"), (ENGLISH, "en")])
def test_an_answer_is_quoted_word_for_word_from_the_material(
    home: Path, question: str, language: str
) -> None:
    answer = ask(home, question)
    assert answer["language"] == language
    assert "800" in answer["text"]
    assert answer["citations"]
    assert answer["citations"][0]["initiative"]["id"] == "dsi"
    assert unsupported(answer) == []


def test_what_the_material_does_not_say_is_not_answered(home: Path) -> None:
    answer = ask(home, UNANSWERABLE)
    assert answer["abstained"]
    assert answer["sentences"][0]["markers"] == []
    assert {one["initiative"]["id"] for one in answer["citations"]} == {"coopaname"}


def test_a_document_is_answered_from_until_it_is_forgotten(home: Path, tmp_path: Path) -> None:
    write(tmp_path / "ruche-des-aravis.md", NOTE)
    assert ask(home, ABOUT_THE_NOTE)["citations"] == []
    assert "+1 document\n" in passerelle(home, "ingest", str(tmp_path / "ruche-des-aravis.md"))
    answer = ask(home, ABOUT_THE_NOTE)
    assert "47" in answer["text"]
    assert {citation["document"]["id"] for citation in answer["citations"]} == {"ruche-des-aravis"}
    assert unsupported(answer, tmp_path) == []
    assert "1 retiré\n" in passerelle(home, "forget", "ruche-des-aravis")
    assert "47" not in ask(home, ABOUT_THE_NOTE)["text"]
    assert "ruche-des-aravis" not in passerelle(home, "documents")
    passerelle(home, "forget", "ruche-des-aravis", code=1)


def answer_of(address: str, question: str, *, version: int) -> dict[str, Any]:
    """Ask until a version answers: while the server opens it, the one before still does."""
    for _ in range(100):
        answer = post(address, "api/ask", {"question": question})
        if answer["index_version"] == version:
            return answer
        time.sleep(0.1)
    raise AssertionError(answer["index_version"])


def test_the_server_fills_an_empty_home_and_answers_as_the_commands_do(home: Path, tmp_path: Path) -> None:
    own = tmp_path / "home"
    with served(own, log=tmp_path / "log") as address:
        for question in (FRENCH, ENGLISH, UNANSWERABLE):
            answer, same = post(address, "api/ask", {"question": question}), ask(home, question)
            assert unsupported(answer) == []
            for one in (answer, same):
                one.pop("timings_ms")
                one.pop("index_version")
            assert answer == same
        [best] = post(address, "api/search", {"question": FRENCH, "k": 1})["passages"]
        assert best["initiative"]["id"] == "dsi"

        write(tmp_path / "ruche-des-aravis.md", NOTE)
        passerelle(own, "ingest", str(tmp_path / "ruche-des-aravis.md"))
        answer = answer_of(address, ABOUT_THE_NOTE, version=2)
        assert "47" in answer["text"]
        assert unsupported(answer, tmp_path) == []
        passerelle(own, "forget", "ruche-des-aravis")
        answer = answer_of(address, ABOUT_THE_NOTE, version=3)
        assert "47" not in answer["text"]
    with pytest.raises(urllib.error.URLError):
        post(address, "api/ask", {"question": FRENCH})
