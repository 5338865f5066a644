"""The script for other sites is served to them, and a page says how to use it."""

from __future__ import annotations

import json
from html import unescape

import pytest
from bs4 import BeautifulSoup
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ui.text import LANGUAGES
from ui.web.front import Front
from ui.web.look import Look
from ui.web.pages import Pages
from ui.widget.page import routes
from ui.widget.script import line, script

SITE = "https://www.think-tank.example"


def visit(*origins: str) -> TestClient:
    app, look = FastAPI(), Look()
    app.include_router(look.routes())
    app.include_router(routes(Pages(look), origins=origins))
    app.add_middleware(Front, limit=1000, head="", framed_by=origins)
    return TestClient(app, base_url="https://chat.example", headers={"Accept-Language": "fr"})


def given(text: str) -> dict[str, object]:
    """Return the argument that the function of the script is called with."""
    argument = text[text.rindex("})(") + 3 : text.rindex(");")]
    return dict(json.loads(argument))


def test_the_script_can_be_loaded_by_any_site_and_is_kept_for_a_while() -> None:
    response = visit(SITE).get("/widget.js")
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=3600" in response.headers["Cache-Control"]
    assert "set-cookie" not in response.headers


def test_a_browser_that_has_the_script_is_not_sent_it_again() -> None:
    client = visit(SITE)
    tag = client.get("/widget.js").headers["ETag"]
    assert client.get("/widget.js", headers={"If-None-Match": tag}).status_code == 304
    assert visit().get("/widget.js", headers={"If-None-Match": tag}).status_code == 200


def test_the_script_knows_the_sites_that_may_show_the_chat_and_its_words() -> None:
    knows = given(script([SITE]))
    assert knows["allowed"] == [SITE]
    assert set(knows["words"]) == set(LANGUAGES)  # type: ignore[call-overload]
    assert given(script([]))["allowed"] == []


def test_the_script_asks_nothing_of_a_strict_policy() -> None:
    text = script([SITE])
    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "eval(",
        "cookie",
        "localStorage",
        "fetch(",
    ):
        assert forbidden not in text


def test_the_line_names_this_server() -> None:
    assert (
        line("https://chat.example/", "fr") == '<script src="https://chat.example/widget.js" defer></script>'
    )
    assert 'data-language="en"' in line("https://chat.example", "en")


def test_an_address_cannot_break_out_of_the_line() -> None:
    assert '"><' not in line('https://chat.example/"><script>', "fr")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_page_shows_the_line_the_policy_and_a_preview_under_its_own_policy(language: str) -> None:
    response = visit(SITE).get("/widget", params={"lang": language})
    page = BeautifulSoup(response.text, "html.parser")
    shown = unescape(page.select_one("#line").text)  # type: ignore[union-attr]
    assert shown.startswith('<script src="https://chat.example/widget.js"')
    assert "script-src https://chat.example; frame-src https://chat.example" in page.text
    assert SITE in page.text
    policy = response.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "script-src 'self';" in policy
    preview = page.select_one('script[src="/widget.js"]')
    assert preview is not None
    assert preview["data-language"] == language


def test_where_no_site_is_allowed_the_page_says_so_and_what_to_set() -> None:
    page = visit().get("/widget").text
    assert "Aucun site n’est encore autorisé" in page
    assert "widget_origins" in page
