"""Opening: the chat models that the settings name, with their budget, once for all index versions."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.chat.budget import Budget, Spending
from assistant.chat.calling import Caller
from assistant.chat.judging import VERDICT_TOKENS
from assistant.chat.model import open_chat_model
from corpus.settings import Settings

ANSWER_TOKENS = 700
"""The most that a model is asked for."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What words the answers: who is asked, on which budget, and who must agree, where somebody must."""

    caller: Caller
    budget: Budget
    judge: Caller | None = None


def open_chat(settings: Settings, *, spending: Spending | None = None) -> Chat | None:
    """Return what the settings name, None where they name no chat model. Raises ChatModelUnusable."""
    if not settings.chat_model:
        return None
    chat = open_chat_model(settings.chat_model, settings, tokens=ANSWER_TOKENS)
    budget = Budget(
        chat.name,
        spending=spending,
        day_tokens=settings.chat_day_tokens,
        visitor_tokens=settings.chat_visitor_tokens,
    )
    caller = Caller(chat, seconds=settings.chat_seconds, tries=settings.chat_tries)
    if not settings.chat_judge:
        return Chat(caller, budget)
    judge = open_chat_model(settings.chat_judge, settings, tokens=VERDICT_TOKENS)
    return Chat(caller, budget, Caller(judge, seconds=settings.chat_seconds, tries=1))
