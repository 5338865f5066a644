"""Visiting: how soon the page can be used and a first sentence stands there, and forty visitors at once.

The browser is that of the tests (`python -m tests.chromium` gets one). The visitors speak the protocol of the
page's own queue; each asks two questions in a conversation of its own.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from corpus.settings import read_settings
from evals.bench.starting import served
from evals.golden import SHIPPED, read_golden
from evals.opening import open_assistant

VISITORS = 40
LOADS = 5
QUESTION = "Combien de personnes travaillent chez DSI ?"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of one visitor: seconds to its first sentence and to its end, and all that came."""

    question: str
    first: float
    whole: float
    stream: str


def measure() -> Iterator[str]:
    """Yield lines: medians of loads of the page, percentiles of answers, errors and mixed conversations."""
    with TemporaryDirectory() as folder:
        open_assistant(read_settings(home=Path(folder)))
        questions = [case.question for case in read_golden(SHIPPED) if not case.follows]
        with served(Path(folder)) as (address, _):
            yield "the first to come after the start:"
            yield from _visited(asyncio.run(_all_at_once(address, questions[: 2 * VISITORS])), questions)
            yield "later, with other questions:"
            yield from _browsed(address)
            later = questions[2 * VISITORS : 4 * VISITORS]
            yield from _visited(asyncio.run(_all_at_once(address, later)), questions)


def _browsed(address: str) -> Iterator[str]:
    chromium = next((found for name in _BROWSERS if (found := shutil.which(name))), None)
    if chromium is None:
        yield "no Chromium on the PATH: the page was not loaded"
        return
    from playwright.sync_api import sync_playwright

    usable, first = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for _ in range(LOADS):
            page = browser.new_page()
            begun = time.perf_counter()
            page.goto(address)
            box = page.locator("#question textarea")
            page.locator("#moves [data-ask]").first.wait_for()
            usable.append(time.perf_counter() - begun)
            box.fill(QUESTION)
            begun = time.perf_counter()
            box.press("Enter")
            page.locator("#present .answer").wait_for()
            first.append(time.perf_counter() - begun)
            page.close()
        browser.close()
    yield f"page usable after {statistics.median(usable):.2f} s (wanted: 2.5 at most)"
    yield f"first sentence {1000 * statistics.median(first):.0f} ms after sending (wanted: 300 at most)"


def _visited(rounds: Sequence[Sequence[Asked | Exception]], questions: Sequence[str]) -> Iterator[str]:
    answers = [one for some in rounds for one in some if isinstance(one, Asked)]
    errors = sum(isinstance(one, Exception) for some in rounds for one in some)
    whole = sorted(one.whole for one in answers)
    first = sorted(one.first for one in answers)
    own = [{one.question for one in some if isinstance(one, Asked)} for some in rounds]
    mixed = sum(
        f'">{escape(other)}</h2>' in one.stream
        for some, mine in zip(rounds, own, strict=True)
        for one in some
        if isinstance(one, Asked)
        for other in questions
        if other not in mine
    )
    yield f"{VISITORS} visitors at once, {len(answers)} answers: {errors} errors (wanted: none)"
    if answers:
        p95 = whole[int(0.95 * (len(whole) - 1))]
        yield f"answer: median {statistics.median(whole):.2f} s, 95 of 100 within {p95:.2f} s (wanted: 3)"
        yield f"first sentence: median {statistics.median(first):.2f} s"
    yield f"questions of another visitor in a conversation: {mixed} (wanted: none)"


async def _all_at_once(address: str, questions: Sequence[str]) -> list[list[Asked | Exception]]:
    limits = httpx.Limits(max_connections=4 * VISITORS)
    async with httpx.AsyncClient(base_url=address, timeout=_PATIENCE, limits=limits) as client:
        place = _place_of_asking((await client.get("/config")).json())
        visits = (_visit(client, place, questions[number::VISITORS]) for number in range(VISITORS))
        return list(await asyncio.gather(*visits))


def _place_of_asking(config: dict[str, Any]) -> int:
    """Return the number of the event that sending the question box sets off."""
    box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
    return int(next(one["id"] for one in config["dependencies"] if [box, "submit"] in one["targets"]))


async def _visit(client: httpx.AsyncClient, place: int, questions: Sequence[str]) -> list[Asked | Exception]:
    """Ask some questions one after the other, as one visitor."""
    done: list[Asked | Exception] = []
    session = token_hex(8)
    for question in questions:
        try:
            done.append(await _ask(client, place, session, question))
        except (httpx.HTTPError, RuntimeError) as error:
            done.append(error)
    return done


async def _ask(client: httpx.AsyncClient, place: int, session: str, question: str) -> Asked:
    begun = time.perf_counter()
    body = {"data": [None, "fr", [], question], "fn_index": place, "session_hash": session}
    joined = await client.post("/gradio_api/queue/join", json=body)
    joined.raise_for_status()
    event = joined.json()["event_id"]
    first, stream = 0.0, ""
    address = f"/gradio_api/queue/data?session_hash={session}"
    async with client.stream("GET", address) as response:
        async for line in response.aiter_lines():
            if not line.startswith("data:"):
                continue
            told = json.loads(line.removeprefix("data:"))
            if told.get("event_id") != event:
                continue
            # The page keeps French punctuation with its word by no-break spaces.
            said = json.dumps(told, ensure_ascii=False).replace('\\"', '"').replace("\u00a0", " ")
            stream += said
            if not first and 'class="answer"' in said:
                first = time.perf_counter() - begun
            if told["msg"] == "process_completed":
                if not told["success"]:
                    raise RuntimeError(said)
                return Asked(question, first, time.perf_counter() - begun, stream)
    raise RuntimeError("the stream ended before the answer")
