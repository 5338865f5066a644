"""Whatever documents, the catalogue, questions or a model hold is shown, never run, never fetched."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from assistant.answer import Answer, DocumentRef, InitiativeRef, Searched, ThemeRef
from tests.browser.visiting import PHONE, SIZES, Visit, ask, begin, fits, keep
from tests.server import serving
from tests.ui.fakes import FakeAssistant, answer, citation, ready
from ui.web.app import build_app

pytestmark = pytest.mark.slow

HOSTILE = [
    "<img src=https://elsewhere.example/x.png onerror=\"document.title='hurt'\">",
    "<script>document.title='hurt'</script>",
    "![image](https://elsewhere.example/y.png)",
    "[lien](javascript:document.title='hurt')",
    "javascript:document.title='hurt'",
    "<svg onload=\"document.title='hurt'\"><a xlink:href=\"javascript:document.title='hurt'\">x</a></svg>",
    "<iframe src=https://elsewhere.example/></iframe>",
    "<style>@import url(https://elsewhere.example/z.css); body { display: none }</style>",
    "\u202edlroW olleH\u202c \u2066isolé",
    "${document.title='hurt'} {{ 7 * 7 }} $$\\href{javascript:alert(1)}{x}$$",
    "</div></article></textarea></template><base href=https://elsewhere.example/>",
]
LONG = "é" * 300_000


class HostileAssistant(FakeAssistant):
    """Answers each question with nothing but its own words, or with a very long one."""

    def stream(self, question: str, **_: object) -> Generator[Answer]:
        evil = LONG if question == "long" else question
        quoted = citation(
            document=DocumentRef(evil[:400], evil, evil),
            theme=ThemeRef(evil[:80], evil),
            initiative=InitiativeRef(evil[:80], evil, evil, evil),
            passage=f"{evil} {evil}",
            quote=evil,
        )
        yield replace(
            answer(f"{evil}\n\n- {evil} [1]\n\n| {evil} | b |\n| --- | --- |\n| {evil} | [1] |"),
            question=question,
            citations=(quoted,),
            standalone_question=evil,
            suggestions=(evil[:200],),
            searched=Searched(1, 1, 1, titles=(evil,), names=(evil,), themes=(evil,)),
        )


@pytest.fixture(scope="module")
def hostile() -> Iterator[str]:
    """The address of a chat whose answers are hostile."""
    with serving(build_app(ready(HostileAssistant())), lifespan="on") as address:
        yield f"{address}/"


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_is_shown_and_never_run(leaf: Visit, hostile: str, size: tuple[int, int]) -> None:
    page = begin(leaf(size=size), hostile)
    for evil in [*HOSTILE, "long"]:
        ask(page, evil)
        page.locator("#present .provenance summary").click()
        assert page.title() != "hurt"
        made = page.locator(
            "#talk :is(img, script, iframe, object, embed, style, link, base, svg:not(.mark))"
        )
        assert made.count() == 0, evil
        links = page.locator("#talk a").evaluate_all(
            "links => links.map((one) => new URL(one.href).protocol)"
        )
        assert set(links) <= {"http:", "https:"}, evil
        fits(page)
    keep(page, f"hostile-{'phone' if size == PHONE else 'desktop'}")
    page.reload()
    expect(page.locator(".exchange, .welcome").first).to_be_visible(timeout=60_000)
    page.locator("#shelf-open").click()
    expect(page.locator("#shelf .open")).to_be_visible()
    assert page.title() != "hurt"
