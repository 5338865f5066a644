"""The text of an answer becomes HTML, and nothing that a document says becomes an element."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.fakes import answer, citation
from ui.chat.prose import answer_to_html, link_to_html

ALLOWED = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "br",
    "a",
    "span",
    "div",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}


class Elements(HTMLParser):
    """Collects the elements of an HTML text and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def elements(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    return parser


def rendered(text: str) -> str:
    return answer_to_html(answer(text), number=2, language="fr")


def test_a_marker_is_a_link_to_its_card() -> None:
    html = rendered("Houlocoop réunit 350 sociétaires. [1]")
    assert 'href="#source-2-1"' in html
    assert 'id="marker-2-1"' in html
    assert 'aria-label="Source 1\u00a0: Houlocoop"' in html


def test_a_marker_used_twice_has_its_id_once() -> None:
    html = rendered("Un. [1] Deux. [1]")
    assert html.count('href="#source-2-1"') == 2
    assert html.count('id="marker-2-1"') == 1


def test_a_marker_that_points_to_nothing_stays_text() -> None:
    html = rendered("Un. [7] Deux. [12345678]")
    assert "href" not in html
    assert "[7]" in html


def test_markers_side_by_side_are_two_links() -> None:
    given_answer = answer("Un. [1][2]", citations=(citation(1), citation(2)))
    html = answer_to_html(given_answer, number=1, language="fr")
    assert html.count('class="marker"') == 2


def test_a_table_scrolls_in_a_named_group_however_many_there_are() -> None:
    html = rendered("|  | A | B |\n| --- | --- | --- |\n| **Forme** | coopérative [1] | régie |")
    assert '<div class="table" role="group"' in html
    assert "<strong>Forme</strong>" in html
    assert html.count("<td") == 4  # the corner heads nothing


def test_a_list_is_a_list() -> None:
    assert rendered("Deux :\n\n- un [1]\n- deux [1]\n").count("<li>") == 2


def test_an_address_is_a_link_without_the_full_stop_after_it() -> None:
    html = rendered("Voir https://houlocoop.example/a_b_c?x=1&y=2. Fin.")
    assert 'href="https://houlocoop.example/a_b_c?x=1&amp;y=2"' in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![image](https://elsewhere.example/x.png)",
        "[lien](javascript:alert(1))",
        "<javascript:alert(1)>",
        "[1]: https://elsewhere.example/",
        'https://a.example/"onmouseover="alert(1)',
        "https://a.example/<b>",
        "# Titre\n\n<!-- -->\n\n```\n<b>\n```",
        "&lt;script&gt; &#60;b&#62;",
        "| <img src=x onerror=alert(1)> | b |\n| --- | --- |\n| <b>x</b> | [1]<i> |",
    ],
)
def test_what_a_document_says_stays_text(text: str) -> None:
    found = elements(rendered(text))
    assert set(found.tags) <= ALLOWED
    assert not any(name.startswith("on") for name, _ in found.attributes)
    assert all(
        value.startswith(("#", "https://", "http://")) for name, value in found.attributes if name == "href"
    )


@given(st.text(alphabet="<>&\"'`[]()!*_|-#:/\\ \nha1jt.p", max_size=120))
def test_whatever_a_document_says_stays_text(text: str) -> None:
    found = elements(rendered(text))
    assert set(found.tags) <= ALLOWED
    assert not any(name.startswith("on") for name, _ in found.attributes)


def test_a_label_with_quotes_stays_inside_its_attribute() -> None:
    initiative = citation().initiative
    assert initiative
    evil = citation(initiative=type(initiative)("x", '"><script>', "", ""))
    html = answer_to_html(answer("Un. [1]", citations=(evil,)), number=1, language="fr")
    assert "<script>" not in html
    assert set(elements(html).tags) <= ALLOWED


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a", "https://a b"]
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert "<a" not in link_to_html(address)
