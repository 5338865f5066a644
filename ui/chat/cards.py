"""The cards of sources as HTML. Everything that comes from documents or the catalogue is escaped."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation
from corpus.documents import Language
from ui.chat.prose import link_to_html, name_of
from ui.reader.address import reader_address
from ui.text import say


def card_to_html(citation: Citation, *, number: int, language: Language, opened: bool = False) -> str:
    """Return the card of one source of the `number`th answer: what it is about, and the passage quoted."""
    place = f"{number}-{citation.marker}"
    theme = citation.theme.name if citation.theme else ""
    below = theme if theme != name_of(citation) else say("card.theme", language)
    rows = "".join(
        f"<div><dt>{escape(say(key, language))}</dt><dd>{value}</dd></div>"
        for key, value in _rows(citation, language)
        if value
    )
    quoted = escape(say("card.passage", language))
    return (
        f'<details class="card" id="source-{place}"{" open" if opened else ""}>'
        f'<summary><span class="number">{citation.marker}</span> '
        f'<span class="what"><strong>{escape(name_of(citation))}</strong> '
        f"<small>{escape(below)}</small></span></summary>"
        f'<blockquote aria-label="{quoted}">{passage_to_html(citation)}</blockquote>'
        f"<dl>{rows}</dl>"
        f"{_reader(citation, language)} "
        f'<a class="back" href="#marker-{place}">{escape(say("card.back", language))}</a>'
        "</details>"
    )


def passage_to_html(citation: Citation) -> str:
    """Return the passage with its quote highlighted."""
    if not citation.quote:
        return escape(citation.passage)
    before, quote, after = citation.passage.partition(citation.quote)
    marked = f"<mark>{escape(quote)}</mark>" if quote else ""
    return f"{escape(before)}{marked}{escape(after)}"


def _rows(citation: Citation, language: Language) -> list[tuple[str, str]]:
    """Return (wording key, HTML) of each thing known of a source, empty where it is not."""
    initiative = citation.initiative
    document = escape(citation.document.title)
    if citation.page:
        document += f", {escape(say('card.page', language, page=citation.page))}"
    file = f' <span class="file">{escape(citation.document.file)}</span>'
    return [
        ("card.initiative", escape(initiative.name) if initiative else ""),
        ("card.theme", escape(citation.theme.name) if citation.theme else ""),
        ("card.territory", escape(initiative.territory) if initiative else ""),
        ("card.link", _site(initiative.url, language) if initiative and initiative.url else ""),
        ("card.document", document + file),
    ]


def _reader(citation: Citation, language: Language) -> str:
    """Return the link to the document, at its page, with the words highlighted."""
    address = reader_address(citation.document.id, citation.page, citation.quote)
    key = "card.read.page" if citation.page else "card.read"
    label, window = say(key, language, page=citation.page), say("card.window", language)
    return (
        f'<a class="read" href="{escape(address)}" target="_blank" title="{escape(window)}">'
        f"{escape(label)}</a>"
    )


def _site(address: str, language: Language) -> str:
    try:
        label = (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        label = address
    return link_to_html(address, label=label, language=language)


def cards_to_html(answer: Answer, *, number: int, language: Language) -> str:
    """Return the cards of all sources of the `number`th answer, the first one open."""
    title, close = escape(say("sources", language)), escape(say("sources.close", language))
    label = escape(say("sources.of", language, number=number))
    cards = "".join(
        card_to_html(citation, number=number, language=language, opened=place == 0)
        for place, citation in enumerate(answer.citations)
    )
    return (
        f'<aside class="sources" id="sources-{number}" aria-label="{label}">'
        f'<div class="sources-head"><h3>{title} <span class="count">{len(answer.citations)}</span></h3>'
        f'<button type="button" class="close" aria-label="{close}" title="{close}">✕</button></div>'
        f"{cards}</aside>"
    )
