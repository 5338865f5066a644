"""One quiet line says how an answer was made."""

from __future__ import annotations

from typing import get_args

import pytest

from assistant.answer import Generation
from assistant.chat.calling import Failure
from corpus.documents import Language
from tests.ui.fakes import answer
from ui.chat.conversation import Exchange
from ui.chat.exchanges import exchange_to_html
from ui.chat.making import made_of
from ui.terminal import answer_lines

DONE = Generation("mistralai:mistral-small-latest", shown=2)


def made(language: Language = "fr", **fields: object) -> str:
    return made_of(answer(generation=Generation("fake:x", **fields)), language).replace("\u00a0", " ")  # type: ignore[arg-type]


def test_without_a_chat_model_nothing_is_said() -> None:
    assert made_of(answer(), "fr") == ""


def test_who_worded_it_and_what_was_taken_out_is_said() -> None:
    assert made(shown=2, dropped=2) == (
        "Rédigé par x, vérifié phrase à phrase · 2 phrases non sourcées retirées"
    )
    assert made("en", shown=1, dropped=1) == (
        "Worded by x, checked sentence by sentence · 1 unsourced sentence removed"
    )


@pytest.mark.parametrize("failure", get_args(Failure))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_failure_has_its_words(failure: str, language: Language) -> None:
    assert made(language, failure=failure)
    assert made(language, failure=failure, shown=1) != made(language, failure=failure)


def test_the_page_and_the_terminal_say_it() -> None:
    given = answer(generation=DONE)
    page = exchange_to_html(Exchange(1, "Combien ?", given, complete=True), "fr")
    assert '<p class="made">Rédigé par mistral-small-latest' in page
    assert '<p class="made">' not in exchange_to_html(Exchange(1, "Combien ?", given), "fr")
    assert any("Rédigé par mistral-small-latest" in line for line in answer_lines(given))


def test_a_models_name_is_escaped() -> None:
    given = answer(generation=Generation("fake:<b>", shown=1))
    assert "<b>" not in exchange_to_html(Exchange(1, "Combien ?", given, complete=True), "fr")
