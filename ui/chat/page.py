"""The page: Gradio components, and which event updates which of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from fastapi import FastAPI

from corpus.documents import Language
from ui.chat.cards import exchanges_to_html
from ui.chat.conversation import House, View, converse, note, welcome
from ui.chat.frame import footer_to_html, header_to_html, jump_to_html, status_to_html, welcome_to_html
from ui.text import LANGUAGES, say, unbroken
from ui.web.language import language_of
from ui.web.service import Service

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr

SUGGESTIONS = 4
VISITORS_AT_ONCE = 32
_LOOK_AGAIN = 0.6  # seconds, while the assistant gets ready
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_AT_ONCE: dict[str, Any] = {**_QUIET, "queue": False}


def _html(value: str = "", *, elem_id: str) -> gr.Markdown:
    """Return a component for HTML of ours.

    Not gr.HTML: its templates are evaluated, which a strict Content-Security-Policy forbids. Markdown leaves
    a block of HTML as it is, up to an empty line (`_block`).
    """
    return gr.Markdown(
        _block(value),
        elem_id=elem_id,
        sanitize_html=False,
        latex_delimiters=[],
        container=False,
        padding=False,
    )


def _block(html: str) -> str:
    """Return HTML as one block that Markdown does not look into."""
    return "<div>" + html.replace("\r", "").replace("\n", "&#10;") + "</div>" if html else ""


class Page:
    """The components of the page, and what each of them shows of a view."""

    def __init__(self, service: Service) -> None:
        self._service = service
        with gr.Blocks(title=say("title", "fr"), fill_width=True, analytics_enabled=False) as self.blocks:
            self._lay_out()
            self._listen()
        self.blocks.queue(default_concurrency_limit=VISITORS_AT_ONCE, api_open=False)

    def _lay_out(self) -> None:
        self._view = gr.State(View())
        self._timer = gr.Timer(_LOOK_AGAIN, active=False)
        with gr.Row(elem_id="head"):
            self._header = _html(header_to_html(House(), "fr"), elem_id="brand")
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
            self._past = _html(elem_id="past")
            self._present = _html(welcome_to_html("fr"), elem_id="present")
        with gr.Column(elem_id="desk"):
            with gr.Row(elem_id="chips"):
                self._gap = gr.Button(
                    say("gap.note", "fr"),
                    visible=False,
                    size="sm",
                    elem_id="gap",
                    elem_classes="chip",
                    min_width=0,
                )
                self._chips = [
                    gr.Button("", visible=False, size="sm", elem_classes="chip", min_width=0)
                    for _ in range(SUGGESTIONS)
                ]
            self._jump = _html(elem_id="jump")
            self._status = _html(elem_id="status")
            with gr.Row(elem_id="box"):
                self._box = gr.Textbox(
                    label=say("ask.label", "fr"),
                    placeholder=say("ask.placeholder", "fr"),
                    show_label=False,
                    container=False,
                    autofocus=True,
                    lines=1,
                    max_lines=6,
                    elem_id="question",
                )
                self._send = gr.Button(
                    say("ask.button", "fr"), variant="primary", elem_id="send", min_width=0
                )
            self._footer = _html(footer_to_html(House(), "starting", "fr"), elem_id="foot")

    def _listen(self) -> None:
        shown = [self._past, self._present, self._gap]
        talk = [self._view, *shown, *self._chips, self._jump, self._status, self._box]
        frame = [self._header, self._footer, self._timer]
        words = [self._language, self._send]
        asking: list[tuple[Callable[..., Any], gr.components.Component]] = [
            (self._box.submit, self._box),
            (self._send.click, self._box),
            *((chip.click, chip) for chip in self._chips),
        ]
        for asked, question in asking:
            asked(
                self._ask, [self._view, self._language, question], talk,
                concurrency_limit=VISITORS_AT_ONCE, concurrency_id="ask", **_QUIET,
            ).then(self._number_index, [self._language], [self._footer], **_AT_ONCE)  # fmt: skip
        self._gap.click(self._note, [self._view, self._language], talk, **_AT_ONCE)
        self._timer.tick(
            self._look_again,
            [self._view, self._language],
            [*self._chips, self._status, *frame],
            **_AT_ONCE,
        )
        self._language.input(
            self._translate, [self._view, self._language], [*talk, *frame, *words], **_AT_ONCE
        )
        self.blocks.load(self._greet, [self._view], [*talk, *frame, *words], **_AT_ONCE)

    def _ask(self, view: View, language: Language, question: str, request: gr.Request) -> Iterator[list[Any]]:
        visitor = request.client.host if request.client else ""
        asked = converse(self._service, question, before=view, language=language, visitor=visitor)
        for shown in asked:
            yield self._talk(shown, language)

    def _note(self, view: View, language: Language) -> list[Any]:
        return self._talk(note(self._service, before=view, language=language), language)

    def _look_again(self, view: View, language: Language) -> list[Any]:
        view, house, waiting = welcome(self._service, before=view, language=language)
        return [*_chips(view), _block(status_to_html(view.status)), *self._frame(house, waiting, language)]

    def _greet(self, view: View, request: gr.Request) -> list[Any]:
        return self._translate(view, language_of(request.request) if request.request else "fr")

    def _translate(self, view: View, language: Language) -> list[Any]:
        view, house, waiting = welcome(self._service, before=view, language=language)
        box = gr.update(label=say("ask.label", language), placeholder=say("ask.placeholder", language))
        choice = gr.update(value=language, label=say("language.choice", language))
        talk = self._talk(view, language)[:-1]
        frame = self._frame(house, waiting, language)
        return [*talk, box, *frame, choice, say("ask.button", language)]

    def _number_index(self, language: Language) -> str:
        _, house, _ = welcome(self._service, before=View(), language=language)
        return _block(footer_to_html(house, self._service.state, language))

    def _talk(self, view: View, language: Language) -> list[Any]:
        """Return the values of the components that show the conversation, the question box last."""
        past, present = view.exchanges[:-1], view.exchanges[-1:]
        return [
            view,
            _block(exchanges_to_html(past, language)),
            _block(exchanges_to_html(present, language) or welcome_to_html(language)),
            gr.update(value=say("gap.note", language), visible=self._service.notes and _is_gap(view)),
            *_chips(view),
            _block(jump_to_html(present[0].number if present else 0, language)),
            _block(status_to_html(view.status)),
            gr.skip() if view.box is None else view.box,
        ]

    def _frame(self, house: House, waiting: bool, language: Language) -> list[Any]:
        return [
            _block(header_to_html(house, language)),
            _block(footer_to_html(house, self._service.state, language)),
            gr.Timer(active=waiting),
        ]


def _is_gap(view: View) -> bool:
    return bool(view.exchanges) and view.exchanges[-1].is_gap


def _chips(view: View) -> Sequence[Any]:
    shown = view.suggestions[:SUGGESTIONS]
    unused = [gr.update(visible=False) for _ in range(SUGGESTIONS - len(shown))]
    return [*(gr.update(value=unbroken(one), visible=True) for one in shown), *unused]


def _theme() -> gr.themes.Base:
    """Return a theme of system fonts only; `look/style.css` does the rest."""
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
