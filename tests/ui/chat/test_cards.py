"""A card names what a source is about, and shows the passage that is quoted."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from assistant.answer import DocumentRef, InitiativeRef, ThemeRef
from tests.ui.chat.test_prose import elements
from tests.ui.fakes import answer, citation
from ui.chat.cards import card_to_html, passage_to_html
from ui.chat.conversation import Exchange
from ui.chat.exchanges import exchange_to_html

EVIL = '"><img src=x onerror=alert(1)>'


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


def test_a_card_opens_the_document_at_its_page_with_the_words() -> None:
    html = card_to_html(citation(), number=1, language="fr")
    links = [value for name, value in elements(html).attributes if name == "href"]
    [address] = [link for link in links if link.startswith("/documents/")]
    asked = parse_qs(urlsplit(address).query)
    assert urlsplit(address).path == "/documents/houlocoop"
    assert asked["page"] == ["4"]
    assert asked["quote"] == [citation().quote]
