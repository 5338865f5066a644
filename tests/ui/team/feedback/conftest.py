"""Opinions and gaps in the home whose team is logged in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from corpus.feedback import Opinion
from tests.ui.fakes import ready
from tests.ui.team.conftest import PASSWORD
from ui.opening import Opening
from ui.team.keys import Keys
from ui.team.wiring import answer_at_the_door, team_routes
from ui.web.api import answer_errors
from ui.web.look import Look
from ui.web.pages import Pages

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) \u05d0"
OPINION = Opinion(
    verdict="down",
    question="Combien de sociétaires a Houlocoop ?",
    answer="Houlocoop réunit 300 sociétaires. [1]",
    version=3,
    mode="extractive",
    language="fr",
    documents=("houlocoop", "gone"),
    reason="wrong",
    remark="Ils sont 350.",
)
Post = Callable[..., Any]
PAGES = Pages(Look())


@pytest.fixture
def stranger(opening: Opening) -> Iterator[TestClient]:
    """A browser at the pages of the team alone: the chat takes a second to build."""
    Keys(opening.home).set(PASSWORD)
    service = ready()
    app = FastAPI()
    answer_errors(app)
    app.include_router(team_routes(PAGES, service, opening))
    answer_at_the_door(app, PAGES)
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def filled(opening: Opening) -> Opening:
    """The home with three opinions, the last a good one, and a hostile one before it."""
    opening.feedback.add(OPINION)
    opening.feedback.add(
        replace(OPINION, question=HOSTILE, answer=HOSTILE, remark=HOSTILE, version=4, documents=(HOSTILE,))
    )
    opening.feedback.add(replace(OPINION, verdict="up", reason=None, remark="", question="Où est le port ?"))
    return opening


@pytest.fixture
def post(member: TestClient, csrf: Callable[[str], str]) -> Post:
    """Return what sends a form of the team, its token with it."""

    def send(path: str, **fields: str) -> Any:
        return member.post(path, data={"csrf": csrf("/admin/feedback"), **fields})

    return send
