"""A run is read case by case, and beside another run."""

from __future__ import annotations

import json
from pathlib import Path

from evals.team_set import TeamSet
from tests.ui.team.evaluations.conftest import PLACE, Browser, latest, own


def at(run_id: str, **asked: str) -> str:
    return f"{PLACE}/runs/{run_id}?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_a_failed_case_shows_what_was_expected_answered_and_retrieved(browser: Browser, run_id: str) -> None:
    page = browser.page(at(run_id))
    case = page[page.index("<article") : page.index("</article>")]
    assert "Où est Varech&#39;Lab ?" in case
    assert "<bdi>Concarneau</bdi>" in case
    assert "île de Batz" in case
    assert "réponse fausse" in case
    assert "document attendu" in case
    assert 'href="/documents/varech-lab?quote=' in case
    assert "le plus proche d’abord" in case
    assert page.count("<article") == 1


def test_cases_are_filtered(browser: Browser, run_id: str) -> None:
    for asked, count in (
        ({"state": "every"}, 3),
        ({"state": "fine"}, 2),
        ({"state": "every", "kind": "number"}, 1),
        ({"state": "every", "language": "en"}, 0),
        ({"state": "every", "set": "team"}, 0),
        ({"fault": "right"}, 1),
        ({"fault": "false refusal"}, 0),
        ({"state": "every", "q": "houlocoop"}, 1),
        ({"state": "no such", "page": "x"}, 1),
    ):
        page = browser.page(at(run_id, **asked))
        assert page.count("<article") == count, asked
        assert f"{count} cas." in page


def test_many_cases_are_shown_page_by_page(browser: Browser, team: TeamSet) -> None:
    for number in range(12):
        team.append(own(f"moule-{number}", facts=[["nulle part"]]))
    run_id = latest(browser.run("team"))
    first = browser.page(at(run_id))
    assert first.count("<article") == 10
    assert "Page 1 sur 2" in first
    assert f'href="{PLACE}/runs/{run_id}?page=2"' in first
    assert browser.page(at(run_id, page="2")).count("<article") == 2


def test_what_an_answer_says_is_shown_and_never_run(browser: Browser, home: Path, run_id: str) -> None:
    file = home / "evals" / run_id / "answers.jsonl"
    lines = [json.loads(one) for one in file.read_text(encoding="utf-8").splitlines()]
    lines[1]["answer"]["text"] = "<script>alert(1)</script> [x](javascript:alert(1))"
    lines[1]["retrieved"][0]["document"] = "javascript:alert(1)"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    page = browser.page(at(run_id))
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_a_run_that_there_is_not_is_named(browser: Browser, run_id: str) -> None:
    for name in ("nothing", run_id[:8], "%2e%2e"):
        assert "désigne aucune évaluation terminée" in browser.page(f"{PLACE}/runs/{name}")
    assert "désigne aucune évaluation" in browser.page(f"{PLACE}/compare?before=x&after={run_id}")


def test_two_runs_stand_side_by_side(browser: Browser, home: Path, run_id: str) -> None:
    file = home / "evals" / run_id / "answers.jsonl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("350", "999"), encoding="utf-8")
    again = latest(browser.run("ports"))
    page = browser.page(f"{PLACE}/compare?before={run_id}&after={again}")
    assert "Sur les 3 cas des deux évaluations" in page
    assert "Cas perdus : 0" in page
    assert "Cas gagnés : 1" in page
    assert "Combien de sociétaires a Houlocoop ?" in page
    assert "999" in page
    assert "+50,0" in page
    back = browser.page(f"{PLACE}/compare?before={again}&after={run_id}&set=ports")
    assert "Cas perdus : 1" in back
    assert "\u221250,0" in back


def test_what_else_differs_between_two_runs_is_told(browser: Browser, home: Path, run_id: str) -> None:
    file = home / "evals" / run_id / "run.json"
    head = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(head | {"index_version": 7}), encoding="utf-8")
    again = latest(browser.run("ports"))
    page = browser.page(f"{PLACE}/compare?before={run_id}&after={again}")
    assert "1 différence d’index" in page
    assert "<bdi>7</bdi> → <bdi>1</bdi>" in page


def test_runs_without_a_case_in_common_are_not_compared(browser: Browser, team: TeamSet, run_id: str) -> None:
    team.append(own())
    other = latest(browser.run("team"))
    assert "aucun cas en commun" in browser.page(f"{PLACE}/compare?before={run_id}&after={other}")


def test_a_gate_that_is_missed_is_told(browser: Browser, golden: Path) -> None:
    (golden / "ports.jsonl").rename(golden / "labo-ess.jsonl")
    page = browser.page(at(latest(browser.run("labo-ess"))))
    assert "labo-ess, juste : 50 % (≥ 90 %)" in page
