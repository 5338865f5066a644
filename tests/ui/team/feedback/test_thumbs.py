"""The team reads what visitors think of answers, and says what was done about it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from corpus.errors import OpinionUnknown
from corpus.feedback import ALL, Wanted
from tests.ui.team.feedback.conftest import HOSTILE, OPINION, Post
from tests.ui.team.feedback.test_sheet import read
from ui.opening import Opening
from ui.team.feedback.thumbs import ours

PLACE = "/admin/feedback"


def questions(page: str) -> list[str]:
    """Return the questions of a page, in its order."""
    return re.findall(r'<h2 id="question-\d+"[^>]*>([^<]*)</h2>', page.replace("\u00a0", " "))


def number_of(opening: Opening, question: str) -> int:
    return next(one.id for one in opening.feedback.listed() if one.question == question)


@pytest.mark.parametrize("path", [PLACE, f"{PLACE}/opinions.csv", f"{PLACE}/gaps", f"{PLACE}/gaps.csv"])
def test_nobody_reads_it_but_the_team(stranger: TestClient, path: str) -> None:
    response = stranger.get(path)
    assert response.status_code == 303
    assert response.headers["Location"].startswith("/admin/login")


@pytest.mark.parametrize("path", [f"{PLACE}/1/state", f"{PLACE}/1/delete", f"{PLACE}/gaps/forget"])
def test_nobody_changes_it_but_the_team(filled: Opening, stranger: TestClient, path: str) -> None:
    assert stranger.post(path, data={"state": "handled"}).status_code == 403
    assert filled.feedback.count() == 3


def test_a_form_without_the_token_changes_nothing(filled: Opening, member: TestClient) -> None:
    number = number_of(filled, OPINION.question)
    assert member.post(f"{PLACE}/{number}/delete").status_code == 403
    assert filled.feedback.count() == 3


def test_an_empty_list_says_so(member: TestClient) -> None:
    page = member.get(PLACE)
    assert page.status_code == 200
    assert "Avis trouvés : 0" in page.text.replace("\u00a0", " ")


def test_opinions_are_listed_the_newest_first_with_all_that_was_sent(
    filled: Opening, member: TestClient
) -> None:
    page = member.get(PLACE).text
    assert questions(page)[0] == "Où est le port ?"
    assert questions(page)[2] == OPINION.question
    for told in ("Houlocoop réunit 300 sociétaires.", "Ils sont 350.", "Fausse", "version 3", "Pas utile"):
        assert told in page


def test_what_visitors_wrote_is_shown_and_never_run(filled: Opening, member: TestClient) -> None:
    page = member.get(PLACE).text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img" not in page
    assert not re.search(r'href="\s*javascript', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?verdict=down", 2),
        ("?verdict=up", 1),
        ("?version=4", 1),
        ("?q=SOCIETAIRES&verdict=up", 1),
        ("?q=350", 1),
        ("?state=handled", 0),
        ("?state=every", 3),
        ("?until=2001-01-01", 0),
        ("?since=2001-01-01", 3),
        ("?verdict=nonsense&page=99&version=x", 3),
    ],
)
def test_filters_say_what_is_listed(filled: Opening, member: TestClient, query: str, found: int) -> None:
    assert len(questions(member.get(PLACE + query).text)) == found


def test_many_opinions_are_paged(opening: Opening, member: TestClient) -> None:
    for _ in range(45):
        opening.feedback.add(OPINION)
    page = member.get(f"{PLACE}?verdict=down&page=2").text
    assert len(questions(page)) == 20
    assert "Page 2 sur 3" in page.replace("\u00a0", " ")
    assert 'href="/admin/feedback?verdict=down&amp;page=3"' in page
    assert 'href="/admin/feedback?verdict=down"' in page
    assert len(questions(member.get(f"{PLACE}?page=3").text)) == 5


@pytest.mark.parametrize("state", ["handled", "dismissed"])
def test_an_opinion_is_marked_and_the_same_page_comes_back(filled: Opening, post: Post, state: str) -> None:
    number = number_of(filled, OPINION.question)
    response = post(f"{PLACE}/{number}/state", state=state, back=f"{PLACE}?verdict=down")
    assert (response.status_code, response.headers["Location"]) == (303, f"{PLACE}?verdict=down")
    assert filled.feedback.get(number).state == state
    assert filled.feedback.count(Wanted(state="open")) == 2


def test_what_was_done_is_said_once(filled: Opening, member: TestClient, post: Post) -> None:
    number = number_of(filled, OPINION.question)
    post(f"{PLACE}/{number}/state", state="handled")
    assert "marqué comme traité" in member.get(PLACE).text
    assert "marqué comme traité" not in member.get(PLACE).text


def test_one_opinion_is_deleted(filled: Opening, member: TestClient, post: Post) -> None:
    number = number_of(filled, OPINION.question)
    assert post(f"{PLACE}/{number}/delete").status_code == 303
    with pytest.raises(OpinionUnknown):
        filled.feedback.get(number)
    assert filled.feedback.count() == 2
    assert "est supprimé" in member.get(PLACE).text


@pytest.mark.parametrize(("path", "fields"), [("77/state", {"state": "handled"}), ("77/delete", {})])
def test_an_opinion_that_is_gone_is_named(
    member: TestClient, post: Post, path: str, fields: dict[str, str]
) -> None:
    assert post(f"{PLACE}/{path}", **fields).status_code == 303
    assert "n’est plus gardé" in member.get(PLACE).text


def test_an_unknown_state_changes_nothing(filled: Opening, post: Post) -> None:
    number = number_of(filled, OPINION.question)
    assert post(f"{PLACE}/{number}/state", state="burnt").status_code == 303
    assert filled.feedback.get(number).state == "open"


def test_a_number_that_is_none_is_refused(member: TestClient, post: Post) -> None:
    assert post(f"{PLACE}/abc/delete").status_code == 422
    assert post(f"{PLACE}/99999999999999999999999/delete").status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/admin/documents",
        f"{PLACE}/../x",
        "",
    ],
)
def test_no_address_leads_out_of_the_section(address: str) -> None:
    assert ours(address) == PLACE
    assert ours(f"{PLACE}?verdict=down&page=2") == f"{PLACE}?verdict=down&page=2"


def test_the_sheet_holds_what_is_listed(filled: Opening, member: TestClient) -> None:
    filled.feedback.add(
        type(OPINION)("up", "=1+1", "@x", version=1, mode="m", language="fr", remark="a;b\nc")
    )
    response = member.get(f"{PLACE}/opinions.csv?verdict=up")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert 'filename="avis.csv"' in response.headers["Content-Disposition"]
    header, first, second = read(response.content.decode("utf-8"))
    assert header[:3] == ["N°", "Date (UTC)", "Avis"]
    assert (first[4], first[5], first[6]) == ("a;b\nc", "'=1+1", "'@x")
    assert second[5] == "Où est le port ?"


def test_the_sheet_speaks_the_language_of_the_page(filled: Opening, member: TestClient) -> None:
    text = member.get(f"{PLACE}/opinions.csv?lang=en").content.decode("utf-8")
    assert read(text)[0][2] == "Opinion"
    assert len(read(text)) == 1 + filled.feedback.count(ALL)


def test_a_title_is_shown_for_a_document_that_there_is(
    filled: Opening, member: TestClient, csrf: Callable[[str], str]
) -> None:
    page = member.get(PLACE).text
    assert "<bdi>gone</bdi>" in page
    assert HOSTILE not in page
