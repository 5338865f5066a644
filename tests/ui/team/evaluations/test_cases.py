"""The team's cases are written on a page; those of other sets are copied, never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.team_set import TeamSet
from tests.ui.team.evaluations.conftest import PLACE, SHIPPED, Browser, own
from ui.team.evaluations.form import typed_of

CASES, CASE = f"{PLACE}/cases", f"{PLACE}/case"


def test_an_empty_set_says_how_it_is_filled(browser: Browser) -> None:
    assert "Le jeu de l’équipe est vide" in browser.page(CASES)


def test_a_case_that_is_written_is_kept_and_told(browser: Browser, team: TeamSet) -> None:
    status, page = browser.post(CASE, **typed_of(own()))
    assert (status, team.cases()) == (303, (own(),))
    assert "Le cas « moule-1 » est dans le jeu de l’équipe." in page
    assert "Quand est née moule-1 ?" in page


def test_nothing_that_was_typed_is_lost_on_a_mistake(browser: Browser, team: TeamSet) -> None:
    typed = typed_of(own()) | {
        "question": "<b>Quand</b> ?",
        "facts": "2011 | …",
        "documents": "houlocoop\nnulle-part",
        "theme": "gone",
        "kind": 'x" onfocus="y',
        "follows": "away",
    }
    status, page = browser.post(CASE, **typed)
    assert (status, team.cases()) == (422, ())
    assert "4 champs à corriger" in page
    for kept in (
        "&lt;b&gt;Quand&lt;/b&gt; ?",
        "2011 | …",
        "houlocoop\nnulle-part",
        '<option value="gone" selected>',
        'value="x&#34; onfocus=&#34;y"',
        '<option value="away" selected>',
    ):
        assert kept in page, kept
    assert "Aucun document de la version en service n’a l’identifiant « nulle-part »." in page
    assert page.count('aria-invalid="true"') == 4
    assert 'aria-describedby="facts-wrong facts-hint"' in page


def test_a_case_is_changed_in_its_place(browser: Browser, team: TeamSet) -> None:
    for one in (own("moule-1"), own("moule-2")):
        team.append(one)
    assert 'value="moule-1"' in browser.page(f"{CASE}?id=moule-1")
    typed = typed_of(own("moule-1")) | {"id": "palourde", "question": "Quand donc ?"}
    _, page = browser.post(CASE, origin="moule-1", **typed)
    assert [(one.id, one.question) for one in team.cases()] == [
        ("palourde", "Quand donc ?"),
        ("moule-2", "Quand est née moule-2 ?"),
    ]
    assert "est modifié" in page


def test_who_comes_from_a_filtered_list_goes_back_to_it(browser: Browser, team: TeamSet) -> None:
    team.append(own())
    page = browser.page(f"{CASE}?id=moule-1&back={CASES}%3Fkind%3Ddate")
    assert f'name="back" value="{CASES}?kind=date"' in page
    assert f'name="back" value="{CASES}"' not in page
    outside = browser.page(f"{CASE}?id=moule-1&back=https://elsewhere.example/")
    assert "elsewhere" not in outside.partition("<main")[2]


def test_a_case_of_another_set_becomes_a_copy_under_another_id(
    browser: Browser, team: TeamSet, golden: Path
) -> None:
    before = (golden / "ports.jsonl").read_bytes()
    listed = browser.page(f"{CASES}?set=ports")
    assert "Ce jeu ne se modifie pas ici" in listed
    assert "Copier et modifier" in listed
    page = browser.page(f"{CASE}?set=ports&copy=sardine-1")
    assert 'name="id" value="sardine-1-bis"' in page
    assert 'name="origin" value=""' in page
    browser.post(CASE, **typed_of(SHIPPED[0]) | {"id": "sardine-1-bis"})
    assert [one.id for one in team.cases()] == ["sardine-1-bis"]
    assert (golden / "ports.jsonl").read_bytes() == before
    assert 'value="sardine-1-bis-2"' in browser.page(f"{CASE}?set=ports&copy=sardine-1")


def test_a_case_of_the_team_s_that_failed_is_changed_itself(browser: Browser, team: TeamSet) -> None:
    team.append(own())
    assert 'name="origin" value="moule-1"' in browser.page(f"{CASE}?set=team&copy=moule-1")


def test_a_case_is_taken_out(browser: Browser, team: TeamSet) -> None:
    team.append(own())
    _, page = browser.post(f"{CASE}/remove", id="moule-1")
    assert team.cases() == ()
    assert "est retiré du jeu de l’équipe" in page


def test_a_case_that_another_follows_stays(browser: Browser, team: TeamSet) -> None:
    team.append(own("moule-1"))
    team.append(own("moule-2", follows="moule-1"))
    _, page = browser.post(f"{CASE}/remove", id="moule-1")
    assert len(team.cases()) == 2
    assert "« moule-2 » en est la suite" in page
    status, page = browser.post(CASE, origin="moule-1", **typed_of(own("moule-1")) | {"id": "autre"})
    assert (status, "son identifiant reste « moule-1 »" in page) == (422, True)


def test_a_follow_up_may_only_follow_what_stands_above_it(browser: Browser, team: TeamSet) -> None:
    for one in (own("moule-1"), own("moule-2")):
        team.append(one)
    page = browser.page(f"{CASE}?id=moule-1")
    assert 'id="follows"' not in page
    status, _ = browser.post(CASE, origin="moule-1", **typed_of(own("moule-1", follows="moule-2")))
    assert status == 422
    status, _ = browser.post(CASE, origin="moule-2", **typed_of(own("moule-2", follows="moule-1")))
    assert (status, team.get("moule-2").follows) == (303, "moule-1")


@pytest.mark.parametrize("address", [f"{CASE}?id=no", f"{CASE}?set=ports&copy=no", f"{CASE}?proposal=no"])
def test_a_case_that_there_is_not_is_named(browser: Browser, address: str) -> None:
    assert "« no »" in browser.page(address)


def test_what_was_taken_out_meanwhile_is_named(browser: Browser) -> None:
    for address, fields in ((f"{CASE}/remove", {"id": "no"}), (CASE, {"origin": "no", **typed_of(own())})):
        _, page = browser.post(address, **fields)
        assert "n’a pas de cas « no »" in page


def test_cases_are_looked_through(browser: Browser) -> None:
    assert "3 cas." in browser.page(f"{CASES}?set=ports")
    assert "1 cas." in browser.page(f"{CASES}?set=ports&kind=place")
    assert "1 cas." in browser.page(f"{CASES}?set=ports&q=sociÉTAIRES")
    assert "0 cas." in browser.page(f"{CASES}?set=ports&language=en")


def test_a_document_that_is_gone_is_told(browser: Browser, team: TeamSet) -> None:
    team.append(own(documents=["nulle-part"]))
    assert "absent de la version en service" in browser.page(CASES)


def test_a_form_of_another_site_changes_nothing(browser: Browser, team: TeamSet) -> None:
    status, _ = browser.post(CASE, **typed_of(own()) | {"csrf": "x"})
    assert status == 303  # the token of the page is put in its place
    team.remove("moule-1")
    browser._csrf = "wrong"
    status, _ = browser.post(CASE, **typed_of(own()))
    assert (status, team.cases()) == (403, ())
