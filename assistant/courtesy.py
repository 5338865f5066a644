"""Courtesy: what is said to a greeting, to thanks, and to who asks what the assistant is."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.answer import Answer, Draft
from assistant.cues import (
    ABOUT_ASSISTANT,
    COMPLAINS,
    GREETS,
    IN_ENGLISH,
    PARTS_WAYS,
    THANKS,
    WELCOMES,
    WISHES,
)
from assistant.framing import enumerate_names, frame, listed
from assistant.question import Asked
from assistant.reply import Reply
from corpus.documents import Language
from corpus.index import Index
from corpus.words import words

# "Comment ça marche ?" after an initiative asks of that.
_OF_SOMETHING = re.compile(r"\b(?:ca|cela|it|this)\b")


def is_courtesy(message: str, *, plain: str = "") -> bool:
    """Say whether a message asks nothing of the documents: it greets, or speaks of the assistant.

    `plain` is it mended, which may make other words of "bjr" and "lol".
    """
    return bool(_meant(message, plain))


def refuses(answer: Answer) -> bool:
    """Say whether an answer is a refusal: courtesy has no source either, and refuses nothing."""
    return answer.abstained and not is_courtesy(answer.question)


def may_ask_of_something(plain: str) -> bool:
    """Say whether a message that would be courtesy at the beginning may ask of what was spoken of."""
    return bool(ABOUT_ASSISTANT.fullmatch(plain) and _OF_SOMETHING.search(plain))


def courtesy(asked: Asked, index: Index) -> Reply | None:
    """Reply to courtesy; None where a question is asked."""
    plain = _meant(asked.question, asked.plain)
    if asked.standalone != asked.question or not plain:
        return None
    language: Language = asked.language
    if GREETS.fullmatch(plain):
        if IN_ENGLISH.search(plain):
            language = "en"
        return _reply(frame(_greeting(plain), language))
    if COMPLAINS.fullmatch(plain):
        return _reply(frame("complaint", language))
    catalogue = index.catalogue
    houses = enumerate_names([one.name for one in catalogue.think_tanks], language)
    whose = frame("assistant.of", language, name=houses) if houses else ""
    told = [frame("assistant", language, of=whose, count=len(index.documents))]
    themes = [theme.called(language) for theme in catalogue.themes]
    if themes:
        told.append(frame("assistant.themes", language, names=listed(themes, language)))
    return _reply(*told)


@lru_cache(maxsize=1024)  # each turn of a conversation is asked about again with every later one
def _meant(message: str, plain: str) -> str:
    """Return the words of a message that are courtesy, as they were written or mended; empty for others."""
    either = (" ".join(words(message)), plain)
    some = (GREETS, ABOUT_ASSISTANT, COMPLAINS)
    return next((one for one in either if any(pattern.fullmatch(one) for pattern in some)), "")


def _greeting(plain: str) -> str:
    """Return the key of what is said to a greeting."""
    if THANKS.search(plain):
        return "thanks"
    for key, cue in (("farewell", PARTS_WAYS), ("wishes", WISHES), ("greeting", WELCOMES)):
        if cue.search(plain):
            return key
    return "noted"


def _reply(*said: str) -> Reply:
    return Reply([Draft(one) for one in said], abstained=True)
