"""The pages around the chat: the catalogue, documents at their page, no JavaScript, another site."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.visiting import ENGLISH, FRENCH, PHONE, SIZES, Visit, Watch, ask, keep

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_catalogue_is_filtered_and_asked_about(leaf: Visit, address: str, size: tuple[int, int]) -> None:
    page = leaf(size=size)
    page.goto(f"{address}explorer")
    page.get_by_label("Mots").fill("coopawat")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_role("status")).to_contain_text("1 initiative")
    page.get_by_role("link", name="Coopawatt", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Coopawatt")
    page.locator("a[href^='/?q=']").first.click()
    expect(page.locator("#present .answered")).to_be_visible(timeout=60_000)
    expect(page.locator("#asked-1")).to_contain_text("Coopawatt")


@pytest.mark.parametrize("view", ["carte", "liens", "dates"])
def test_each_picture_has_a_table_that_says_the_same(leaf: Visit, address: str, view: str) -> None:
    page = leaf()
    page.goto(f"{address}explorer/{view}")
    drawn = page.locator("main svg").first
    expect(drawn).to_be_visible()
    linked = set(page.locator("main svg a").evaluate_all("links => links.map((link) => link.href.baseVal)"))
    assert linked
    for closed in page.locator("main details:not([open]) > summary").all():
        closed.click()
    table = page.locator("main table").first
    expect(table).to_be_visible()
    expect(table.locator("caption")).not_to_be_empty()
    assert table.locator("tbody tr").count() > 1


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_whole_map_is_on_the_screen(leaf: Visit, address: str, size: tuple[int, int]) -> None:
    page = leaf(size=size)
    page.goto(f"{address}explorer/carte")
    box = page.locator("svg.map").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size[0]
    hidden = page.locator("svg.map").evaluate(
        "map => { const box = map.parentElement; return box.scrollWidth - box.clientWidth; }"
    )
    assert hidden <= 0
    keep(page, f"map-{'phone' if size == PHONE else 'desktop'}")


@pytest.mark.parametrize("view", ["liens", "dates"])
def test_a_picture_that_is_wider_than_the_screen_says_so(leaf: Visit, address: str, view: str) -> None:
    page = leaf(size=PHONE)
    page.goto(f"{address}explorer/{view}")
    picture, hint = page.locator(".picture"), page.get_by_text("faites-la glisser")
    assert picture.evaluate("box => box.scrollWidth > box.clientWidth")
    expect(hint).to_be_visible()
    picture.scroll_into_view_if_needed()
    keep(page, f"sideways-{view}")
    page.set_viewport_size({"width": 1600, "height": 900})
    assert picture.evaluate("box => box.scrollWidth <= box.clientWidth")
    expect(hint).to_be_hidden()


def test_the_bullet_of_a_long_suggestion_stands_at_its_first_line(leaf: Visit, address: str) -> None:
    page = leaf(size=PHONE)
    page.goto(f"{address}simple")
    item = page.locator("main ul > li").first
    item.locator("a").evaluate("link => { link.textContent = 'Une question bien longue ? '.repeat(8) }")
    box = item.bounding_box()
    assert box
    assert box["height"] > 75
    keep(page, "simple-suggestions")
    clip = {"x": box["x"] - 20, "y": box["y"], "width": 16.0, "height": box["height"]}
    drawn = Image.open(BytesIO(page.screenshot(clip=clip))).convert("L")  # type: ignore[arg-type]
    bullet = [place // drawn.width for place, grey in enumerate(drawn.getdata()) if grey < 128]
    assert bullet
    assert max(bullet) < 30


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_card_opens_its_document_with_the_words_highlighted(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    ask(page, FRENCH.question)
    page.locator("#present .marker").first.click()
    with page.context.expect_page() as opened:
        page.locator("#source-1-1 .read").click()
    document = opened.value
    expect(document.get_by_role("heading", level=1)).to_contain_text("DSI")
    expect(document.locator("mark").first).to_contain_text("800 personnes")
    expect(document.locator("mark").first).to_be_in_viewport()
    keep(document, f"document-{'phone' if size == PHONE else 'desktop'}")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_without_javascript_a_form_answers(leaf: Visit, address: str, size: tuple[int, int]) -> None:
    page = leaf(size=size, script=False)
    page.goto(address)
    page.locator(".without a").click()
    page.locator("#q").fill(FRENCH.question)
    page.get_by_role("button", name=FRENCH.button).click()
    expect(page.locator(".answer")).to_contain_text(FRENCH.answer)
    expect(page.locator(".card mark").first).to_contain_text(FRENCH.quote)
    page.locator("#q").fill("Quel est son site ?")
    page.get_by_role("button", name=FRENCH.button).click()
    expect(page.locator(".answer")).to_contain_text("dsi-ap.com")


def test_a_page_speaks_the_language_that_was_chosen_and_remembers_it(leaf: Visit, address: str) -> None:
    page = leaf()
    page.goto(f"{address}explorer")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(address)
    expect(page.get_by_role("button", name=ENGLISH.button)).to_be_visible(timeout=60_000)
    page.goto(f"{address}donnees")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_a_link_to_the_chat_in_a_language_is_remembered_too(leaf: Visit, table: str) -> None:
    page = leaf()
    page.goto(f"{table}?lang=en&q=What+is+it%3F")
    expect(page.locator("#present .answered")).to_be_visible(timeout=60_000)
    expect(page).to_have_url(f"{table}?lang=en")
    page.reload()
    expect(page.locator("#send")).to_have_text(ENGLISH.button, timeout=60_000)
    page.locator("#brand .rooms a[href='/explorer']").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto(f"{table}?lang=en")
    page.get_by_role("radio", name="Français").click()
    expect(page.locator("#send")).to_have_text(FRENCH.button)
    page.reload()
    expect(page.locator("#send")).to_have_text(FRENCH.button, timeout=60_000)


def test_one_line_opens_the_chat_on_a_site_that_is_allowed(leaf: Visit, site: str) -> None:
    page = leaf()
    page.goto(site)
    button = page.get_by_role("button", name=re.compile("question", re.IGNORECASE))
    expect(button).to_have_attribute("aria-expanded", "false")
    assert len(page.frames) == 1
    button.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("#question textarea")).to_be_visible(timeout=60_000)
    frame.locator("#question textarea").fill(FRENCH.question)
    frame.locator("#question textarea").press("Enter")
    expect(frame.locator("#present .answer")).to_contain_text(FRENCH.answer, timeout=30_000)
    keep(page, "widget-open")
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_a_site_that_is_not_allowed_gets_a_window_and_is_told_why(
    leaf: Visit, foreign_site: str, address: str, watch: Watch
) -> None:
    page = leaf()
    page.goto(foreign_site)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=re.compile("question", re.IGNORECASE)).or_(
            page.get_by_role("button", name=re.compile("question", re.IGNORECASE))
        ).first.click()
    expect(opened.value).to_have_url(re.compile(re.escape(address)))
    [told] = watch.wrong
    assert "widget_origins" in told
    watch.wrong.clear()
