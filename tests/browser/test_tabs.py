"""Several tabs, and a store that somebody altered: no conversation is lost, mixed up or brought back."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import Visit, ask, begin

pytestmark = pytest.mark.slow
FIRST, SECOND, THIRD, FOURTH = "Avec qui ?", "Combien de membres ?", "Depuis quand ?", "Et ses thèmes ?"
KEPT = """() => Object.keys(localStorage).filter((key) => key.startsWith('passerelle:conversation:'))
    .map((key) => JSON.parse(localStorage.getItem(key)))"""


def shelved(page: Page) -> list[list[str]]:
    """Return the questions of each conversation that is kept."""
    return sorted([one["question"] for one in kept["exchanges"]] for kept in page.evaluate(KEPT))


def expect_shelved(page: Page, questions: list[list[str]]) -> None:
    """Wait until these conversations are kept: what one tab writes, another reads a moment later."""
    until = time.monotonic() + 20
    while shelved(page) != questions and time.monotonic() < until:
        page.wait_for_timeout(50)
    assert shelved(page) == questions


def asked(page: Page) -> list[str]:
    return [one.replace("\u00a0", " ") for one in page.locator(".asked").all_inner_texts()]


def open_first(page: Page) -> None:
    page.locator("#shelf-open").click()
    page.locator("#shelf .open").first.click()


def another(page: Page, address: str) -> Page:
    """Open another tab on the conversation that was kept last."""
    tab = begin(page.context.new_page(), address)
    open_first(tab)
    expect(tab.locator(".exchange")).not_to_have_count(0)
    return tab


def clear(page: Page) -> None:
    page.locator("#shelf-open").click()
    page.locator("#shelf .foot .grave").click()
    page.locator("#shelf .sure .grave").click()
    expect(page.locator("#shelf .none")).to_be_visible()
    page.keyboard.press("Escape")


def test_two_tabs_go_on_with_one_conversation_and_neither_is_lost(leaf: Visit, table: str) -> None:
    one = begin(leaf(), table)
    ask(one, FIRST)
    other = another(one, table)
    ask(one, SECOND)
    ask(other, THIRD)
    expect(other.locator("#told")).to_contain_text("autre onglet")
    expect_shelved(one, [[FIRST, SECOND], [FIRST, THIRD]])
    ask(other, FOURTH)
    ask(one, FOURTH)
    expect_shelved(one, [[FIRST, SECOND, FOURTH], [FIRST, THIRD, FOURTH]])
    other.reload()
    expect(other.locator(".exchange")).to_have_count(3, timeout=60_000)
    assert asked(other) == [FIRST, THIRD, FOURTH]


def test_what_another_tab_deleted_does_not_come_back(leaf: Visit, table: str) -> None:
    one = begin(leaf(), table)
    ask(one, FIRST)
    other, third = another(one, table), another(one, table)
    clear(one)
    other.get_by_role("radio", name="English").click()
    expect(other.locator("#send")).to_have_text("Ask")
    expect_shelved(one, [])
    ask(other, SECOND)
    expect_shelved(one, [[SECOND]])
    assert asked(other) == [FIRST, SECOND]
    ask(other, THIRD)
    other.locator("#edit").click()
    expect(other.locator("#question textarea")).to_have_value(THIRD)
    other.locator("#question textarea").fill(FOURTH)
    other.locator("#send").click()
    expect(other.locator("#asked-3")).to_contain_text("thèmes")
    expect(other.locator("#present .exchange:not(.answering)")).to_be_visible()
    expect_shelved(one, [[SECOND, FOURTH]])
    ask(third, THIRD)
    expect_shelved(one, [[SECOND, FOURTH], [THIRD]])


def test_a_new_name_takes_nothing_from_what_another_tab_asks_meanwhile(leaf: Visit, table: str) -> None:
    one = begin(leaf(), table)
    ask(one, FIRST)
    other = another(one, table)
    other.locator("#shelf-open").click()
    other.locator("#shelf .rename").click()
    ask(one, SECOND)
    other.locator("#shelf form input").fill("Houle")
    other.keyboard.press("Enter")
    expect(other.locator("#shelf .open")).to_have_text("Houle")
    expect_shelved(one, [[FIRST, SECOND]])
    ask(one, THIRD)
    [kept] = one.evaluate(KEPT)
    assert kept["title"] == "Houle"
    # The list of the other tab follows.
    clear(one)
    expect(other.locator("#shelf .none")).to_be_visible()


DAY = 1_700_000_000_000  # in 2023
BROKEN: dict[str, Any] = {
    "no title": {"title": None, "at": DAY},
    "empty title": {"title": "  ", "at": "hier"},
    "odd title": {"title": {"x": 1}, "at": 1e300},
    "nothing": None,
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_each_line_of_the_shelf_has_a_name_and_a_date(leaf: Visit, table: str, broken: Any) -> None:
    page = begin(leaf(), table)
    kept = json.dumps(broken and {**broken, "exchanges": [{"question": 3}]})
    page.evaluate("(kept) => localStorage.setItem('passerelle:conversation:x', kept)", kept)
    page.locator("#shelf-open").click()
    expect(page.locator("#shelf .open")).to_have_text("Conversation sans titre")
    dated = broken and broken["at"] == DAY
    expect(page.locator("#shelf li small")).to_contain_text("2023" if dated else "Date inconnue")
    page.locator("#shelf .open").click()
    expect(page.locator("#told, #status").filter(has_text="illisible")).to_be_visible()
    clear(page)


@pytest.mark.parametrize("exchanges", [None, [], [None], [{"question": "Où ?", "answer": {"text": 3}}]])
def test_a_broken_conversation_says_so_and_takes_nothing_in(leaf: Visit, table: str, exchanges: Any) -> None:
    page = begin(leaf(), table)
    ask(page, FIRST)
    [kept] = page.evaluate(KEPT)
    key = "passerelle:conversation:" + page.evaluate("sessionStorage.getItem('passerelle:current')")
    broken = json.dumps({**kept, "exchanges": exchanges})
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [key, broken])
    page.reload()
    expect(page.locator("#told, #status").filter(has_text="illisible")).to_be_visible(timeout=60_000)
    expect(page.locator(".exchange")).to_have_count(0)
    ask(page, SECOND)
    page.locator("#shelf-open").click()
    expect(page.locator("#shelf li")).to_have_count(2)
    # Opened among others, it leaves the page and its conversation as they are.
    page.locator("#shelf .open").last.click()
    expect(page.locator("#told, #status").filter(has_text="illisible")).to_be_visible()
    ask(page, THIRD)
    assert asked(page) == [SECOND, THIRD]
    assert broken in page.evaluate("Object.values(localStorage)")
    page.evaluate("(key) => localStorage.removeItem(key)", key)
    expect_shelved(page, [[SECOND, THIRD]])
