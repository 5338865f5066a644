"""Exchanges and their source cards as HTML. Everything that comes from documents or visitors is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlsplit

from assistant.answer import Answer, Citation
from corpus.documents import Language
from ui.chat.conversation import Exchange
from ui.chat.making import made_of
from ui.chat.prose import answer_to_html, link_to_html, name_of
from ui.text import say, unbroken


def exchanges_to_html(exchanges: Sequence[Exchange], language: Language) -> str:
    """Return exchanges one below the other, each with its sources beside it."""
    return "".join(exchange_to_html(one, language) for one in exchanges)


def exchange_to_html(exchange: Exchange, language: Language) -> str:
    """Return one question, its answer as far as it is there, and a card for each source."""
    answer, number = exchange.answer, exchange.number
    state = "abstained" if answer and answer.abstained else "answered" if exchange.complete else "answering"
    spoken = answer.language if answer else language
    asked = escape(unbroken(exchange.question))
    parts = [f'<h2 class="asked" id="asked-{number}" tabindex="-1">{asked}</h2>']
    if answer and _differs(answer.standalone_question, exchange.question):
        said, alone = escape(say("understood", language)), escape(unbroken(answer.standalone_question))
        parts.append(f'<p class="understood">{said} <q>{alone}</q></p>')
    if answer and answer.abstained:
        parts.append(f'<p class="verdict">{escape(say("abstained", language))}</p>')
    if answer and answer.text:
        text = answer_to_html(answer, number=number, language=language)
        parts.append(f'<div class="answer" lang="{spoken}">{text}</div>')
    elif not exchange.complete:
        parts.append(f'<p class="searching">{escape(say("answering", language))}</p>')
    made = made_of(answer, language) if answer and exchange.complete else ""
    if made:
        parts.append(f'<p class="made">{escape(made)}</p>')
    cards = ""
    if answer and answer.citations:
        parts.append(_opener(len(answer.citations), number, language))
        cards = _cards(answer, number, language)
    said = "".join(parts)
    return (
        f'<article class="exchange {state}" id="exchange-{number}" aria-labelledby="asked-{number}">'
        f'<div class="said">{said}</div>{cards}</article>'
    )


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
        f'<summary><span class="number">{citation.marker}</span>'
        f'<span class="what"><strong>{escape(name_of(citation))}</strong>'
        f"<small>{escape(below)}</small></span></summary>"
        f'<blockquote aria-label="{quoted}">{passage_to_html(citation)}</blockquote>'
        f"<dl>{rows}</dl>"
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


def _site(address: str, language: Language) -> str:
    try:
        label = (urlsplit(address).hostname or address).removeprefix("www.")
    except ValueError:
        label = address
    return link_to_html(address, label=label, language=language)


def _cards(answer: Answer, number: int, language: Language) -> str:
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


def _opener(count: int, number: int, language: Language) -> str:
    label = say("sources.one", language) if count == 1 else say("sources.many", language, count=count)
    controls = f'aria-controls="sources-{number}"'
    return f'<button type="button" class="show-sources" {controls}>{escape(label)}</button>'


def _differs(standalone: str, question: str) -> bool:
    """Say whether a question was rewritten beyond case, spaces and punctuation."""

    def bare(text: str) -> str:
        return "".join(letter for letter in text.casefold() if letter.isalnum())

    return bool(standalone) and bare(standalone) != bare(question)
