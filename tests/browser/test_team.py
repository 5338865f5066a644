"""The team's work in the browser: through the door, a document in, its version out, opinions read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_access import enter
from tests.browser.visiting import PASSWORD, PHONE, SIZES, Visit, Watch, ask, keep

pytestmark = pytest.mark.slow
HEAD = (".brand", ".rooms", ".tongues")
# The words of a table, but for names of files and ids, that stand on two lines; a hyphen may end one.
BROKEN = """() => {
  const broken = [];
  for (const cell of document.querySelectorAll("table.wide :is(th, td)")) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      if (node.parentElement.closest(".hint, .unseen")) continue;
      for (const word of node.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(node, word.index);
        range.setEnd(node, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((one) => Math.round(one.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
NOTE = """# La Boussole des lavoirs

La Boussole des lavoirs est une régie de quartier créée en 2013 à Pontrieux. Elle emploie 27 personnes.
"""


def test_the_door_stays_shut_without_the_password(leaf: Visit, address: str, watch: Watch) -> None:
    watch.expected = {401, 403}
    page = leaf()
    page.goto(f"{address}admin/documents")
    expect(page).to_have_url(re.compile("/admin/login"))
    page.locator("input[type=password]").fill("pas le bon mot de passe")
    page.keyboard.press("Enter")
    expect(page.locator(".notice.wrong")).to_be_visible()
    keep(page, "door-refused")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_document_is_sent_looked_at_published_asked_and_rolled_back(
    leaf: Visit, address: str, size: tuple[int, int], tmp_path: Path
) -> None:
    name = f"lavoirs-{'phone' if size == PHONE else 'desktop'}"
    file = tmp_path / f"{name}.md"
    file.write_text(NOTE.replace("lavoirs", name), encoding="utf-8")
    page = leaf(size=size)
    enter(page, address)
    page.locator("#files").set_input_files([file])
    page.locator("form[data-drop] button[type=submit]").click()
    look = page.locator("a.button[href^='/admin/documents/versions/']")
    expect(look).to_be_visible(timeout=180_000)
    page.reload()
    keep(page, f"{name}-staged")
    number = int(str(look.get_attribute("href")).rsplit("/", 1)[1])
    look.click()
    expect(page.locator("main")).to_contain_text(f"{name}.md")
    keep(page, f"{name}-version")
    page.locator("form[action$='/publish'] button").first.click()
    expect(page.locator(".notice").first).to_be_visible()
    asked = {"question": f"Combien de personnes emploie la Boussole des {name} ?"}
    answer = page.request.post(f"{address}api/ask", data=asked)
    assert "27" in answer.json()["text"]
    assert f"{name}.md" in answer.text()

    page.goto(f"{address}admin/documents/versions/{number - 1}")
    page.locator("form[action$='/publish'] button").first.click()
    expect(page.locator(".notice").first).to_be_visible()
    assert f"{name}.md" not in page.request.post(f"{address}api/ask", data=asked).text()


def test_what_was_said_of_the_beginning_of_some_work_goes_when_it_ends(
    leaf: Visit, address: str, tmp_path: Path
) -> None:
    file = tmp_path / "cales.md"
    file.write_text(NOTE.replace("lavoirs", "cales"), encoding="utf-8")
    page = leaf()
    enter(page, address)
    page.locator("#files").set_input_files([file])
    page.locator("form[data-drop] button[type=submit]").click()
    expect(page.locator("#notice")).to_contain_text("le travail commence")
    expect(page.locator("#job .job[data-state=done]")).to_be_visible(timeout=180_000)
    expect(page.locator("#notice")).to_have_count(0)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_head_of_the_team_s_pages_is_short_and_its_tables_break_no_word(
    leaf: Visit, address: str, size: tuple[int, int]
) -> None:
    page = leaf(size=size)
    enter(page, address)
    page.goto(f"{address}admin/catalogue")
    brand, rooms, tongues = (page.locator(f".page-head {one}").bounding_box() for one in HEAD)
    assert brand
    assert rooms
    assert tongues
    beside = [brand, rooms, tongues] if size != PHONE else [brand, tongues]
    middles = [one["y"] + one["height"] / 2 for one in beside]
    assert max(middles) - min(middles) < 10
    assert tongues["x"] + tongues["width"] > size[0] - 40
    assert page.evaluate(BROKEN) == []
    keep(page, f"team-head-{'phone' if size == PHONE else 'desktop'}")


def test_a_form_that_an_ended_session_refuses_is_shown_again_with_the_way_back(
    leaf: Visit, address: str, watch: Watch
) -> None:
    watch.expected = {403}
    page = leaf()
    enter(page, address)
    page.goto(f"{address}admin/catalogue/fiche/coopawatt")
    page.locator("#territory").fill("Plozévet")
    page.context.clear_cookies(name="passerelle_team")
    page.locator("form.fiche button[type=submit]:not(.unseen)").last.click()
    expect(page.locator(".typed")).to_be_visible()
    assert "Plozévet" in page.locator(".typed textarea").evaluate_all("some => some.map((one) => one.value)")
    keep(page, "form-refused")
    with page.context.expect_page() as opened:
        page.locator("main a.button").click()
    login = opened.value
    login.locator("input[type=password]").fill(PASSWORD)
    login.keyboard.press("Enter")
    expect(login).to_have_url(f"{address}admin/catalogue/fiche/coopawatt")


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(
    leaf: Visit, address: str, tmp_path: Path
) -> None:
    wrong = tmp_path / "<b>faux.pdf"
    wrong.write_bytes(b"not a PDF at all")
    page = leaf()
    enter(page, address)
    page.locator("#files").set_input_files([wrong])
    page.locator("form[data-drop] button[type=submit]").click()
    expect(page.locator("#job .tag.wrong").last).to_be_visible(timeout=120_000)
    expect(page.locator("#job")).to_contain_text("<b>faux.pdf")


def test_a_fiche_is_edited_and_a_mistake_is_told_at_its_field(
    leaf: Visit, address: str, watch: Watch
) -> None:
    watch.expected = {422}
    page = leaf()
    enter(page, address)
    page.goto(f"{address}admin/catalogue/fiche/coopawatt")
    page.locator("#year").fill("bientôt")
    page.locator("form.fiche button[type=submit]:not(.unseen)").last.click()
    expect(page.locator("#wrong-year")).to_be_visible()
    expect(page.locator("#year")).to_have_value("bientôt")
    keep(page, "fiche-mistake")
    page.goto(f"{address}admin/catalogue/fiche/coopawatt/history")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_run_shows_its_progress_after_a_reload_and_can_be_stopped(leaf: Visit, address: str) -> None:
    page = leaf()
    enter(page, address)
    page.goto(f"{address}admin/evaluations")
    page.get_by_label("labo-ess").uncheck()
    page.locator("#begin button").click()
    expect(page.locator("#job .job[data-state=running]")).to_be_visible(timeout=30_000)
    page.reload()
    expect(page.locator("#job progress").first).to_be_visible(timeout=120_000)
    keep(page, "run-progress")
    page.locator("#job form[action$='/cancel'] button").click()
    expect(page.locator("#job .job[data-state=running]")).to_have_count(0, timeout=60_000)


def test_an_opinion_of_a_visitor_reaches_the_team(visit: Visit, leaf: Visit, address: str) -> None:
    page = visit()
    ask(page, "Quels sont les objectifs de Coopawatt ?")
    page.get_by_role("button", name="Pas utile").click()
    expect(page.locator("#told")).to_contain_text("enregistré")
    team = leaf()
    enter(team, address)
    team.goto(f"{address}admin/feedback")
    expect(team.locator("main")).to_contain_text("Quels sont les objectifs de Coopawatt")
    keep(team, "feedback-with-one")
    team.locator("a[href*='/case?']").first.click()
    expect(team.locator("form.case-form")).to_be_visible()
    keep(team, "feedback-case")


def opened(page: Page, place: str) -> None:
    response = page.goto(place)
    assert response
    assert response.status == 200


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_section_of_the_team_opens(leaf: Visit, address: str, size: tuple[int, int]) -> None:
    page = leaf(size=size)
    enter(page, address)
    links = page.locator("nav .rooms a, nav a[href^='/admin/']").evaluate_all(
        "links => [...new Set(links.map((link) => link.href))].filter((one) => one.includes('/admin/'))"
    )
    assert len(links) >= 5
    for link in links:
        opened(page, link)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
