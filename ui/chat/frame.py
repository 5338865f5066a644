"""What stands around the conversation, as HTML: header, welcome, footer."""

from __future__ import annotations

from html import escape

from corpus.documents import Language
from ui.chat.conversation import House
from ui.text import say
from ui.web.service import State

# A footbridge, drawn with the colour of the text around it.
MARK = (
    '<svg class="mark" viewBox="0 0 40 28" aria-hidden="true" focusable="false">'
    '<path d="M2 24C8 8 32 8 38 24M2 18h36M11 18v-4M20 18v-6M29 18v-4" fill="none" stroke="currentColor" '
    'stroke-width="2.6" stroke-linecap="round"/></svg>'
)


def header_to_html(house: House, language: Language) -> str:
    """Return the header: whose assistant this is, and its promise."""
    name = f'<span class="house">{escape(house.name)}</span>' if house.name else ""
    return (
        f'<div class="brand" lang="{language}">'
        f'<a class="skip" href="#box">{escape(say("skip", language))}</a>'
        f"{MARK}<h1>{escape(say('title', language))}</h1>"
        f'<p>{name}<span class="promise">{escape(say("promise", language))}</span></p></div>'
    )


def welcome_to_html(language: Language) -> str:
    """Return what stands in place of the conversation before the first question."""
    return (
        f'<div class="welcome"><h2>{escape(say("welcome", language))}</h2>'
        f"<p>{escape(say('welcome.more', language))}</p></div>"
    )


def jump_to_html(number: int, language: Language) -> str:
    """Return the link from the question box back to the latest answer, for the keyboard."""
    if not number:
        return ""
    return f'<a class="skip" href="#asked-{number}">{escape(say("skip.answer", language))}</a>'


def status_to_html(status: str) -> str:
    """Return the line above the question box."""
    return f"<p>{escape(status)}</p>" if status else ""


def footer_to_html(house: House, state: State, language: Language) -> str:
    """Return the footer: which version of the index answers."""
    if house.version is None:
        text = say("footer.starting" if state == "starting" else "footer.failed", language)
    else:
        text = say("footer", language, version=house.version, documents=house.documents)
    return f"<p>{escape(text)}</p>"
