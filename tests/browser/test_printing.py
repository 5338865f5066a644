"""A conversation on paper: every answer with all of its sources, and nothing that is to be pressed."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import expect

from tests.browser.visiting import SIZES, Visit, ask, begin

pytestmark = pytest.mark.slow
PAPERS = {"A4": {"format": "A4"}, "wide": {"width": "1400px", "height": "1000px"}}


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_every_source_of_every_answer_is_printed(
    leaf: Visit, table: str, size: tuple[int, int], paper: dict[str, str], tmp_path: Path
) -> None:
    page = begin(leaf(size=size), table)
    ask(page, "Combien de sociétaires ?")
    ask(page, "Depuis quand ?")
    page.locator("#present .thumb[data-verdict=up]").click()
    expect(page.locator("#told")).not_to_be_empty()
    file = tmp_path / "printed.pdf"
    page.pdf(path=file, **paper)  # type: ignore[arg-type]
    with pdfplumber.open(file) as opened:
        printed = " ".join(" ".join(one.extract_text() for one in opened.pages).split())
    assert printed.count("Houlocoop réunit 350 sociétaires. Elle est née en 2011.") == 2
    assert printed.count("Houlocoop est née en 2011.") == 2
    assert printed.count("initiatives/houlocoop.md") == 4
    for pressed in (
        "Conversations",
        "English",
        "Redemander",
        "Copier",
        "Où est Houlocoop",
        "Merci",
        "Thèmes",
    ):
        assert pressed not in printed
    assert page.locator(".chip, .thumb").count()
