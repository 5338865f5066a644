"""The report opens in a browser with its plots, asks nothing of the network and runs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from corpus.settings import read_settings
from evals.comparing import compare
from evals.gates import Missed
from evals.report import Evaluated, html
from evals.runs import head_of
from evals.scoring import score
from tests.evals.cases import answer, case, citation, outcome, refusal
from ui.text import words_of

HOSTILE = "<script>document.title = 'taken'</script><img src='http://evil.example/x.png'>"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A page of Chromium."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report with a baseline, a missed gate and a failed case whose text is hostile."""
    sound = answer("Houlocoop est née en 2011.", citations=[citation()])
    hostile = answer(f"{HOSTILE} 2011", citations=[citation(1, HOSTILE)])
    before = [score(outcome(case("a"), sound), lambda _s, _c: True)]
    after = [
        score(outcome(case("a"), refusal()), lambda _s, _c: True),
        score(outcome(case("b", question=HOSTILE), hostile), lambda _s, _c: False),
    ]
    head = head_of(
        read_settings(home=tmp_path), index_version=2, embedding_model="m", mode="extractive", sets=[]
    )
    evaluated = Evaluated(
        head=head,
        scores={"set": after},
        skipped={"set": 3},
        missed=[Missed("set", "right", 0.5, 0.9, at_most=False)],
        baseline=replace(head, id="before", index_version=1),
        comparison=compare(before, after),
        agreement=(0.9, None),
    )
    file = tmp_path / "report.html"
    file.write_text(html(evaluated, language="fr", words=words_of("evals", "fr")), encoding="utf-8")
    return file


@pytest.mark.slow
def test_a_report_opens_with_its_plots_and_no_outside_request(page: Page, report: Path) -> None:
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(report.as_uri())
    assert page.title().startswith("Évaluation des réponses")
    assert page.locator("svg").count() == 3
    assert page.locator("svg text", has_text="Réponses justes").count() == 1
    assert requests == [report.as_uri()]
    assert complaints == []


@pytest.mark.slow
def test_a_failed_case_shows_what_was_wanted_said_and_cited(page: Page, report: Path) -> None:
    page.goto(report.as_uri())
    failed = page.locator("details")
    assert failed.count() == 2
    failed.nth(1).locator("summary").click()
    assert "2011" in failed.nth(1).inner_text()
    assert HOSTILE in failed.nth(1).inner_text()
    told = page.locator("body").inner_text()
    for wanted in ("Seuil manqué", "Diffère de la référence : index_version : 1 → 2", "Cas perdus : 1"):
        assert wanted in told


@pytest.mark.slow
@pytest.mark.parametrize("width", [390, 1280])
def test_a_report_is_no_wider_than_the_screen(page: Page, report: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
