"""A run is started on the page, followed, and drawn with those before it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.chat.opening import Chat
from corpus.settings import Settings
from evals.runs import Runs
from evals.team_set import TeamSet
from tests.chat_fakes import chat_of, parrot
from tests.ui.fakes import open_with
from tests.ui.team.evaluations.conftest import PLACE, Browser, entered, latest, own
from ui.opening import Opening


def test_without_a_run_there_is_nothing_to_draw(browser: Browser) -> None:
    page = browser.page(PLACE)
    assert "Aucune évaluation terminée" in page
    assert "<svg" not in page.partition("<main")[2]
    assert '<span class="hint">3 cas à poser sur 3</span>' in page


def test_a_run_leaves_its_results(browser: Browser, home: Path) -> None:
    page = browser.run("ports")
    [head] = Runs(home).heads()
    assert latest(page) == head.id
    assert head.ended
    assert "Terminé" in page
    assert head.mode == "extractive"


def test_each_measure_is_drawn_and_stands_in_the_table(browser: Browser) -> None:
    browser.run("ports")
    page = browser.run("ports")
    drawings = re.findall(r"<figcaption[^>]*>([^<]+)</figcaption>\s*<svg[^>]*>(.*?)</svg>", page, re.DOTALL)
    assert [name for name, _ in drawings] == [
        "juste", "bien citée", "refus justifiés", "refus à tort", "Temps médian d’une réponse",
    ]  # fmt: skip
    assert all(drawing.count("<circle") == 2 for _, drawing in drawings)
    table = page[page.index("<table>") : page.index("</table>")]
    assert table.count('<th scope="row">') == 2
    assert "50 % " in table
    assert 'aria-label="1 cas en échec' in table


def test_nothing_is_styled_or_run_within_the_page(browser: Browser) -> None:
    page = browser.run("ports")
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*src=)", page)


def test_a_run_needs_a_set_that_there_is(browser: Browser) -> None:
    for sets in ([], ["ports", "../ports"]):
        status, page = browser.post(PLACE, sets=sets)
        assert (status, "Choisissez un jeu au moins" in page) == (422, True)
    assert re.search(r'value="ports" checked', page)


def test_the_team_s_set_is_offered_once_it_has_a_case(browser: Browser, team: TeamSet) -> None:
    assert 'value="team"' not in browser.page(PLACE)
    team.append(own())
    assert 'value="team"' in browser.page(PLACE)
    page = browser.run("ports", "team")
    assert '<option value="team">' in page
    assert "Évaluations du jeu team" in browser.page(f"{PLACE}?set=team")


def test_what_a_run_cannot_do_is_said(browser: Browser, golden: Path) -> None:
    (golden / "autre.jsonl").write_text(own(documents=["nulle-part"]).model_dump_json(), encoding="utf-8")
    page = browser.run("autre")
    assert "Échec" in page
    assert "Aucun des 1 cas de autre.jsonl ne porte sur un document de l’index" in page


def test_no_chat_model_is_offered_where_none_is_set(browser: Browser) -> None:
    assert 'name="wording"' not in browser.page(PLACE)


def test_only_the_chat_model_of_the_settings_is_asked(home: Path, golden: Path) -> None:
    def chat(_settings: Settings) -> Chat:
        return chat_of(parrot("Houlocoop réunit plus de 350 sociétaires [1]."))

    opening = open_with(home, golden=golden, chat=chat, chat_model="fake:parrot")()
    with entered(opening) as browser:
        assert "<bdi>fake:parrot</bdi>" in browser.page(PLACE)
        browser.run("ports", wording="worded", model="fake:dear")
        page = browser.run("ports")
        assert [one.mode for one in Runs(home).heads()] == ["fake:parrot", "extractive"]
        assert '<option value="fake:parrot">' in page  # each way of wording has curves of its own
        assert page.count("<circle") == 5


def test_scores_that_lack_are_computed_by_work_in_the_background(
    browser: Browser, home: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ui.team.evaluations import quality

    monkeypatch.setattr(quality, "AT_ONCE", 0)
    for file in ("scores.jsonl", "sums.json"):
        (home / "evals" / run_id / file).unlink()
    page = browser.page(PLACE)
    assert "1 évaluation à noter avec les mesures d’aujourd’hui" in page
    assert "à noter avec les mesures d’aujourd’hui" in browser.page(f"{PLACE}/runs/{run_id}")
    browser.post(f"{PLACE}/scores")
    for _ in range(200):
        page = browser.page(PLACE)
        if 'data-state="running"' not in page:
            break
    assert "à noter avec" not in page
    assert (home / "evals" / run_id / "sums.json").exists()


def test_an_interrupted_run_is_told(browser: Browser, home: Path, run_id: str) -> None:
    file = home / "evals" / run_id / "run.json"
    head = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(head | {"ended": None}), encoding="utf-8")
    assert "1 évaluation interrompue" in browser.page(PLACE)
    assert latest(browser.run("ports")) == run_id


def test_a_golden_set_that_somebody_broke_is_named(browser: Browser, golden: Path) -> None:
    (golden / "ports.jsonl").write_text("{", encoding="utf-8")
    response = browser.get(PLACE)
    assert response.status_code == 503
    assert "orts.jsonl, ligne 1" in response.text


def test_nobody_gets_in_without_the_password(browser: Browser, opening: Opening) -> None:
    browser.post("/admin/logout")
    for path in ("", "/runs/x", "/compare", "/cases", "/case", "/proposals"):
        assert browser.get(f"{PLACE}{path}").url.path == "/admin/login"
