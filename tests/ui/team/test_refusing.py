"""Who is not let in with a form is told why and how to go on, and loses nothing of what was typed."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from tests.ui.team.conftest import PASSWORD

FICHE = "/admin/catalogue/fiche"
FORM = "/admin/catalogue/fiche/houlocoop?edition=a"
TYPED = {"name": "Houlocoop", "territory": "Plozévet <b>", "body": "# Houlocoop\r\n\r\nElle réunit."}
OURS = {"Referer": f"http://testserver{FORM}", "Accept-Language": "fr"}


def said(page: str) -> str:
    return html.unescape(page).replace("\u00a0", " ")


def test_who_was_logged_out_finds_the_way_back_to_the_form_and_what_was_typed(stranger: TestClient) -> None:
    response = stranger.post(FICHE, data={**TYPED, "csrf": "of-before"}, headers=OURS)
    assert response.status_code == 403
    page = said(response.text)
    assert "Rien n’a été enregistré, et rien de ce que vous avez saisi n’est perdu" in page
    assert "Plozévet &lt;b&gt;" in response.text
    assert "\n# Houlocoop\n\nElle réunit.</textarea>" in page
    assert "of-before" not in page
    [login] = re.findall(r'href="(/admin/login[^"]*)"', response.text)
    shown = stranger.get(html.unescape(login)).text
    [wanted] = re.findall(r'name="next" value="([^"]+)"', shown)
    assert html.unescape(wanted) == FORM
    back = stranger.post("/admin/login", data={"password": PASSWORD, "next": html.unescape(wanted)})
    assert back.headers["location"] == FORM


@pytest.mark.parametrize(
    "sent_from",
    [
        "https://evil.example/admin/catalogue", "http://testserver.evil.example/admin/catalogue",
        "http://testserver/explorer", "http://testserver//evil.example", "nonsense", "",
    ],
)  # fmt: skip
def test_a_refused_form_leads_to_no_other_place(stranger: TestClient, sent_from: str) -> None:
    page = stranger.post(FICHE, data=TYPED, headers={"Referer": sent_from}).text
    assert re.findall(r'href="(/admin/login[^"]*)"', page) == ["/admin/login?next=/admin/documents"]
    assert "evil" not in page


def test_what_another_site_sends_is_not_shown_again(stranger: TestClient) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert "Plozévet" not in stranger.post(FICHE, data=TYPED, headers=headers).text


def test_neither_a_password_nor_a_file_is_shown_again(stranger: TestClient) -> None:
    page = stranger.post(FICHE, data={"password": PASSWORD, "next": "/admin/x"}, headers=OURS).text
    assert PASSWORD not in page
    page = stranger.post(FICHE, data=TYPED, files={"files": ("a.md", b"# A")}, headers=OURS).text
    assert "Plozévet" not in page


def test_a_form_that_was_opened_before_the_last_login_is_told_as_that(
    member: TestClient, csrf: Callable[[str], str]
) -> None:
    before = csrf("/admin/documents/inbox")
    member.post("/admin/login", data={"password": PASSWORD})
    response = member.post(FICHE, data={**TYPED, "csrf": before}, headers=OURS)
    assert response.status_code == 403
    page = said(response.text)
    assert "a été ouverte avant la dernière connexion" in page
    assert "Plozévet" in page
    assert "/admin/login" not in page
    assert f'href="{FORM}"' in page


def test_a_form_without_a_token_is_not_called_stale(member: TestClient) -> None:
    page = said(member.post(FICHE, data=TYPED, headers=OURS).text)
    assert "Cet envoi ne vient pas d’une page de l’équipe" in page
    assert "/admin/login" not in page


def test_a_login_may_lead_back_to_where_a_form_with_mistakes_was_sent(member: TestClient) -> None:
    assert member.get(FICHE).headers["location"] == "/admin/catalogue"
