"""A question is asked and answered on a plain page."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.question import Turn
from corpus.errors import IndexMissing
from tests.ui.fakes import LIMIT, FakeAssistant, answer, citation, failed, ready, starting
from ui.simple.form import routes
from ui.web.look import Look
from ui.web.pages import Pages
from ui.web.service import Service

HOSTILE = '<img src=x onerror="alert(1)"> <script>alert(2)</script> [x](javascript:alert(3))'


def visit(service: Service) -> TestClient:
    app = FastAPI()
    app.include_router(routes(Pages(Look()), service))
    return TestClient(app, headers={"Accept-Language": "fr"})


def page_of(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


def box(page: BeautifulSoup) -> str:
    return str(page.select_one("#q")["value"])  # type: ignore[index]


def test_the_page_begins_with_a_box_and_questions_to_begin_with() -> None:
    response = visit(ready()).get("/simple")
    page = page_of(response.text)
    assert response.status_code == 200
    assert page.select_one('form[method="get"] input[name="q"]')
    links = [str(one["href"]) for one in page.select("main li a")]
    assert links == ["/simple?q=Quels+sont+les+th%C3%A8mes+%3F", "/simple?q=Compare+A+et+B"]
    assert not page.select("script")


def test_an_answer_comes_with_its_sources_and_each_marker_leads_to_one() -> None:
    page = page_of(visit(ready()).get("/simple", params={"q": "Combien de sociétaires ?"}).text)
    assert page.select_one("h1").text.replace("\u00a0", " ") == "Combien de sociétaires ?"  # type: ignore[union-attr]
    assert "350 sociétaires" in page.select_one(".answer").text  # type: ignore[union-attr]
    markers = [str(one["href"]) for one in page.select(".answer a.marker")]
    assert markers
    for marker in markers:
        card = page.select_one(marker)
        assert card is not None
        assert card.has_attr("open")
        assert card.select_one("mark").text == "Houlocoop réunit 350 sociétaires."  # type: ignore[union-attr]


def test_a_note_can_be_made_of_an_answer() -> None:
    page = page_of(visit(ready()).get("/simple", params={"q": "Combien ?"}).text)
    links = [str(one["href"]) for one in page.select(".keep a")]
    assert [link.rpartition("=")[2] for link in links] == ["pdf", "docx", "md"]
    assert all(link.startswith("/note?q=Combien") for link in links)


def test_a_question_that_follows_is_asked_with_what_was_said_before() -> None:
    assistant = FakeAssistant()
    client = visit(ready(assistant))
    page = page_of(client.get("/simple", params={"q": "Où est Houlocoop ?"}).text)
    form = page.select_one("form.ask")
    assert form is not None
    fields = [(str(one["name"]), str(one["value"])) for one in form.select('input[type="hidden"]')]
    again = client.get("/simple", params=[("q", "Et depuis quand ?"), *fields])
    history = assistant.asked[-1][1]
    assert history == (Turn("user", "Où est Houlocoop ?"), Turn("assistant", answer().text))
    earlier = page_of(again.text).select("main ol a")
    assert [one.text.replace("\u00a0", " ") for one in earlier] == ["Où est Houlocoop ?"]


def test_a_suggestion_is_a_link_that_asks_it_after_what_was_said() -> None:
    assistant = FakeAssistant()
    client = visit(ready(assistant))
    page = page_of(client.get("/simple", params={"q": "Combien ?", "theme": "houle"}).text)
    client.get(str(page.select_one("main ul li a")["href"]))  # type: ignore[index]
    question, history, themes = assistant.asked[-1]
    assert question == "Où est Houlocoop ?"
    assert history[0] == Turn("user", "Combien ?")
    assert themes == ("houle",)


def test_themes_are_chosen_by_boxes_that_stay_checked() -> None:
    assistant = FakeAssistant()
    response = visit(ready(assistant)).get("/simple", params={"q": "Combien ?", "theme": "houle"})
    assert assistant.asked[-1][2] == ("houle",)
    assert page_of(response.text).select_one('input[value="houle"][checked]')


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"q": ""}, "La question est vide"),
        ({"q": "  \n "}, "La question est vide"),
        ({"q": "mot " * LIMIT}, "raccourcissez-la"),
        ({"q": "Combien ?", "theme": "algues"}, "aucun thème n’a l’identifiant 'algues'"),
    ],
)
def test_a_mistake_is_one_line_and_what_was_typed_stays(fields: dict[str, str], said: str) -> None:
    response = visit(ready()).get("/simple", params=fields)
    page = page_of(response.text)
    assert response.status_code == 422
    wrong = page.select("[role=alert]")
    assert len(wrong) == 1
    assert said.lower() in wrong[0].text.lower()
    assert box(page) == fields["q"]
    assert page.select_one("#q")["aria-describedby"] == wrong[0]["id"]  # type: ignore[index]


def test_while_the_assistant_gets_ready_the_question_is_kept() -> None:
    response = visit(starting()).get("/simple", params={"q": "Combien ?"})
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert box(page_of(response.text)) == "Combien ?"


def test_the_bare_page_opens_while_the_assistant_gets_ready() -> None:
    response = visit(starting()).get("/simple")
    assert response.status_code == 200
    assert "se prépare encore" in response.text


def test_without_an_index_the_reason_is_said() -> None:
    response = visit(failed(IndexMissing(home="ici"))).get("/simple", params={"q": "Combien ?"})
    assert response.status_code == 503
    assert "passerelle ingest" in response.text


def gap(note: Callable[[str, int], None] | None) -> TestClient:
    assistant = FakeAssistant(given=answer("Les documents n’en disent rien.", abstained=True, citations=()))
    service = Service(lambda: assistant, note=note)
    service.start()
    service.wait(10)
    return visit(service)


def test_a_question_without_an_answer_can_be_reported_once() -> None:
    noted: list[tuple[str, int]] = []
    client = gap(lambda question, version: noted.append((question, version)))
    page = page_of(client.get("/simple", params={"q": "Quel budget ?"}).text)
    form = page.select_one('form[method="post"]')
    assert form is not None
    fields = {str(one["name"]): str(one["value"]) for one in form.select("input")}
    after = page_of(client.post(str(form["action"]), data=fields).text)
    assert noted == [("Quel budget ?", 3)]
    assert "C’est noté" in after.text
    assert not after.select('form[method="post"]')


def test_nothing_can_be_reported_where_nothing_is_noted() -> None:
    page = page_of(gap(None).get("/simple", params={"q": "Quel budget ?"}).text)
    assert not page.select('form[method="post"]')


def test_an_answer_is_no_gap_whatever_the_address_says() -> None:
    page = visit(ready()).get("/simple", params={"q": "Combien ?", "noted": "1"}).text
    assert "C’est noté" not in page


def test_whatever_is_asked_or_quoted_comes_out_as_text() -> None:
    hostile = citation(passage=HOSTILE, quote=HOSTILE)
    hostile = replace(hostile, document=replace(hostile.document, title=HOSTILE, file=HOSTILE))
    given = answer(f"{HOSTILE} [1]", citations=(hostile,), suggestions=(HOSTILE,))
    text = (
        visit(ready(FakeAssistant(given=given))).get("/simple", params={"q": HOSTILE, "asked": HOSTILE}).text
    )
    page = page_of(text)
    assert not page.select("script, img, [onerror]")
    assert not [one for one in page.select("[href]") if str(one["href"]).startswith("javascript:")]
    assert HOSTILE in unescape(text)


def test_the_page_speaks_english_too_and_says_so_without_a_cookie() -> None:
    page = page_of(visit(ready()).get("/simple", params={"q": "How many?", "lang": "en"}).text)
    assert page.html["lang"] == "en"  # type: ignore[index]
    assert page.select_one('form.ask input[name="lang"][value="en"]')
    assert all("lang=en" in str(one["href"]) for one in page.select("main ul li a"))


def test_every_field_has_a_label() -> None:
    page = page_of(visit(ready()).get("/simple").text)
    for field in page.select("input:not([type=hidden])"):
        assert page.select_one(f'label[for="{field.get("id")}"]') or field.find_parent("label")
    assert len(page.select("h1")) == 1
    assert not re.search(r"\sstyle=|\son\w+=", str(page))
