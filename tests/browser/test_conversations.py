"""What a visitor does with answers and conversations: keep, rename, share, edit, copy, judge, take along."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.visiting import ENGLISH, FRENCH, PHONE, SIZES, Visit, ask, begin, keep, settled

pytestmark = pytest.mark.slow
COOPAWATT = "Qu'est-ce que Coopawatt ?"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('passerelle'))"
FILL = """() => {
    const old = {title: 'vieille', at: 1, exchanges: [{question: 'x'.repeat(2_000_000)}]};
    localStorage.setItem('passerelle:conversation:old', JSON.stringify(old));
    for (let size = 2_000_000; size > 50; size /= 2) {
        try { localStorage.setItem('fill' + size, 'x'.repeat(size)) } catch {}
    }
}"""


def asked(page: Page) -> list[str]:
    return [one.replace("\u00a0", " ") for one in page.locator(".asked").all_inner_texts()]


def open_shelf(page: Page) -> None:
    page.locator("#shelf-open").click()
    expect(page.locator("#shelf")).to_be_visible()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_a_conversation_survives_a_reload_and_waits_on_the_shelf(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(size=size)
    ask(page, FRENCH.question)
    ask(page, COOPAWATT)
    page.reload()
    expect(page.locator(".exchange")).to_have_count(2, timeout=30_000)
    assert asked(page) == [FRENCH.question, COOPAWATT]
    expect(page.locator("#source-1-1 mark")).to_contain_text(FRENCH.quote)

    open_shelf(page)
    page.get_by_role("button", name="Nouvelle conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    ask(page, "Où est située la Boutique sans argent ?")
    open_shelf(page)
    keep(page, f"shelf-{'phone' if size == PHONE else 'desktop'}")
    expect(page.locator("#shelf li")).to_have_count(2)
    page.locator("#shelf li .open", has_text="DSI").click()
    expect(page.locator(".exchange")).to_have_count(2, timeout=15_000)
    ask(page, "Quel est son site ?")
    assert asked(page)[-1] == "Quel est son site ?"
    expect(page.locator("#present .answer")).to_contain_text("coopawatt")


def test_conversations_are_renamed_deleted_and_cleared(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    open_shelf(page)
    page.get_by_role("button", name=re.compile("^Renommer")).click()
    page.get_by_label("Nouveau nom de la conversation").fill("<b>DSI</b> & l'emploi")
    page.keyboard.press("Enter")
    expect(page.locator("#shelf .open")).to_have_text("<b>DSI</b> & l'emploi")
    page.keyboard.press("Escape")
    page.reload()
    expect(page.locator(".exchange")).to_have_count(1, timeout=30_000)
    open_shelf(page)
    expect(page.locator("#shelf .open")).to_have_text("<b>DSI</b> & l'emploi")
    page.get_by_role("button", name=re.compile("^Supprimer")).click()
    page.get_by_role("group", name="Supprimer pour de bon ?").get_by_role("button", name="Supprimer").click()
    expect(page.locator("#shelf .none")).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(0)

    page.keyboard.press("Escape")
    ask(page, COOPAWATT)
    open_shelf(page)
    page.get_by_role("button", name="Tout effacer").click()
    page.locator("#shelf .sure .grave").click()
    expect(page.locator("#shelf .none")).to_be_visible()
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('passerelle')).length") == 0
    )


def test_a_browser_that_is_full_lets_the_oldest_conversations_go(visit: Visit) -> None:
    page = visit()
    page.evaluate(FILL)
    ask(page, FRENCH.question)
    open_shelf(page)
    expect(page.locator("#shelf .open")).to_have_count(1)
    expect(page.locator("#shelf .open")).to_contain_text("DSI")


def test_a_link_that_is_shared_asks_the_question_again(visit: Visit, leaf: Visit, address: str) -> None:
    page = visit()
    ask(page, FRENCH.question)
    ask(page, "Quel est son site ?")
    page.locator("#present .share").click()
    expect(page.locator("#told")).to_contain_text("Lien copié")
    shared = page.evaluate("navigator.clipboard.readText()")
    assert shared.startswith(f"{address}?q=")
    other = leaf(ENGLISH)
    other.goto(shared)
    expect(other.locator("#present .answered")).to_be_visible(timeout=30_000)
    expect(other.locator("#present .answer")).to_contain_text("dsi-ap.com")
    expect(other).to_have_url(address)


def test_the_last_question_is_edited_and_its_answer_replaced(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.get_by_role("button", name="Modifier la question").click()
    expect(page.locator("#question textarea")).to_have_value(FRENCH.question)
    page.locator("#question textarea").fill(COOPAWATT)
    page.locator("#send").click()
    expect(page.locator("#asked-1")).to_contain_text("Coopawatt", timeout=15_000)
    settled(page)
    assert asked(page) == [COOPAWATT]
    page.reload()
    expect(page.locator(".exchange")).to_have_count(1, timeout=30_000)
    assert asked(page) == [COOPAWATT]


def test_a_question_is_asked_again(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.get_by_role("button", name="Redemander").click()
    settled(page)
    expect(page.locator("#present .answer")).to_contain_text(FRENCH.answer)
    assert asked(page) == [FRENCH.question]


def test_an_answer_is_copied_with_its_sources(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.locator("#present .copy").click()
    expect(page.locator("#told")).to_contain_text("copiée")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert FRENCH.answer in copied
    assert "initiatives/dsi.md" in copied


def test_where_an_answer_comes_from_is_told(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.locator("#present .provenance summary").click()
    expect(page.locator("#present .provenance")).to_contain_text(re.compile(r"\d+ passages de \d+ documents"))


def test_themes_restrict_what_is_searched(visit: Visit) -> None:
    page = visit()
    page.locator("#themes-open").click()
    page.get_by_label("Culture & ESS").check()
    ask(page, FRENCH.question)
    expect(page.locator("#present .understood")).to_contain_text("Culture & ESS")
    expect(page.locator("#present .answer")).not_to_contain_text("800")
    expect(page.locator("#themes-open .count")).to_have_text("1")


def test_an_opinion_is_given_with_a_reason_and_taken_back(visit: Visit) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.get_by_role("button", name="Pas utile").click()
    expect(page.locator("#told")).to_contain_text("enregistré")
    page.get_by_label("Il manque quelque chose").check()
    page.get_by_label("Précisions (facultatif)").fill("Et depuis quand ?")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#opinion-1")).to_be_hidden()
    down = page.locator("#present .thumb[data-verdict=down]")
    expect(down).to_have_attribute("aria-pressed", "true")
    down.click()
    expect(page.locator("#told")).to_contain_text("retiré")
    expect(down).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("kind", ["docx", "pdf", "md"])
def test_an_answer_and_a_conversation_are_taken_along_as_a_note(
    visit: Visit, tmp_path: Path, kind: str
) -> None:
    page = visit()
    ask(page, FRENCH.question)
    page.locator("#present .notes summary").click()
    with page.expect_download() as begun:
        page.locator(f"#present .export[data-format={kind}]").click()
    file = tmp_path / begun.value.suggested_filename
    begun.value.save_as(file)
    assert file.suffix == f".{kind}"
    if kind == "md":
        assert "[^1]" in file.read_text(encoding="utf-8")
    elif kind == "docx":
        assert "word/footnotes.xml" in zipfile.ZipFile(file).namelist()
    else:
        assert file.read_bytes().startswith(b"%PDF")
    ask(page, COOPAWATT)
    open_shelf(page)
    with page.expect_download() as begun:
        page.locator(f"#shelf [data-note={kind}]").click()
    assert begun.value.suggested_filename.endswith(f".{kind}")


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_the_menu_of_notes_closes_by_escape_and_by_a_click_elsewhere(
    leaf: Visit, table: str, size: tuple[int, int]
) -> None:
    page = begin(leaf(size=size), table)
    ask(page, FRENCH.question)
    marker, menu = page.locator("#present .marker"), page.locator("#present .notes")
    marker.click()
    page.keyboard.press("Escape")
    for inside in ("summary", ".export >> nth=1"):
        menu.locator("summary").click()
        menu.locator(inside).focus()
        page.keyboard.press("Escape")
        expect(menu.locator(".export").first).to_be_hidden()
        expect(menu.locator("summary")).to_be_focused()
    menu.locator("summary").click()
    expect(menu.locator(".export").first).to_be_visible()
    page.locator("#brand h1").click()
    expect(menu.locator(".export").first).to_be_hidden()


def test_what_the_browser_kept_and_somebody_altered_does_no_harm(visit: Visit, address: str) -> None:
    page = visit()
    ask(page, FRENCH.question)
    [key] = page.evaluate(KEPT)
    kept = json.loads(page.evaluate("(key) => localStorage.getItem(key)", key))
    evil = "<img src=x onerror=\"document.title='hurt'\">"
    kept["title"] = kept["exchanges"][0]["question"] = evil
    kept["exchanges"][0]["answer"]["text"] = f"{evil} [x](javascript:alert(1)) [1]"
    kept["exchanges"][0]["answer"]["citations"][0]["passage"] = evil
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(kept)])
    begin(page, address)
    expect(page.locator("#asked-1")).to_contain_text("<img", timeout=30_000)
    open_shelf(page)
    expect(page.locator("#shelf .open")).to_contain_text("<img")
    assert page.locator("#talk img, #shelf img").count() == 0
    assert page.title() != "hurt"
