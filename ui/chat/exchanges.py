"""Exchanges as HTML: a question, its answer, where that comes from, and what can be done with it.

Everything that comes from documents or visitors is escaped. What a button does is in `look/tools.js`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from urllib.parse import urlencode

from assistant.answer import Answer, Searched
from assistant.courtesy import refuses
from corpus.documents import Language
from corpus.feedback import REASONS, THUMBS
from ui.chat.cards import cards_to_html
from ui.chat.conversation import Exchange
from ui.chat.keeping import kept, to_attribute
from ui.chat.making import made_of
from ui.chat.prose import answer_to_html
from ui.text import say, unbroken

FORMATS = ("docx", "pdf", "md")


def exchanges_to_html(exchanges: Sequence[Exchange], language: Language, *, opinions: bool = False) -> str:
    """Return exchanges one below the other, each with its sources beside it."""
    return "".join(exchange_to_html(one, language, opinions=opinions) for one in exchanges)


def exchange_to_html(
    exchange: Exchange, language: Language, *, latest: bool = False, opinions: bool = False
) -> str:
    """Return one question, its answer as far as it is there, and a card for each source.

    The latest carries what the browser is to keep of it; with `opinions` a visitor can say how good it is.
    """
    number, answer = exchange.number, exchange.answer
    states = ["abstained"] if answer and refuses(answer) else ["answered"] if exchange.complete else []
    state = " ".join(states if exchange.complete else [*states, "answering"])
    complete = exchange.complete and answer is not None
    said = "".join(_said(exchange, language))
    cards = ""
    if answer and answer.citations:
        said += _opener(len(answer.citations), number, language)
        cards = cards_to_html(answer, number=number, language=language)
    if complete:
        said += tools_to_html(exchange, language, opinions=opinions) + provenance_to_html(exchange, language)
    keep = kept(exchange) if latest else None
    held = f' data-kept="{escape(to_attribute(keep))}"' if keep else ""
    return (
        f'<article class="exchange {state}" id="exchange-{number}" aria-labelledby="asked-{number}"{held}>'
        f'<div class="said">{said}</div>{cards}</article>'
    )


def provenance_to_html(exchange: Exchange, language: Language) -> str:
    """Return where an answer comes from: what was searched, and how much was examined."""
    answer = exchange.answer
    if answer is None or answer.searched is None:
        return ""
    rows = "".join(
        f"<div><dt>{escape(say(key, language))}</dt><dd>{escape(value)}</dd></div>"
        for key, value in _provenance(answer, answer.searched, language)
        if value
    )
    return (
        f'<details class="provenance"><summary>{escape(say("from", language))}</summary>'
        f"<dl>{rows}</dl></details>"
    )


def tools_to_html(exchange: Exchange, language: Language, *, opinions: bool) -> str:
    """Return what can be done with an answer: copy it, share it, make a note of it, say how good it is."""
    answer, number = exchange.answer, exchange.number
    if answer is None:
        return ""
    label = escape(say("tools", language, number=number))
    address = share_address(answer, exchange.themes)
    buttons = [
        _button("copy", "tool.copy", language),
        f'<a class="tool share" href="{escape(address)}">{escape(say("tool.share", language))}</a>',
        *(_thumb(verdict, language) for verdict in (THUMBS if opinions else ())),
    ]
    choices = "".join(
        f'<button type="button" class="export" data-format="{one}">'
        f"{escape(say(f'note.{one}', language))}</button>"
        for one in FORMATS
    )
    notes = (
        f'<details class="notes"><summary class="tool">{escape(say("tool.note", language))}</summary>'
        f'<div class="choices">{choices}</div></details>'
    )
    form = _reasons(number, language) if opinions else ""
    return f'<div class="tools" role="group" aria-label="{label}">{"".join(buttons)}{notes}</div>{form}'


def share_address(answer: Answer, themes: Sequence[str]) -> str:
    """Return the address that asks a question again, understood as it was."""
    asked = {"q": answer.standalone_question or answer.question}
    return "/?" + urlencode({**asked, **({"themes": ",".join(themes)} if themes else {})})


def _said(exchange: Exchange, language: Language) -> Iterator[str]:
    answer, number = exchange.answer, exchange.number
    spoken = answer.language if answer else language
    asked = escape(unbroken(exchange.question))
    yield f'<h2 class="asked" id="asked-{number}" tabindex="-1" dir="auto">{asked}</h2>'
    if answer and _differs(answer.standalone_question, exchange.question):
        said, alone = escape(say("understood", language)), escape(unbroken(answer.standalone_question))
        yield f'<p class="understood">{said} <q>{alone}</q></p>'
    if answer and answer.searched and answer.searched.themes:
        within = escape(say("within", language, themes=", ".join(answer.searched.themes)))
        yield f'<p class="understood">{within}</p>'
    if answer and refuses(answer):
        yield f'<p class="verdict">{escape(say("abstained", language))}</p>'
    if answer and answer.text:
        text = answer_to_html(answer, number=number, language=language)
        yield f'<div class="answer" lang="{spoken}">{text}</div>'
    elif not exchange.complete:
        yield f'<p class="searching">{escape(say("answering", language))}</p>'
    made = made_of(answer, language) if answer and exchange.complete else ""
    if exchange.stopped:
        made = say("stopped.here", language) + (f" · {made}" if made else "")
    if made:
        yield f'<p class="made">{escape(made)}</p>'


def _provenance(answer: Answer, searched: Searched, language: Language) -> Iterator[tuple[str, str]]:
    """Yield (wording key, text) of each thing to know, the text empty where there is nothing."""
    yield "from.question", unbroken(answer.standalone_question)
    yield "from.names", ", ".join(searched.names)
    yield "from.themes", ", ".join(searched.themes)
    yield "from.where", say(
        "from.examined", language, count=searched.passages, documents=searched.documents,
        version=answer.index_version,
    )  # fmt: skip
    titles = " · ".join(searched.titles)
    yield "from.read", say("from.read.of", language, count=searched.read, titles=titles) if titles else ""
    total = answer.timings_ms.get("total")
    quoted = sum(bool(one.markers) for one in answer.sentences)
    key = "from.nothing" if refuses(answer) else "from.cited"
    yield "from.result", say(key, language, count=quoted, sources=len(answer.citations))
    yield "from.time", say("from.milliseconds", language, count=round(total)) if total else ""


def _button(name: str, key: str, language: Language) -> str:
    return f'<button type="button" class="tool {name}">{escape(say(key, language))}</button>'


def _thumb(verdict: str, language: Language) -> str:
    return (
        f'<button type="button" class="tool thumb" data-verdict="{verdict}" aria-pressed="false">'
        f"{escape(say(f'thumb.{verdict}', language))}</button>"
    )


def _reasons(number: int, language: Language) -> str:
    """Return the form that asks why an answer was of no use, hidden until somebody says so."""
    choices = "".join(
        f'<label><input type="radio" name="reason" value="{one}" /> '
        f"{escape(say(f'reason.{one}', language))}</label>"
        for one in REASONS
    )
    return (
        f'<form class="opinion" id="opinion-{number}" hidden><fieldset>'
        f"<legend>{escape(say('reason', language))}</legend>{choices}</fieldset>"
        f'<label class="more">{escape(say("reason.text", language))}'
        f'<textarea name="text" rows="2" maxlength="1000"></textarea></label>'
        f"<p>{escape(say('reason.kept', language))} "
        f'<a href="/donnees">{escape(say("foot.privacy", language))}</a></p>'
        f'<button type="submit" class="tool">{escape(say("reason.send", language))}</button></form>'
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
