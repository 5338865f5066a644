"""What a visitor thinks of each answer: kept apart from the others, and still shown when more is asked."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.visiting import PHONE, Visit, ask, begin, keep, settled
from tests.ui.web.test_contrast import contrast
from ui.opening import Opening

pytestmark = pytest.mark.slow
FIRST, SECOND, THIRD = "Combien de sociétaires ?", "Où est Houlocoop ?", "Depuis quand ?"


@pytest.fixture(autouse=True)
def nothing_said_before(table_opening: Opening) -> None:
    table_opening.feedback.purge()


def thumb(page: Page, number: int, verdict: str) -> Locator:
    return page.locator(f"#exchange-{number} .thumb[data-verdict={verdict}]")


def judge(page: Page, number: int, verdict: str) -> None:
    thumb(page, number, verdict).click()
    expect(thumb(page, number, verdict)).to_have_attribute("aria-pressed", "true")


def said(opening: Opening) -> list[tuple[str, str]]:
    """Return question and verdict of each opinion, the oldest first."""
    return [(one.question, one.verdict) for one in reversed(opening.feedback.listed())]


def test_each_question_at_the_same_place_has_an_opinion_of_its_own(
    leaf: Visit, table: str, table_opening: Opening
) -> None:
    page = begin(leaf(), table)
    ask(page, FIRST)
    judge(page, 1, "up")
    page.locator("#shelf-open").click()
    page.locator("#shelf .fresh").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, SECOND)
    judge(page, 1, "down")
    page.locator("#edit").click()
    expect(page.locator("#question textarea")).to_have_value(SECOND)
    page.locator("#question textarea").fill(THIRD)
    page.locator("#send").click()
    expect(page.locator("#asked-1")).to_contain_text("Depuis")
    settled(page)
    expect(thumb(page, 1, "down")).to_have_attribute("aria-pressed", "false")
    judge(page, 1, "up")
    assert said(table_opening) == [(FIRST, "up"), (SECOND, "down"), (THIRD, "up")]
    page.locator("#shelf-open").click()
    page.locator("#shelf .open", has_text=FIRST.split()[0]).click()
    expect(page.locator("#asked-1")).to_contain_text("sociétaires")
    expect(thumb(page, 1, "up")).to_have_attribute("aria-pressed", "true")
    judge(page, 1, "down")
    assert sorted(said(table_opening)) == sorted([(FIRST, "down"), (SECOND, "down"), (THIRD, "up")])


def test_an_opinion_that_changes_stays_one(leaf: Visit, table: str, table_opening: Opening) -> None:
    page = begin(leaf(), table)
    ask(page, FIRST)
    judge(page, 1, "up")
    judge(page, 1, "down")
    ask(page, SECOND)
    judge(page, 1, "up")
    assert said(table_opening) == [(FIRST, "up")]
    thumb(page, 1, "up").click()
    expect(thumb(page, 1, "up")).to_have_attribute("aria-pressed", "false")
    assert said(table_opening) == []


def test_what_was_said_of_an_answer_stays_when_the_next_question_is_asked(leaf: Visit, table: str) -> None:
    page = begin(leaf(), table)
    ask(page, FIRST)
    judge(page, 1, "down")
    page.get_by_label("C’est dépassé").check()
    page.get_by_label("Précisions (facultatif)").fill("Ils sont 351")
    ask(page, SECOND)
    expect(thumb(page, 1, "down")).to_have_attribute("aria-pressed", "true")
    expect(thumb(page, 2, "down")).to_have_attribute("aria-pressed", "false")
    form = page.locator("#opinion-1")
    expect(form).to_be_visible()
    expect(form.get_by_label("C’est dépassé")).to_be_checked()
    expect(form.get_by_label("Précisions (facultatif)")).to_have_value("Ils sont 351")
    page.get_by_role("radio", name="English").click()
    expect(form).to_contain_text("What is wrong?")
    expect(form.get_by_label("More (optional)")).to_have_value("Ils sont 351")
    expect(thumb(page, 1, "down")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_reason_that_is_chosen_is_round_and_seen(leaf: Visit, table: str, scheme: str) -> None:
    page = begin(leaf(scheme=scheme), table)
    ask(page, FIRST)
    judge(page, 1, "down")
    reasons = page.locator("#opinion-1 input[type=radio]")
    expect(reasons.first).to_be_focused()
    assert reasons.first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    reasons.nth(1).check()
    page.locator("#opinion-1 textarea").focus()
    keep(page, f"reasons-{scheme}")
    for place in range(2):
        drawn = Image.open(BytesIO(reasons.nth(place).screenshot())).convert("RGB")
        middle, corner = drawn.getpixel((drawn.width // 2, drawn.height // 2)), drawn.getpixel((0, 0))
        ratio = contrast(*("#" + bytes(one).hex() for one in (middle, corner)))  # type: ignore[arg-type]
        assert ratio >= 3 if place == 1 else ratio < 1.5
        edge = drawn.getpixel((drawn.width // 2, 1))
        assert edge != corner


def test_the_thanks_on_a_phone_cover_nothing_that_is_pressed_next(leaf: Visit, table: str) -> None:
    page = begin(leaf(size=PHONE), table)
    ask(page, FIRST)
    judge(page, 1, "down")
    told = page.locator("#told")
    expect(told).not_to_be_empty()
    keep(page, "told-phone")
    box, pressed = told.bounding_box(), page.locator("#desk").bounding_box()
    assert box
    assert pressed
    assert box["y"] + box["height"] <= pressed["y"]
    assert told.evaluate("one => getComputedStyle(one).pointerEvents") == "none"
    page.locator("#moves [data-ask]").first.click()
    expect(page.locator(".exchange")).to_have_count(2)
