"""What a visitor can do next, as HTML: stop, ask again, edit, report a gap, ask one of the suggestions.

`look/chat.js` presses the button of Gradio's that stands behind each (`page.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from corpus.documents import Language
from ui.chat.conversation import View
from ui.text import say, unbroken

MOVES = ("stop", "retry", "edit", "gap")
SUGGESTIONS = 4


def moves_to_html(view: View, language: Language, *, notes: bool) -> str:
    """Return the buttons, and for the keyboard the link back to the latest answer.

    With `notes` a question that the documents do not answer can be reported.
    """
    acts = "".join(
        f'<button type="button" class="chip act" id="{move}">{escape(say(key, language))}</button>'
        for move, key in _moves(view, notes=notes)
    )
    chips = "".join(
        f'<button type="button" class="chip" data-ask="{escape(one)}">{escape(unbroken(one))}</button>'
        for one in view.suggestions[:SUGGESTIONS]
    )
    buttons = f'<div class="chips">{acts}{chips}</div>' if acts or chips else ""
    back = escape(say("skip.answer", language))
    jump = f'<a class="skip" href="#asked-{view.last.number}">{back}</a>' if view.last else ""
    return buttons + jump


def _moves(view: View, *, notes: bool) -> Iterator[tuple[str, str]]:
    """Yield each move that can be made now, with the key of its wording."""
    if view.last is None:
        return
    if view.is_answering:
        yield "stop", "stop"
        return
    if not view.editing:
        yield "retry", "retry"
    yield "edit", "edit.leave" if view.editing else "edit"
    if notes and view.last.is_gap:
        yield "gap", "gap.note"
