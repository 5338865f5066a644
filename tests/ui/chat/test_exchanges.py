"""An exchange shows its question, its answer, where that comes from, and what can be done with it."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from assistant.answer import Searched
from tests.ui.chat.test_prose import elements
from tests.ui.fakes import answer
from ui.chat.conversation import Exchange
from ui.chat.exchanges import (
    exchange_to_html,
    exchanges_to_html,
    provenance_to_html,
    share_address,
    tools_to_html,
)

EVIL = '"><img src=x onerror=alert(1)>'
SEARCHED = Searched(passages=101, documents=19, read=8, titles=("Houlocoop", EVIL), names=("Houlocoop",))


def exchange(**fields: object) -> Exchange:
    return Exchange(1, "Combien de sociétaires ?", answer(**fields), complete=True)  # type: ignore[arg-type]


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


def test_where_an_answer_comes_from_says_what_was_searched_and_how_much() -> None:
    html = provenance_to_html(exchange(searched=SEARCHED, timings_ms={"total": 21.4}), "fr")
    for shown in ("101 passages de 19 documents (index version 3)", "8 passages, de", "Houlocoop", "21 ms"):
        assert shown in html.replace("\u00a0", " ")
    assert "<img" not in html


def test_an_abstention_says_that_no_passage_answers() -> None:
    said = exchange(searched=SEARCHED, abstained=True, citations=())
    assert "no passage answers" in provenance_to_html(said, "en")


def test_an_answer_restricted_to_themes_says_so() -> None:
    searched = replace(SEARCHED, themes=("Énergies de la houle",))
    html = exchange_to_html(exchange(searched=searched), "fr").replace("\u00a0", " ")
    assert "Thèmes retenus : Énergies de la houle" in html


def test_a_link_to_share_asks_the_question_as_it_was_understood() -> None:
    address = share_address(answer(standalone_question="Où est Houlocoop & Cie ?"), ("houle", "ports"))
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"q": ["Où est Houlocoop & Cie ?"], "themes": ["houle,ports"]}
    assert urlsplit(address).path == "/"


def test_an_opinion_is_asked_for_only_where_it_can_be_kept() -> None:
    assert "thumb" not in tools_to_html(exchange(), "fr", opinions=False)
    html = tools_to_html(exchange(), "fr", opinions=True)
    assert html.count('aria-pressed="false"') == 2
    assert '<form class="opinion" id="opinion-1" hidden>' in html


def test_nothing_can_be_done_with_an_answer_that_still_grows() -> None:
    html = exchange_to_html(Exchange(1, "Où ?", answer()), "fr", latest=True, opinions=True)
    assert "tools" not in html
    assert "data-kept" not in html


def test_only_the_latest_exchange_carries_what_the_browser_keeps() -> None:
    html = exchange_to_html(exchange(text=EVIL), "fr", latest=True)
    kept = [value for name, value in elements(html).attributes if name == "data-kept"]
    assert json.loads(kept[0])["answer"]["text"] == EVIL
    assert "data-kept" not in exchange_to_html(exchange(), "fr")


def test_a_stopped_answer_says_so() -> None:
    assert "Arrêtée avant la fin" in exchange_to_html(replace(exchange(), stopped=True), "fr")


def test_courtesy_is_not_called_a_question_without_an_answer() -> None:
    for question, refused in (("Bonjour", False), ("Que peux-tu faire ?", False), ("Quel budget ?", True)):
        said = answer("Voilà.", question=question, abstained=True, citations=(), sentences=())
        shown = exchange_to_html(Exchange(1, question, said, complete=True), "fr")
        assert ('class="verdict"' in shown) == refused, question
