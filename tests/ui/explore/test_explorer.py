"""The explorer's pages hold without JavaScript, for any think tank and whatever its fields say."""

from __future__ import annotations

import re
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from fastapi.testclient import TestClient

from corpus.catalogue import Catalogue
from corpus.errors import IndexMissing
from tests.ui.explore.fakes import HOSTILE, Holding, client_of, crowd, hostile, passage, serve
from tests.ui.fakes import ready, starting
from ui.web.app import build_app

VIEWS = ["/explorer", "/explorer/carte", "/explorer/liens", "/explorer/dates"]
PAGES = [*VIEWS, "/explorer/initiatives/houlocoop", "/explorer/themes/ports"]


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(build_app(ready(Holding())), headers={"Accept-Language": "fr"})


def soup(client: TestClient, path: str, status: int = 200) -> BeautifulSoup:
    response = client.get(path)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def said(tag: Tag | BeautifulSoup) -> str:
    return " ".join(tag.get_text(" ").split())


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_speaks_both_languages_and_has_one_heading(
    client: TestClient, path: str, language: str
) -> None:
    page = soup(client, f"{path}?lang={language}")
    client.cookies.clear()
    assert page.html is not None
    assert page.html["lang"] == language
    assert len(page.find_all("h1")) == 1
    levels = [int(one.name[1]) for one in page.find_all(re.compile("^h[1-6]$"))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_a_handler(client: TestClient, path: str) -> None:
    page = soup(client, path)
    assert page.find_all("script") == []
    assert page.find_all("style") == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")]


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_leads_to_the_others(client: TestClient, path: str) -> None:
    views = soup(client, path).select_one(".views")
    assert views
    assert [one["href"] for one in views.find_all("a")] == VIEWS
    assert [one["href"] for one in views.find_all("a") if one.get("aria-current") == "page"] == [path]


@pytest.mark.parametrize("path", ["/explorer/carte", "/explorer/liens", "/explorer/dates"])
def test_every_picture_has_a_table_that_says_the_same(client: TestClient, path: str) -> None:
    page = soup(client, path)
    table = page.table
    assert table is not None
    assert table.caption is not None
    assert all(one.get("scope") in ("col", "row") for one in table.find_all("th"))
    pictured = {one["href"] for one in page.select("main svg a")}
    assert pictured
    listed = {one["href"] for one in table.find_all("a")}
    assert pictured <= listed


@pytest.mark.parametrize("path", VIEWS[1:])
def test_every_link_in_a_picture_has_a_name(client: TestClient, path: str) -> None:
    for one in soup(client, path).select("main svg a"):
        assert one["aria-label"]
        assert one.title is None or one.find("title")


def test_a_card_says_what_is_documented_and_where_it_comes_from(client: TestClient) -> None:
    card = soup(client, "/explorer").select_one("article")
    assert card
    text = said(card)
    for part in ("Houlocoop", "implication des habitants", "Audierne", "Finistère (29)", "2011", "PTCE"):
        assert part in text
    links = {said(one): one["href"] for one in card.find_all("a")}
    assert links["houlocoop.example (autre site)"] == "https://houlocoop.example/baie"
    assert links["La Criée ouverte"] == "/documents/criee"
    assert "carnet-de-bord , diapositive 3" in text
    ask = links["Demander à propos de Houlocoop"]
    assert parse_qs(urlsplit(ask).query) == {"q": ["Qu’est-ce que Houlocoop ?"]}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", "3 initiatives"),
        ("?theme=houle", "1 initiative sur 3"),
        ("?q=AUDIERNNE", "1 initiative sur 3"),
        ("?departement=29&forme=ptce", "1 initiative sur 3"),
        ("?q=xyzzy", "0 initiative sur 3"),
    ],
)
def test_the_number_of_results_is_said(client: TestClient, query: str, count: str) -> None:
    page = soup(client, f"/explorer{query}")
    (status,) = page.select('[role="status"]')
    assert said(status).replace("\u00a0", " ") == count
    assert len(page.find_all("article")) == int(count.split()[0])


def test_a_filter_that_is_set_can_be_taken_away(client: TestClient) -> None:
    page = soup(client, "/explorer?q=coop&theme=houle")
    chips = [one["href"] for one in page.select(".chips a")]
    assert chips == ["/explorer?theme=houle", "/explorer?q=coop", "/explorer"]
    selected = page.select_one("#theme option[selected]")
    assert selected
    assert selected["value"] == "houle"


def test_nothing_found_is_said_with_what_to_do(client: TestClient) -> None:
    page = soup(client, "/explorer?q=xyzzy")
    assert "Aucune initiative du catalogue ne correspond" in said(page)
    assert page.select('a[href="/?q=xyzzy"]')


def test_a_form_that_was_sent_has_an_address_to_share(client: TestClient) -> None:
    response = client.get(
        "/explorer?q=&theme=houle&departement=&forme=&depuis=&jusque=abc&lang=en", follow_redirects=False
    )
    assert response.status_code == 303
    assert response.headers["Location"] == "/explorer?theme=houle&lang=en"
    assert client.get("/explorer?page=1", follow_redirects=False).headers["Location"] == "/explorer"


def test_the_map_says_what_is_not_on_it_and_why(client: TestClient) -> None:
    page = soup(client, "/explorer/carte")
    groups = {said(one.summary): said(one.ul) for one in page.select("details") if one.summary and one.ul}
    assert groups == {
        "Territoire que nous ne savons pas placer (1)": "La Criée ouverte · vallée perdue",
        "Territoire non documenté (1)": "Phare des Possibles",
    }
    assert [one["href"] for one in page.select("main svg a")] == ["/explorer?departement=29"]
    assert page.select('a[href="https://creativecommons.org/licenses/by/4.0/"]')


def test_a_dated_sentence_is_quoted_with_its_document_and_page(client: TestClient) -> None:
    page = soup(client, "/explorer/dates?depuis=2003&jusque=2003")
    quote = page.q
    assert quote is not None
    assert said(quote).replace(" .", ".") == "La régie a ouvert en 2003."
    assert said(quote.mark or quote) == "2003"
    source = page.select_one(".from a")
    assert source
    assert said(source).replace(" ,", ",") == "La Criée ouverte, page 4"
    assert str(source["href"]).startswith("/documents/criee?page=4&quote=")


@pytest.mark.parametrize(
    ("query", "years"),
    [
        ("", ["2003", "2011", "2019"]),
        ("?initiative=houlocoop", ["2011", "2019"]),
        ("?theme=houle", ["2011", "2019"]),
        ("?initiative=phare", []),
        ("?depuis=2012", ["2019"]),
    ],
)
def test_dates_are_filtered(client: TestClient, query: str, years: list[str]) -> None:
    assert [said(one) for one in soup(client, f"/explorer/dates{query}").select(".years h3")] == years


def test_the_page_of_an_initiative_says_all_and_what_is_not_documented(client: TestClient) -> None:
    page = said(soup(client, "/explorer/initiatives/houlocoop"))
    for part in (
        "Houle Coop",
        "produire sans barrage",
        "350 sociétaires",
        "Houlocoop : combien de sociétaires ?",
    ):
        assert part in page.replace("\u00a0", " ")
    assert "La Criée ouverte" in page  # a document that speaks of it
    bare = soup(client, "/explorer/initiatives/phare")
    assert said(bare).count("non documenté") == 7


def test_an_id_that_a_document_gave_leads_to_the_fiche(client: TestClient) -> None:
    for path in ("/explorer/initiatives/houle-coop", "/explorer/themes/houlocoop"):
        response = client.get(path, follow_redirects=False)
        assert response.headers["Location"] == "/explorer/initiatives/houlocoop"


@pytest.mark.parametrize(
    "path", ["/explorer/initiatives/nobody", "/explorer/themes/nobody", "/explorer/themes/marees"]
)
def test_an_id_that_names_nothing_is_said_to(client: TestClient, path: str) -> None:
    page = soup(client, path, status=404)
    assert "rien dans le catalogue" in said(page).lower()


@pytest.mark.parametrize("path", PAGES)
def test_while_the_assistant_loads_the_page_says_so(path: str) -> None:
    response = serve(starting()).get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "2"
    assert "Recharger la page" in response.text


def test_an_index_that_cannot_be_used_is_explained() -> None:
    response = serve(ready(Holding(broken=IndexMissing(home="/h")))).get("/explorer")
    assert response.status_code == 503
    assert "Retry-After" not in response.headers
    assert "passerelle ingest" in response.text


@pytest.mark.parametrize(
    "path", [*VIEWS, "/explorer?q=%3Cscript%3E", "/explorer/initiatives/i", "/explorer/themes/t"]
)
def test_hostile_fields_are_shown_and_never_run(path: str) -> None:
    text = f"En 2011, {HOSTILE}"
    client = client_of(hostile(), (passage(text, "i", title=HOSTILE, initiative="i"),))
    page = soup(client, path)
    assert page.find_all("script") == []
    assert page.find_all("img") == []
    assert "49" not in said(page).replace("{{ 7*7 }}", "")
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
    for link in page.find_all("a"):
        assert re.match(r"/|#|\?|https?://", str(link["href"]))


def test_a_hostile_question_stays_a_text() -> None:
    page = soup(client_of(), '/explorer?q="><script>alert(1)</script>&theme="onfocus=alert(1)')
    assert page.find_all("script") == []
    field = page.select_one("#q")
    assert field
    assert field["value"] == '"><script>alert(1)</script>'


def test_three_hundred_initiatives_are_cut_into_pages() -> None:
    client = client_of(crowd(300), ())
    seen: list[str] = []
    path = "/explorer"
    while path:
        page = soup(client, path)
        seen += [str(one["aria-labelledby"]) for one in page.find_all("article")]
        further = page.select_one('a[rel="next"]')
        path = str(further["href"]) if further else ""
    assert len(seen) == len(set(seen)) == 300
    assert len(soup(client, "/explorer?page=9999").find_all("article")) == 12


@pytest.mark.parametrize(
    "path", [*VIEWS, "/explorer/liens?theme=t1", "/explorer/themes/t1", "/explorer/dates?theme=t1"]
)
def test_a_page_of_a_large_catalogue_stays_light(path: str) -> None:
    sentences = " ".join(f"En {1900 + n % 120}, elle ouvre le lieu {n}." for n in range(2000))
    client = client_of(crowd(300), (passage(sentences, "i1", initiative="i1"),))
    assert len(client.get(path).content) < 200_000


@pytest.mark.parametrize("path", VIEWS)
def test_an_empty_catalogue_is_said_to_be_empty(path: str) -> None:
    page = soup(client_of(Catalogue(), ()), path)
    assert page.find_all("article") == []
    assert page.select('[role="status"]')
