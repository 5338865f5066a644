"""Keeping: what the browser keeps of a conversation, and how it comes back. The server keeps none of it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.answer import answer_from_json
from corpus.documents import Language
from ui.chat.conversation import REMEMBERED, Exchange, View
from ui.text import say


class _Kept(BaseModel):
    """One exchange as the browser kept it."""

    model_config = ConfigDict(extra="ignore")

    question: Annotated[str, Field(min_length=1, max_length=20_000)]
    answer: dict[str, Any]
    themes: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=100)] = []
    stopped: bool = False


class _Conversation(BaseModel):
    exchanges: Annotated[list[_Kept], Field(min_length=1)]


def kept(exchange: Exchange) -> dict[str, Any] | None:
    """Return what the browser is to keep of an exchange, None while it is not complete."""
    answer = exchange.answer
    if not exchange.complete or answer is None:
        return None
    searched = {"searched": asdict(answer.searched)} if answer.searched else {}
    return {
        "number": exchange.number,
        "question": exchange.question,
        "answer": {**answer.to_json(), **searched},
        "themes": list(exchange.themes),
        "stopped": exchange.stopped,
    }


def reopened(text: str, *, before: View, language: Language) -> View:
    """Return the conversation that the browser kept as JSON; what cannot be read leaves all as it was.

    Only the latest `REMEMBERED` exchanges come back.
    """
    if not text.strip():
        return View(box="")
    try:
        exchanges = _Conversation.model_validate_json(text).exchanges[-REMEMBERED:]
        shown = tuple(
            Exchange(
                number,
                one.question,
                answer_from_json(one.answer),
                complete=True,
                stopped=one.stopped,
                themes=tuple(one.themes),
            )
            for number, one in enumerate(exchanges, start=1)
        )
    except (ValidationError, ValueError, RecursionError):
        return View(before.exchanges, before.suggestions, status=say("shelf.unreadable", language))
    last = shown[-1].answer
    return View(shown, last.suggestions if last else (), box="")


def to_attribute(kept: dict[str, Any]) -> str:
    """Return what is kept as the text of an attribute, not yet escaped."""
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
