"""The page: Gradio components, and which event updates which of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from fastapi import FastAPI

from corpus.documents import Language
from ui.chat.conversation import Exchange, House, View, converse, edit, house_of, note, stop, welcome
from ui.chat.exchanges import exchange_to_html, exchanges_to_html
from ui.chat.frame import (
    filter_to_html,
    footer_to_html,
    header_to_html,
    status_to_html,
    welcome_to_html,
)
from ui.chat.keeping import reopened
from ui.chat.moves import MOVES, moves_to_html
from ui.text import LANGUAGES, say
from ui.web.language import language_of
from ui.web.service import Service

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
# At its first event Gradio asks matplotlib for its backend, which imports 1 s of it unless one is named.
os.environ.setdefault("MPLBACKEND", "agg")

import gradio as gr

from ui.chat.block import block, whole

VISITORS_AT_ONCE = 64
_LOOK_AGAIN = 0.6  # seconds, while the assistant gets ready
_A_BLINK = 0.08  # seconds between two steps of an answer that grows
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}
_REFUSED = "?"
"""Left in the box of what the browser kept when it cannot be read; `look/shelf.js` looks there."""
_UNTOUCHED = [gr.skip()] * 7
"""For the components of the conversation."""


class Page:
    """The components of the page, and what each of them shows of a view.

    With `opinions` a visitor can say how good an answer is.
    """

    def __init__(self, service: Service, *, opinions: bool = False) -> None:
        self._service = service
        self._opinions = opinions
        with gr.Blocks(title=say("title", "fr"), fill_width=True, analytics_enabled=False) as self.blocks:
            self._lay_out_talk()
            self._lay_out_desk()
            self._listen()
        self.blocks.queue(default_concurrency_limit=VISITORS_AT_ONCE, api_open=False)

    def _lay_out_talk(self) -> None:
        self._view = gr.State(View())
        self._timer = gr.Timer(_LOOK_AGAIN, active=False)
        with gr.Row(elem_id="head"):
            self._header = block(header_to_html(House(), "fr", greeted=False), elem_id="brand")
            self._language = gr.Radio(
                [(name, language) for language, name in LANGUAGES.items()],
                value="fr",
                label=say("language.choice", "fr"),
                show_label=False,
                container=False,
                elem_id="language",
                min_width=0,
            )
        with gr.Column(elem_id="talk"):
            self._past = block(elem_id="past")
            self._present = block(welcome_to_html("fr"), elem_id="present")

    def _lay_out_desk(self) -> None:
        with gr.Column(elem_id="desk"):
            self._moves = block(elem_id="moves")
            self._status = block(elem_id="status")
            with gr.Row(elem_id="box"):
                self._box = gr.Textbox(
                    label=say("ask.label", "fr"),
                    placeholder=say("ask.placeholder", "fr"),
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                )
                self._send = gr.Button(
                    say("ask.button", "fr"), variant="primary", elem_id="send", min_width=0
                )
            self._themes = gr.CheckboxGroup(
                [], label=say("themes.choose", "fr"), container=False, elem_id="themes"
            )
            with gr.Row(elem_id="under"):
                self._filter = block(filter_to_html("fr"), elem_id="filter")
                self._footer = block(footer_to_html(House(), "starting", "fr"), elem_id="foot")
            self._lay_out_behind()

    def _lay_out_behind(self) -> None:
        """Lay out what nobody sees: the scripts of the page press these and fill in that.

        A button of Gradio's that comes and goes is built anew with each step of each answer.
        """
        self._kept = gr.Textbox(show_label=False, visible="hidden", elem_id="kept")
        self._reopen = gr.Button("", visible="hidden", elem_id="reopen")
        self._stop, self._retry, self._edit, self._gap = (
            gr.Button("", visible="hidden", elem_id=f"do-{move}") for move in MOVES
        )

    def _listen(self) -> None:
        below = [self._moves, self._status, self._footer]
        talk = [self._view, self._past, self._present, *below, self._box]
        frame = [self._header, self._timer]
        words = [self._language, self._send, self._filter, self._themes]
        at = [self._view, self._language]
        asking: list[tuple[Callable[..., Any], Callable[..., Any], gr.components.Component]] = [
            (self._box.submit, self._ask, self._box),
            (self._send.click, self._ask, self._box),
            (self._retry.click, self._ask_again, self._box),
        ]
        loading = self.blocks.load(self._greet, [self._view], [*talk, *frame, *words], **_AT_ONCE)
        asked = [
            # A question sent while an answer still ends waits its turn; it would be dropped otherwise.
            event(
                ask, [*at, self._themes, box], talk, trigger_mode="always_last",
                concurrency_limit=VISITORS_AT_ONCE, concurrency_id="ask", **_QUIET,
            )
            for event, ask, box in asking
        ]  # fmt: skip
        asked.append(
            loading.then(
                self._open, at, [*talk, self._themes],
                concurrency_limit=VISITORS_AT_ONCE, concurrency_id="ask", **_QUIET,
            )
        )  # fmt: skip
        self._stop.click(self._end, at, talk, cancels=asked, **_AT_ONCE)
        self._edit.click(self._rephrase, at, talk, **_AT_ONCE)
        self._gap.click(self._note, at, talk, **_AT_ONCE)
        self._reopen.click(self._come_back, [*at, self._kept], [*talk, self._kept], **_AT_ONCE)
        self._timer.tick(self._look_again, at, [*below, *frame, self._themes], **_AT_ONCE)
        self._language.input(self._translate, at, [*talk, *frame, *words], **_AT_ONCE)

    def _ask(
        self,
        view: View,
        language: Language,
        themes: list[str],
        question: str,
        request: gr.Request,
        *,
        again: bool = False,
    ) -> Iterator[list[Any]]:
        visitor = request.client.host if request.client else ""
        asked = converse(
            self._service, question,
            before=view, language=language, themes=themes or (), again=again, visitor=visitor,
        )  # fmt: skip
        begun = 0.0
        past: Sequence[Exchange] | None = None
        for shown in asked:
            now = time.monotonic()
            if begun and shown.is_answering and now - begun < _A_BLINK:
                continue  # more comes at once: each step costs every visitor
            yield self._talk(shown, language, known=past)
            past = shown.exchanges[:-1]
            begun = time.monotonic()

    def _ask_again(
        self, view: View, language: Language, themes: list[str], _box: str, request: gr.Request
    ) -> Iterator[list[Any]]:
        question = view.last.question if view.last else ""
        yield from self._ask(view, language, themes, question, request, again=True)

    def _open(self, view: View, language: Language, request: gr.Request) -> Iterator[list[Any]]:
        """Ask the question of the address, where it has one."""
        question = str(request.query_params.get("q") or "")
        if not question.strip():
            yield [*_UNTOUCHED, gr.skip()]
            return
        known = {theme.id for theme in house_of(self._service).themes}
        themes = [one for one in str(request.query_params.get("themes") or "").split(",") if one in known]
        for shown in self._ask(view, language, themes, question, request):
            yield [*shown, themes]

    def _end(self, view: View, language: Language) -> list[Any]:
        return self._talk(stop(view, language=language), language)

    def _rephrase(self, view: View, language: Language) -> list[Any]:
        return self._talk(edit(view, language=language), language)

    def _note(self, view: View, language: Language) -> list[Any]:
        return self._talk(note(self._service, before=view, language=language), language)

    def _come_back(self, view: View, language: Language, kept: str) -> list[Any]:
        view = reopened(kept, before=view, language=language)
        refused = view.status
        if not view.exchanges:
            view, *_ = welcome(self._service, before=view, language=language)
            view = replace(view, status=refused or view.status)
        return [*self._talk(view, language), _REFUSED if refused else ""]

    def _look_again(self, view: View, language: Language) -> list[Any]:
        view, house, waiting = welcome(self._service, before=view, language=language)
        themes = gr.update(choices=_choices(house, language))
        return [*self._below(view, language), *self._frame(house, waiting, language), themes]

    def _greet(self, view: View, request: gr.Request) -> list[Any]:
        return self._translate(view, language_of(request.request) if request.request else "fr")

    def _translate(self, view: View, language: Language) -> list[Any]:
        view, house, waiting = welcome(self._service, before=view, language=language)
        box = gr.update(label=say("ask.label", language), placeholder=say("ask.placeholder", language))
        return [
            *self._talk(view, language)[:-1],
            box,
            *self._frame(house, waiting, language),
            gr.update(value=language, label=say("language.choice", language)),
            say("ask.button", language),
            whole(filter_to_html(language)),
            gr.update(choices=_choices(house, language), label=say("themes.choose", language)),
        ]

    def _present_of(self, view: View, language: Language) -> str:
        if view.last is None:
            return whole(welcome_to_html(language))
        return whole(exchange_to_html(view.last, language, latest=True, opinions=self._opinions))

    def _talk(self, view: View, language: Language, *, known: Sequence[Exchange] | None = None) -> list[Any]:
        """Return the values of the components that show the conversation, the question box last.

        Of the past, what the page shows as `known` is not drawn and sent again.
        """
        past = view.exchanges[:-1]
        return [
            view,
            gr.skip() if past == known else whole(exchanges_to_html(past, language, opinions=self._opinions)),
            self._present_of(view, language),
            *self._below(view, language),
            gr.skip() if view.box is None else view.box,
        ]

    def _below(self, view: View, language: Language) -> list[str]:
        """Return what stands around the question box."""
        return [
            whole(moves_to_html(view, language, notes=self._service.notes)),
            whole(status_to_html(view.status)),
            whole(footer_to_html(house_of(self._service), self._service.state, language)),
        ]

    def _frame(self, house: House, waiting: bool, language: Language) -> list[Any]:
        return [
            whole(header_to_html(house, language)),
            gr.Timer(active=waiting),
        ]


def _choices(house: House, language: Language) -> list[tuple[str, str]]:
    return [(theme.called(language), theme.id) for theme in house.themes]


def _theme() -> gr.themes.Base:
    """Return a theme of system fonts only; `look/base.css` and `look/chat.css` do the rest."""
    return gr.themes.Base(
        font=["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"],
        font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
    )


def mount(page: Page, app: FastAPI) -> None:
    """Serve the page at the root of `app`; it offers no account, file, telemetry or API page."""
    gr.mount_gradio_app(
        app,
        page.blocks,
        path="/",
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        show_error=False,
        theme=_theme(),
    )
