"""The web app: the HTTP API, the pages and the chat on one FastAPI application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from ui.briefing.routes import routes as note_routes
from ui.chat.conversation import house_of
from ui.chat.page import Page, mount
from ui.explore.explorer import routes as explore_routes
from ui.opening import Opening
from ui.reader.page import routes as reader_routes
from ui.retention import Retention, purge
from ui.simple.form import routes as simple_routes
from ui.team.wiring import answer_at_the_door, team_routes, wide_doors
from ui.web.api import answer_errors, api_routes
from ui.web.front import Front
from ui.web.look import Look
from ui.web.opinions import opinion_routes
from ui.web.pages import Pages
from ui.web.privacy import privacy_routes
from ui.web.service import Service
from ui.web.statement import statement_routes
from ui.web.straying import answer_straying
from ui.widget.page import routes as widget_routes

BODY_LIMIT = 1_000_000  # bytes of one request


def build_app(service: Service, opening: Opening | None = None) -> FastAPI:
    """Return the application. It begins to load the assistant as it opens, and serves the page meanwhile.

    Without an `opening`, which leads to the home, there is nothing that reads or writes there: no originals,
    no opinions, no door for the team.
    """

    @asynccontextmanager
    async def running(_app: FastAPI) -> AsyncIterator[None]:
        service.start()
        if retention:
            retention.start()
        yield
        if retention:
            retention.stop()
        service.stop()

    retention = Retention(lambda: purge(opening, days=opening.settings.feedback_days)) if opening else None
    app = FastAPI(title="Passerelle", docs_url=None, redoc_url=None, lifespan=running)
    look = Look()
    pages = Pages(look, house=lambda: house_of(service).name)
    app.include_router(api_routes(service))
    app.include_router(look.routes())
    app.include_router(simple_routes(pages, service))
    app.include_router(explore_routes(pages, service))
    app.include_router(note_routes(pages, service, opening))
    framed_by = opening.settings.widget_origins if opening else ()
    app.include_router(widget_routes(pages, origins=framed_by))
    app.include_router(statement_routes(pages, opening.settings if opening else None))
    answer_errors(app)
    app.include_router(privacy_routes(pages, opening.settings if opening else None))
    if opening:
        app.include_router(reader_routes(pages, opening))
        app.include_router(opinion_routes(service, opening))
        app.include_router(team_routes(pages, service, opening))
        answer_at_the_door(app, pages)
    mount(Page(service, opinions=opening is not None), app)
    answer_straying(app, pages)
    wide = wide_doors(opening.settings) if opening else {}
    app.add_middleware(Front, limit=BODY_LIMIT, wide=wide, head=look.chat_head, framed_by=framed_by)
    return app
