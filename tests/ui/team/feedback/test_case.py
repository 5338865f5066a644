"""One click makes a golden case of an opinion; nothing is kept that is not one."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from evals.golden import Case
from evals.team_set import TeamSet
from tests.fakes import write_fiches
from tests.ui.team.feedback.conftest import HOSTILE, OPINION, Post
from ui.opening import Opening

GOOD = replace(OPINION, verdict="up", reason=None, remark="", answer="Houlocoop réunit 350 sociétaires. [1]")
FORM = {
    "question": OPINION.question,
    "answerable": "yes",
    "facts": "350 | trois cent cinquante",
    "documents": "houlocoop",
    "initiative": "houlocoop",
    "theme": "energies-de-la-houle",
    "language": "fr",
    "kind": "number",
    "follows": "",
    "id": "houlocoop-350",
}


@pytest.fixture(autouse=True)
def _ingested(opening: Opening, tmp_path: Path) -> None:
    opening.pipeline().ingest([write_fiches(tmp_path / "material")])


def place(opening: Opening, number: int | None = None) -> str:
    """Return the address of the form for an opinion, the newest unless another is named."""
    return f"/admin/feedback/{number or opening.feedback.listed()[0].id}/case"


def filled_in(page: str, name: str) -> str:
    """Return what stands in a field of a page."""
    area = re.search(rf'<textarea id="{name}"[^>]*>\n?([^<]*)</textarea>', page)
    field = area or re.search(rf'<input id="{name}"[^>]* value="([^"]*)"', page)
    chosen = re.search(rf'<select id="{name}".*?<option value="([^"]*)" selected', page, re.DOTALL)
    found = field or chosen
    assert found, name
    return html.unescape(found[1])


def team_of(opening: Opening) -> TeamSet:
    return TeamSet(opening.settings.home)


def test_nobody_makes_a_case_but_the_team(opening: Opening, stranger: TestClient) -> None:
    opening.feedback.add(OPINION)
    assert stranger.get(place(opening)).status_code == 303
    assert stranger.post(place(opening), data=FORM).status_code == 403
    assert team_of(opening).cases() == ()


def test_the_form_is_filled_from_a_good_answer(opening: Opening, member: TestClient) -> None:
    opening.feedback.add(GOOD)
    page = member.get(place(opening)).text
    assert filled_in(page, "question") == OPINION.question
    assert filled_in(page, "facts") == "350"
    assert filled_in(page, "documents") == "houlocoop"
    assert filled_in(page, "initiative") == "houlocoop"
    assert filled_in(page, "theme") == "energies-de-la-houle"
    assert filled_in(page, "kind") == "number"
    assert filled_in(page, "id") == "combien-de-societaires-a-houlocoop"


def test_the_form_is_filled_from_the_documents_where_the_answer_was_bad(
    opening: Opening, member: TestClient
) -> None:
    opening.feedback.add(OPINION)
    page = member.get(place(opening)).text
    assert filled_in(page, "facts") == "350"  # the answer said 300
    assert 'href="/documents/houlocoop?' in page
    assert "Houlocoop réunit 300 sociétaires." in page
    assert "Ils sont 350." in page


def test_the_documents_that_the_answer_cites_are_filled_in_and_named(
    opening: Opening, member: TestClient
) -> None:
    for opinion in (OPINION, GOOD):
        opening.feedback.add(replace(opinion, documents=("varech-lab", "houlocoop", "gone")))
        page = member.get(place(opening)).text
        assert filled_in(page, "documents") == "varech-lab\nhoulocoop"
        cited = page.partition('id="cited"')[2].partition("</ul>")[0]
        assert (
            '<a href="/documents/varech-lab"><bdi>Varech&#39;Lab</bdi></a> <code>varech-lab</code>' in cited
        )
        assert "<bdi>gone</bdi> (" in cited


def test_a_case_joins_the_set_of_the_team_and_the_opinion_is_handled(
    opening: Opening, member: TestClient, post: Post
) -> None:
    opening.feedback.add(OPINION)
    back = "/admin/feedback?verdict=down"
    response = post(place(opening), **FORM, back=back)
    assert (response.status_code, response.headers["Location"]) == (303, back)
    [case] = team_of(opening).cases()
    assert case == Case(
        id="houlocoop-350",
        question=OPINION.question,
        facts=(("350", "trois cent cinquante"),),
        theme="energies-de-la-houle",
        initiative="houlocoop",
        answerable=True,
        language="fr",
        kind="number",
        follows=None,
        documents=("houlocoop",),
    )
    [opinion] = opening.feedback.listed()
    assert (opinion.state, opinion.case) == ("handled", "houlocoop-350")
    page = member.get("/admin/feedback?state=every").text
    assert "houlocoop-350" in page
    assert "/case?" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"facts": ""}, "facts"),
        ({"facts": "…"}, "facts"),
        ({"answerable": "no"}, "facts"),
        ({"question": ""}, "question"),
        ({"documents": "nowhere"}, "documents"),
        ({"theme": "nothing"}, "theme"),
        ({"language": "de"}, "language"),
        ({"kind": ""}, "kind"),
        ({"follows": "nobody"}, "follows"),
    ],
)
def test_what_is_no_case_is_not_kept_and_what_was_typed_stays(
    opening: Opening, post: Post, changed: dict[str, str], field: str
) -> None:
    opening.feedback.add(OPINION)
    response = post(place(opening), **{**FORM, **changed})
    assert response.status_code == 422
    assert f'id="{field}-wrong"' in response.text
    assert filled_in(response.text, "id") == "houlocoop-350"
    assert team_of(opening).cases() == ()
    assert opening.feedback.listed()[0].state == "open"


def test_an_id_that_is_taken_is_refused_and_another_proposed(
    opening: Opening, member: TestClient, post: Post
) -> None:
    opening.feedback.add(GOOD)
    proposed = filled_in(member.get(place(opening)).text, "id")
    assert post(place(opening), **{**FORM, "id": proposed}).status_code == 303
    opening.feedback.add(GOOD)
    assert filled_in(member.get(place(opening)).text, "id") == f"{proposed}-2"
    assert post(place(opening), **{**FORM, "id": proposed}).status_code == 422
    assert len(team_of(opening).cases()) == 1


def test_hostile_words_are_shown_and_never_run(opening: Opening, member: TestClient) -> None:
    opening.feedback.add(replace(OPINION, question=HOSTILE, answer=HOSTILE, remark=HOSTILE))
    page = member.get(f"{place(opening)}?back=javascript:alert(1)").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert not re.search(r'href="\s*javascript', page)


def test_an_opinion_that_is_gone_makes_no_case(opening: Opening, member: TestClient, post: Post) -> None:
    assert member.get(place(opening, 7)).status_code == 303
    assert post(place(opening, 7), **FORM).status_code == 303
    assert team_of(opening).cases() == ()
