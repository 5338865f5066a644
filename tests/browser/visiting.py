"""A visit: Chromium on the real server, where nothing may go wrong and nothing may leave the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Frame, Page, Request, Response, Route, expect

from tests.server import PROJECT

# A page that is left cuts its own streams, and Gradio's script says so on its way out.
_PARTING = re.compile(r"console \w+: .*(?:AbortError: signal is aborted|Connection errored out)", re.DOTALL)
ARTEFACTS = PROJECT / "tests" / ".artefacts"
DESKTOP, PHONE = (1280, 800), (390, 844)
SIZES = {"desktop": DESKTOP, "phone": PHONE}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "une passerelle au-dessus de la houle"


@dataclass(frozen=True)
class Speaker:
    """What a visitor of one language asks, and what must be read in the answer and on its card."""

    locale: str
    question: str
    answer: str
    quote: str
    site: str
    button: str
    unanswered: str


FRENCH = Speaker(
    locale="fr-FR",
    question="Combien de personnes travaillent chez DSI ?",
    answer="800",
    quote="plus de 800 personnes",
    site="Site",
    button="Demander",
    unanswered="Quel est le budget annuel de Coopaname ?",
)
ENGLISH = Speaker(
    locale="en-GB",
    question="How many people does DSI employ?",
    answer="800",
    quote="plus de 800 personnes",
    site="Website",
    button="Ask",
    unanswered="What is the yearly budget of Coopaname?",
)


@dataclass
class Watch:
    """Everything that went wrong on a page, or left the machine.

    `expected` are statuses that a test provokes.
    """

    wrong: list[str] = field(default_factory=list)
    expected: set[int] = field(default_factory=set)

    def route(self, route: Route) -> None:
        if re.match(r"(?:http://127\.0\.0\.1[:/]|data:|blob:)", route.request.url):
            route.continue_()
        else:
            self.wrong.append(f"left the machine: {route.request.url}")
            route.abort()

    def failed(self, request: Request) -> None:
        # The stream of an answer is cut by the page itself, when the answer is complete; so is what a
        # page that is left had asked for, and a file that is saved is no page.
        if request.failure != "net::ERR_ABORTED":
            self.wrong.append(f"failed: {request.url} {request.failure}")

    def answered(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.wrong.append(f"status {response.status}: {response.url}")

    def said(self, message: ConsoleMessage) -> None:
        provoked = any(f"status of {status}" in message.text for status in self.expected)
        if message.type in ("error", "warning") and not provoked:
            self.wrong.append(f"console {message.type}: {message.text}")

    def left(self, frame: Frame) -> None:
        if frame.parent_frame is None:
            self.wrong = [one for one in self.wrong if not _PARTING.match(one)]

    def follow(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("requestfailed", self.failed)
        page.on("response", self.answered)
        page.on("console", self.said)
        page.on("framenavigated", self.left)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))


Visit = Callable[..., Page]


def begin(page: Page, address: str) -> Page:
    """Open the chat and wait until it can be used."""
    page.goto(address)
    expect(page.locator("#moves [data-ask]").first).to_be_visible(timeout=60_000)
    return page


def ask(page: Page, question: str) -> None:
    """Type a question, send it with Enter, and wait for the whole answer."""
    before = page.locator(".exchange").count()
    page.locator("#question textarea").fill(question)
    page.locator("#question textarea").press("Enter")
    expect(page.locator(".exchange")).to_have_count(before + 1, timeout=30_000)
    settled(page)


def settled(page: Page) -> None:
    """Wait for the whole of the latest answer."""
    expect(page.locator("#present .exchange:not(.answering)")).to_be_visible(timeout=30_000)


def keep(page: Page, name: str) -> None:
    """Keep a screenshot among the artefacts of the run."""
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def accessible(page: Page) -> None:
    """Fail when axe-core finds a violation of any of its rules."""
    found = Axe().run(page).response["violations"]
    told = [
        f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]
    assert told == []


def fits(page: Page) -> None:
    """Fail when the page scrolls sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room
