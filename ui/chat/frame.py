"""What stands around the conversation, as HTML: header, welcome, footer."""

from __future__ import annotations

import json
from html import escape

from corpus.documents import Language
from ui.chat.conversation import House
from ui.text import say, unbroken, words_of
from ui.web.brand import MARK, ROOMS
from ui.web.service import State

# The beginnings of the keys that the scripts of the page need.
_SCRIPTED = ("shelf", "js.", "themes.open")
_HERE = ' aria-current="page"'


def header_to_html(house: House, language: Language, *, greeted: bool = True) -> str:
    """Return the header: whose assistant this is, its promise, the other rooms, and what the scripts say.

    Once the visitor was `greeted`, the server knows the page, and the scripts may send it something.
    """
    known = " data-greeted" if greeted else ""
    name = f'<span class="house">{escape(house.name)}</span>' if house.name else ""
    spoken = {
        key: unbroken(said) if language == "fr" else said
        for key, said in words_of("chat", language).items()
        if key.startswith(_SCRIPTED)
    }
    rooms = "".join(
        f'<li><a href="{place}"{_HERE if place == "/" else ""}>{escape(say(key, language))}</a></li>'
        for place, key in ROOMS
    )
    return (
        f'<div class="brand" lang="{language}"{known}'
        f' data-words="{escape(json.dumps(spoken, ensure_ascii=False))}">'
        f'<a class="skip" href="#box">{escape(say("skip", language))}</a>'
        f"{MARK}<h1>{escape(say('title', language))}</h1>"
        f'<p>{name}<span class="promise">{escape(say("promise", language))}</span></p></div>'
        f'<nav aria-label="{escape(say("rooms", language))}"><ul class="rooms">{rooms}</ul>'
        f'<button type="button" id="shelf-open" aria-haspopup="dialog">{escape(say("shelf", language))}'
        "</button></nav>"
    )


def filter_to_html(language: Language) -> str:
    """Return the button that opens the choice of themes."""
    return (
        '<button type="button" id="themes-open" aria-expanded="false" aria-controls="themes">'
        f'{escape(say("themes.open", language))} <span class="count"></span></button>'
    )


def welcome_to_html(language: Language) -> str:
    """Return what stands in place of the conversation before the first question."""
    return (
        f'<div class="welcome"><h2>{escape(say("welcome", language))}</h2>'
        f"<p>{escape(say('welcome.more', language))}</p></div>"
    )


def status_to_html(status: str) -> str:
    """Return the line above the question box."""
    return f"<p>{escape(status)}</p>" if status else ""


def footer_to_html(house: House, state: State, language: Language) -> str:
    """Return the footer: which version of the index answers, and what else there is to read."""
    if house.version is None:
        text = say("footer.starting" if state == "starting" else "footer.failed", language)
    else:
        text = say("footer", language, version=house.version, documents=house.documents)
    links = "".join(
        f'<span class="further"> · <a href="{place}">{escape(say(key, language))}</a></span>'
        for place, key in (("/accessibilite", "foot.accessibility"), ("/donnees", "foot.privacy"))
    )
    return f"<p>{escape(text)}{links}</p>"
