"""Documents without a catalogue are answered from as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.chain import Assistant
from corpus.home import Home
from corpus.index import CurrentIndex
from tests.fakes import FakeEmbedder, open_pipeline, settings_of

SLIDES = """\
FILETS ET RECYCLAGE

Un chalut usé pèse deux tonnes et finit souvent enfoui.

Exemple 1 : Filaplage https://filaplage.example/

Filaplage emploie 14 personnes à Lorient. Créée en 2009, elle file le nylon des vieux chaluts.

Force de cette initiative : rendre aux ports ce que la mer leur a pris.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("slides")
    (folder / "slides.txt").write_text(SLIDES, encoding="utf-8")
    settings = settings_of(folder / "home")
    embedder = FakeEmbedder()
    open_pipeline(folder / "home").ingest([Path(folder / "slides.txt")])
    current = CurrentIndex(Home(settings.home), embedding_model=embedder.name)
    return Assistant(current, embed=embedder.embed_questions, settings=settings)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Combien de personnes emploie Filaplage ?", "14 personnes"),
        ("Quelle est la force de Filaplage ?", "rendre aux ports"),
        ("Quand Filaplage a-t-elle été créée ?", "2009"),
    ],
)
def test_a_plain_text_answers(assistant: Assistant, question: str, words: str) -> None:
    answer = assistant.ask(question)
    assert words in answer.text
    assert {one.document.file for one in answer.citations} == {"slides.txt"}


@pytest.mark.parametrize("question", ["Quels sont les thèmes ?", "Quel est le budget de Filaplage ?"])
def test_what_a_plain_text_does_not_hold_is_refused(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained
