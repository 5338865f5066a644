"""An exchange shows its question, its answer and a card for each source."""

from __future__ import annotations

import pytest

from assistant.answer import DocumentRef, InitiativeRef, ThemeRef
from tests.ui.chat.test_prose import elements
from tests.ui.fakes import answer, citation
from ui.chat.cards import card_to_html, exchange_to_html, exchanges_to_html, passage_to_html
from ui.chat.conversation import Exchange

EVIL = '"><img src=x onerror=alert(1)>'


def exchange(**fields: object) -> Exchange:
    return Exchange(1, "Combien de sociétaires ?", answer(**fields), complete=True)  # type: ignore[arg-type]


def test_a_card_names_initiative_theme_territory_link_document_and_page() -> None:
    html = card_to_html(citation(), number=3, language="fr")
    assert 'id="source-3-1"' in html
    for shown in ("Houlocoop", "Énergies de la houle", "Audierne", "initiatives/houlocoop.md", "p. 4"):
        assert shown in html
    assert (
        '<a class="out" href="https://houlocoop.example/" target="_blank" rel="noopener noreferrer"' in html
    )


def test_the_quote_is_highlighted_inside_its_passage() -> None:
    assert (
        passage_to_html(citation()) == "<mark>Houlocoop réunit 350 sociétaires.</mark> Elle est née en 2011."
    )


@pytest.mark.parametrize("quote", ["", "ce que le passage ne dit pas"])
def test_a_quote_that_is_not_there_highlights_nothing(quote: str) -> None:
    assert passage_to_html(citation(quote=quote)) == citation().passage


def test_a_source_without_initiative_theme_or_page_is_named_by_its_document() -> None:
    html = card_to_html(citation(initiative=None, theme=None, page=None), number=1, language="en")
    assert "<strong>Houlocoop</strong>" in html
    assert "Territory" not in html
    assert "p. " not in html


def test_everything_from_documents_is_escaped() -> None:
    evil = citation(
        document=DocumentRef(EVIL, EVIL, EVIL),
        theme=ThemeRef(EVIL, EVIL),
        initiative=InitiativeRef(EVIL, EVIL, f"javascript:{EVIL}", EVIL),
        passage=f"{EVIL} et {EVIL}",
        quote=EVIL,
    )
    said = answer(f"{EVIL} [1]", citations=(evil,), standalone_question=EVIL)
    html = exchange_to_html(Exchange(1, EVIL, said, complete=True), "fr")
    found = elements(html)
    assert not {"img", "script"} & set(found.tags)
    assert not any(name.startswith("on") for name, _ in found.attributes)
    assert not any(value.startswith("javascript:") for _, value in found.attributes)


def test_every_marker_has_a_card_and_every_card_a_way_back() -> None:
    links = [
        value for name, value in elements(exchange_to_html(exchange(), "fr")).attributes if name == "href"
    ]
    ids = [value for name, value in elements(exchange_to_html(exchange(), "fr")).attributes if name == "id"]
    assert [link.removeprefix("#") for link in links if link.startswith("#") and link[1:] not in ids] == []
    assert len(ids) == len(set(ids))


def test_ids_of_different_answers_differ() -> None:
    two = (exchange(), Exchange(2, "Où ?", answer(), complete=True))
    ids = [value for name, value in elements(exchanges_to_html(two, "fr")).attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_a_rewritten_question_is_shown_and_an_unchanged_one_is_not() -> None:
    assert "understood" in exchange_to_html(exchange(standalone_question="Où est Houlocoop ?"), "fr")
    assert "understood" not in exchange_to_html(exchange(standalone_question="combien de sociétaires"), "fr")


def test_an_abstention_looks_different_and_has_no_sources() -> None:
    html = exchange_to_html(
        exchange(abstained=True, citations=(), text="Les documents ne le disent pas."), "fr"
    )
    assert 'class="exchange abstained"' in html
    assert "Sans réponse" in html
    assert "sources" not in html


def test_a_question_without_answer_yet_says_that_it_is_looked_for() -> None:
    html = exchange_to_html(Exchange(1, "Où ?"), "en")
    assert 'class="exchange answering"' in html
    assert "Searching" in html


def test_the_answer_says_its_language_whatever_that_of_the_page() -> None:
    html = exchange_to_html(exchange(language="fr"), "en")
    assert '<div class="answer" lang="fr">' in html
    assert "Website" in html
