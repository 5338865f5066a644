"""Reports and news: what a title holds, how an office is named, and that a question is no answer."""

from __future__ import annotations

import pytest

from assistant.chain import Assistant
from assistant.demands import fits, tells_numbers
from assistant.desk import Request
from assistant.question import Asked
from corpus.documents import Passage
from corpus.sentences import clauses
from tests.fakes import bags, open_index, open_pipeline, settings_of, write

PRIZE = """\
# Prix du Goéland 2021 : palmarès

Le jury, présidé par la navigatrice Solenn Kerval, avait 48 candidatures à départager.

Le premier prix est allé à la coopérative Vent Debout de Paimpol. Elle répare des voiles. Elle les loue aussi.
"""
WORKSHOP = """\
# Atelier du 4 mars : créer une régie de port

Comment créer une régie de port, et avec quelles voix ? Les élus de Paimpol raconteront leur première année.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("prose")
    write(folder / "documents" / "prix.md", PRIZE)
    write(folder / "documents" / "atelier.md", WORKSHOP)
    open_pipeline(folder / "home").ingest([folder / "documents"])
    return Assistant(
        open_index(folder / "home"),
        embed=bags,
        embed_sentences=bags,
        settings=settings_of(folder / "home"),
    )


def asked_of(assistant: Assistant, question: str, file: str) -> tuple[Asked, Passage]:
    desk = assistant.desk()
    passage = next(one for one in desk.index.passages if one.file == file)
    return desk.understand(Request(question)), passage


def test_a_year_may_stand_in_the_title_alone(assistant: Assistant) -> None:
    assert tells_numbers(*asked_of(assistant, "Qui a reçu le premier prix en 2021 ?", "prix.md"))
    assert not tells_numbers(*asked_of(assistant, "Qui a reçu le premier prix en 2019 ?", "prix.md"))


def test_an_office_is_named_by_any_word_made_from_it(assistant: Assistant) -> None:
    asked, passage = asked_of(assistant, "Qui était la présidente du jury ?", "prix.md")
    jury, prize, *_ = clauses(passage.text)
    assert fits(asked, jury, passage)
    assert not fits(asked, prize, passage)
    treasurer, _ = asked_of(assistant, "Qui était le trésorier du jury ?", "prix.md")
    assert not fits(treasurer, jury, passage)


def test_what_a_document_asks_is_never_quoted_as_an_answer(assistant: Assistant) -> None:
    for question in ("Comment créer une régie de port ?", "Avec quelles voix créer une régie de port ?"):
        assert not any(one.quote.endswith("?") for one in assistant.ask(question).citations)
