"""Cases are drafted from a document, and asked only once somebody has accepted them."""

from __future__ import annotations

import re
from pathlib import Path

from evals.proposals import Proposals
from evals.team_set import TeamSet
from tests.ui.team.evaluations.conftest import PLACE, Browser
from ui.team.evaluations.form import typed_of

PROPOSALS = f"{PLACE}/proposals"


def drafted(browser: Browser) -> list[str]:
    """Propose cases from Houlocoop's fiche, and return the ids that can be accepted."""
    _, page = browser.post(PROPOSALS, document="houlocoop")
    assert "Nouveaux cas à relire" in page
    return list(dict.fromkeys(re.findall(r'name="id" value="([^"]+)"', page)))


def test_cases_are_drafted_from_a_document(browser: Browser, home: Path, team: TeamSet) -> None:
    ids = drafted(browser)
    assert ids == [one.case.id for one in Proposals(home).waiting()][:10]
    assert team.cases() == ()
    page = browser.page(PROPOSALS)
    assert 'href="/documents/houlocoop"' in page
    assert "À relire" in page


def test_drafting_again_brings_nothing_new(browser: Browser) -> None:
    drafted(browser)
    _, page = browser.post(PROPOSALS, document="houlocoop")
    assert "Aucun nouveau fait à demander" in page


def test_an_accepted_case_is_one_of_the_team_s(browser: Browser, team: TeamSet, home: Path) -> None:
    first = drafted(browser)[0]
    proposal = Proposals(home).get(first)
    _, page = browser.post(f"{PROPOSALS}/accept", id=first, back=f"{PROPOSALS}?q=houlocoop")
    assert team.cases() == (proposal.case,)
    assert f"Le cas « {first} » est dans le jeu de l’équipe." in page
    assert first not in [one.case.id for one in Proposals(home).waiting()]
    _, page = browser.post(f"{PROPOSALS}/accept", id=first)
    assert "il a déjà été accepté ou rejeté" in page
    assert len(team.cases()) == 1


def test_a_rejected_case_is_not_seen_again(browser: Browser, team: TeamSet) -> None:
    first = drafted(browser)[0]
    _, page = browser.post(f"{PROPOSALS}/reject", id=first)
    assert "Le cas est rejeté" in page
    browser.post(PROPOSALS, document="houlocoop")
    assert f'value="{first}"' not in browser.page(PROPOSALS)
    assert team.cases() == ()


def test_a_proposal_is_changed_before_it_is_accepted(browser: Browser, team: TeamSet, home: Path) -> None:
    first = drafted(browser)[0]
    case = Proposals(home).get(first).case
    page = browser.page(f"{PLACE}/case?proposal={first}")
    assert f'name="proposal" value="{first}"' in page
    status, _ = browser.post(f"{PLACE}/case", proposal=first, **typed_of(case) | {"facts": ""})
    assert status == 422
    assert Proposals(home).get(first).state == "open"
    browser.post(f"{PLACE}/case", proposal=first, **typed_of(case) | {"question": "Autrement ?"})
    assert [one.question for one in team.cases()] == ["Autrement ?"]
    assert first not in [one.case.id for one in Proposals(home).waiting()]


def test_an_id_that_is_taken_is_given_a_number(browser: Browser, team: TeamSet, home: Path) -> None:
    first = drafted(browser)[0]
    team.append(Proposals(home).get(first).case)
    _, page = browser.post(f"{PROPOSALS}/accept", id=first)
    assert [one.id for one in team.cases()] == [first, f"{first}-2"]
    assert f"« {first}-2 »" in page


def test_a_document_that_there_is_not_is_named(browser: Browser) -> None:
    _, page = browser.post(PROPOSALS, document="nulle-part")
    assert "nulle-part" in page
    assert "notice wrong" in page
