"""The chat in a real Chromium, on the real server with the shipped material, as a visitor uses it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import DESKTOP, ENGLISH, FRENCH, PHONE, Speaker, Visit, ask, keep

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("speaker", [FRENCH, ENGLISH], ids=["french", "english"])
def test_a_question_is_answered_and_its_marker_opens_the_card(
    visit: Visit, speaker: Speaker, size: tuple[int, int], scheme: str
) -> None:
    page = visit(speaker, size=size, scheme=scheme)
    name = f"{speaker.locale[:2]}-{'phone' if size == PHONE else 'desktop'}-{scheme}"
    expect(page.get_by_role("button", name=speaker.button)).to_be_visible()
    keep(page, f"{name}-1-start")
    ask(page, speaker.question)
    expect(page.locator("#present .answer")).to_contain_text(speaker.answer)
    keep(page, f"{name}-2-answer")

    page.locator("#present .marker").first.click()
    card = page.locator("#source-1-1")
    expect(card).to_be_visible()
    expect(card).to_have_class(re.compile("lit"))
    expect(card.locator("mark")).to_contain_text(speaker.quote)
    expect(card).to_contain_text("Distributions Services Industriels (DSI)")
    expect(card).to_contain_text("initiatives/dsi.md")
    expect(card.locator("dt", has_text=speaker.site)).to_be_visible()
    expect(card.get_by_role("link", name=re.compile("dsi-ap.com"))).to_have_attribute(
        "rel", re.compile("noopener")
    )
    expect(card).to_be_in_viewport()
    keep(page, f"{name}-3-card")


def test_the_page_speaks_the_language_of_the_browser_and_switches(visit: Visit) -> None:
    page = visit(ENGLISH)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("radio", name="Français").click()
    expect(page.get_by_role("button", name=FRENCH.button)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    ask(page, FRENCH.question)
    expect(page.locator("#source-1-1")).to_contain_text("Thème")
    page.get_by_role("radio", name="English").click()
    expect(page.locator("#source-1-1")).to_contain_text("Theme")
    expect(page.locator("#source-1-1")).to_contain_text("Website")


def test_everything_works_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit()
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(FRENCH.question)
    page.keyboard.press("Enter")
    expect(page.locator("#present .answered")).to_be_visible(timeout=15_000)

    page.keyboard.press("Shift+Tab")
    expect(page.locator("#moves .skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#asked-1")).to_be_focused()
    page.keyboard.press("Tab")
    marker = page.locator("#marker-1-1")
    expect(marker).to_be_focused()
    assert marker.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#source-1-1 summary")).to_be_focused()
    keep(page, "keyboard-card")
    page.keyboard.press("Escape")
    expect(marker).to_be_focused()


def test_the_first_stop_of_the_keyboard_skips_to_the_question(visit: Visit) -> None:
    page = visit()
    page.locator("body").press("Control+Home")
    page.locator(".brand .skip").focus()
    expect(page.locator(".brand .skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#question textarea")).to_be_focused()


def test_a_suggestion_is_asked_by_one_click_and_followed_by_others(visit: Visit) -> None:
    page = visit()
    chip = page.locator("#moves [data-ask]").first
    question = chip.inner_text().replace("\u00a0", " ").strip()
    chip.dblclick()
    expect(page.locator("#asked-1")).to_have_text(question, timeout=15_000)
    expect(page.locator("#present .answered")).to_be_visible(timeout=15_000)
    expect(page.locator(".exchange")).to_have_count(1)
    expect(page.locator("#status p")).to_have_count(0)
    page.locator("#moves [data-ask]").first.press("Enter")
    expect(page.locator(".exchange")).to_have_count(2, timeout=15_000)
    # The button is gone, the keyboard is not lost with it.
    expect(page.locator("#question textarea")).to_be_focused()


@pytest.mark.parametrize("speaker", [FRENCH, ENGLISH], ids=["french", "english"])
def test_what_the_documents_do_not_say_is_refused_visibly(visit: Visit, speaker: Speaker) -> None:
    page = visit(speaker)
    ask(page, speaker.unanswered)
    expect(page.locator("#present .abstained .verdict")).to_be_visible()
    # What is said beside the refusal has its source, and nothing else has.
    expect(page.locator("#present .marker")).to_have_count(1)
    expect(page.locator("#present .card")).to_have_count(1)
    keep(page, f"{speaker.locale[:2]}-abstention")


def test_a_question_without_an_answer_can_be_reported_once(visit: Visit) -> None:
    page = visit(FRENCH, size=PHONE)
    ask(page, FRENCH.unanswered)
    report = page.get_by_role("button", name="Signaler cette question sans réponse")
    report.click()
    expect(page.locator("#status")).to_contain_text("noté")
    expect(report).to_have_count(0)
    ask(page, FRENCH.question)
    expect(page.locator("#present .answered")).to_be_visible(timeout=15_000)
    expect(report).to_have_count(0)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_table_scrolls_inside_itself_and_never_the_page(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    ask(page, "Compare DSI et Coopaname")
    table = page.locator("#present .table")
    expect(table).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    if size == PHONE:
        assert table.evaluate("element => element.scrollWidth > element.clientWidth")
    keep(page, f"table-{'phone' if size == PHONE else 'desktop'}")


def test_sources_on_a_phone_come_and_go_as_a_sheet(visit: Visit) -> None:
    page = visit(size=PHONE)
    ask(page, FRENCH.question)
    expect(page.locator("#sources-1")).not_to_be_visible()
    page.locator("#present .show-sources").click()
    expect(page.locator("#sources-1")).to_be_visible()
    page.locator("#sources-1 .close").click()
    expect(page.locator("#sources-1")).not_to_be_visible()
    expect(page.locator("#present .show-sources")).to_be_focused()


def test_a_marker_of_an_older_answer_shows_the_source_of_that_answer(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    ask(page, "Qu'est-ce que Coopawatt ?")
    page.locator("#marker-1-1").click()
    expect(page.locator("#source-1-1")).to_have_class(re.compile("lit"))
    expect(page.locator("#source-1-1")).to_be_in_viewport()
    assert page.locator(".lit.card").count() == 1


def test_a_mistake_is_one_line_and_loses_nothing(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    long = "Pourquoi ? " * 2000
    page.locator("#question textarea").fill(long)
    page.locator("#send").click()
    expect(page.locator("#status")).to_contain_text("raccourcissez-la")
    assert page.locator("#question textarea").input_value() == long
    assert page.locator(".exchange").count() == 1
    keep(page, "too-long")
    page.locator("#question textarea").fill("")
    page.locator("#send").click()
    expect(page.locator("#status")).to_contain_text("est vide")
    ask(page, "Qu'est-ce que Coopawatt ?")
    expect(page.locator("#status")).not_to_contain_text("vide")


def test_two_visitors_keep_their_own_conversations(visit: Visit) -> None:
    one, two = visit(), visit(ENGLISH)
    ask(one, FRENCH.question)
    ask(two, ENGLISH.question)
    assert one.locator(".exchange").count() == two.locator(".exchange").count() == 1
    expect(two.locator("#asked-1")).to_have_text(ENGLISH.question)
    expect(one.locator("#asked-1")).to_contain_text("travaillent")
