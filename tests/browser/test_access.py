"""Everybody can use every page: axe-core finds nothing, the keyboard goes everywhere, nothing is cut off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import (
    ENGLISH,
    FRENCH,
    PASSWORD,
    PHONE,
    SIZES,
    Speaker,
    Visit,
    accessible,
    ask,
    fits,
    keep,
)

pytestmark = pytest.mark.slow
SCHEMES = ["light", "dark"]
SPEAKERS = {"french": FRENCH, "english": ENGLISH}
PUBLIC = {
    "explorer": "explorer",
    "explorer-theme": "explorer?theme=ptce",
    "explorer-nothing": "explorer?q=zzzz",
    "initiative": "explorer/initiatives/innovales",
    "map": "explorer/carte",
    "graph": "explorer/liens",
    "dates": "explorer/dates",
    "document": "documents/dsi?quote=plus%20de%20800%20personnes",
    "simple": "simple",
    "simple-answer": "simple?q=Qu%27est-ce%20que%20Coopawatt%20%3F",
    "simple-refusal": "simple?q=Quel%20est%20le%20budget%20de%20Coopaname%20%3F",
    "widget": "widget",
    "privacy": "donnees",
    "statement": "accessibilite",
    "login": "admin/login",
}
TEAM = {
    "documents": "admin/documents",
    "catalogue": "admin/catalogue",
    "review": "admin/review",
    "evaluations": "admin/evaluations",
    "feedback": "admin/feedback",
}


def enter(page: Page, address: str) -> None:
    """Pass the team's door."""
    page.goto(f"{address}admin/login")
    page.locator("input[type=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/admin/documents"))


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("speaker", SPEAKERS.values(), ids=SPEAKERS)
def test_the_chat_has_no_violation_in_any_state(visit: Visit, speaker: Speaker, scheme: str) -> None:
    page = visit(speaker, scheme=scheme)
    accessible(page)
    ask(page, speaker.question)
    page.locator("#present .marker").first.click()
    accessible(page)
    ask(page, "Compare DSI et Coopaname")
    page.locator("#present .provenance summary").click()
    page.locator("#present .notes summary").click()
    page.locator("#themes-open").click()
    accessible(page)
    ask(page, speaker.unanswered)
    page.locator("#present .thumb[data-verdict=down]").click()
    expect(page.locator("#present .opinion")).to_be_visible()
    page.locator("#edit").click()
    expect(page.locator("#status p")).to_be_visible()
    accessible(page)
    page.locator("#shelf-open").click()
    page.locator("#shelf .rename").first.click()
    accessible(page)
    page.locator("#shelf form button").last.click()
    page.locator("#shelf .drop").first.click()
    accessible(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("speaker", SPEAKERS.values(), ids=SPEAKERS)
def test_no_page_of_the_public_has_a_violation(
    leaf: Visit, address: str, speaker: Speaker, scheme: str
) -> None:
    page = leaf(speaker, scheme=scheme)
    for name, place in PUBLIC.items():
        page.goto(address + place)
        expect(page.locator("html")).to_have_attribute("lang", speaker.locale[:2])
        keep(page, f"{speaker.locale[:2]}-{scheme}-{name}")
        accessible(page)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("speaker", SPEAKERS.values(), ids=SPEAKERS)
def test_no_page_of_the_team_has_a_violation(
    leaf: Visit, address: str, speaker: Speaker, scheme: str
) -> None:
    page = leaf(speaker, scheme=scheme)
    enter(page, address)
    for name, place in TEAM.items():
        page.goto(address + place)
        keep(page, f"{speaker.locale[:2]}-{scheme}-{name}")
        accessible(page)


@pytest.mark.parametrize("size", [PHONE, (640, 400)], ids=["phone", "200 % of 1280 by 800"])
def test_no_page_scrolls_sideways(leaf: Visit, visit: Visit, address: str, size: tuple[int, int]) -> None:
    page = visit(size=size)
    fits(page)
    ask(page, "Compare DSI et Coopaname")
    fits(page)
    page = leaf(size=size)
    enter(page, address)
    for name, place in {**PUBLIC, **TEAM}.items():
        page.goto(address + place)
        keep(page, f"{size[0]}-{name}")
        fits(page)


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_an_answer_is_announced_once_when_it_is_complete(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    page.evaluate(
        "() => { window.heard = []; new MutationObserver(() => heard.push(document.querySelector('#heard')"
        ".textContent)).observe(document.querySelector('#heard'), {childList: true}); }"
    )
    ask(page, FRENCH.question)
    ask(page, FRENCH.unanswered)
    heard = page.evaluate("heard")
    assert len(heard) == 2
    assert FRENCH.answer in heard[0]
    assert "Sans réponse dans les documents" in heard[1]
    # What grows is no live region: nothing is read at each step.
    assert page.locator("#present").evaluate("element => element.closest('[aria-live], [role=log]')") is None


def test_nothing_moves_for_who_asks_for_less_motion(visit: Visit) -> None:
    page = visit(motion="reduce")
    ask(page, FRENCH.question)
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((one) => { const style = getComputedStyle(one);"
        " return style.animationName !== 'none' || parseFloat(style.transitionDuration) > 0; }).length"
    )
    assert moving == 0


def test_the_shelf_is_walked_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    opener = page.locator("#shelf-open")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#shelf .fresh")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#shelf .open")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    name = page.get_by_label("Nouveau nom de la conversation")
    expect(name).to_be_focused()
    page.keyboard.type("Emploi")
    page.keyboard.press("Enter")
    expect(page.locator("#shelf .rename")).to_be_focused()
    expect(page.locator("#shelf .open")).to_have_text("Emploi")
    page.keyboard.press("Escape")
    expect(page.locator("#shelf")).to_be_hidden()
    expect(opener).to_be_focused()


def test_each_stop_of_the_keyboard_is_seen(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.locator(".brand .skip").focus()
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            "() => { const one = document.activeElement; const box = one.closest('label, #box') ?? one;"
            " const marked = [one, box].some((each) => { const style = getComputedStyle(each);"
            " return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0; });"
            " return [one.id || one.className || one.tagName, marked, one.tagName]; }"
        )
        if stop[2] == "BODY":
            break
        if stop[2] != "TEXTAREA":  # its box changes colour
            assert stop[1], stop
        seen.add(stop[0])
    assert {"shelf-open", "themes-open", "send", "marker lit", "tool copy"} & seen
