"""Making: the one quiet line that says how an answer was made, where a chat model had to do with it."""

from __future__ import annotations

from assistant.answer import Answer
from corpus.documents import Language
from ui.text import say


def made_of(answer: Answer, language: Language) -> str:
    """Return who worded an answer, what was taken out of it, and why it is quoted after all; "" for none
    of it.
    """
    done = answer.generation
    if done is None:
        return ""
    told = []
    if done.shown:
        told.append(say("made.by", language, model=done.model.partition(":")[2]))
    if done.failure:
        why = say(f"made.why.{done.failure}", language)
        told.append(say("made.partly" if done.shown else "made.quoted", language, why=why))
    if done.dropped:
        key = "made.dropped.one" if done.dropped == 1 else "made.dropped.many"
        told.append(say(key, language, count=done.dropped))
    return " · ".join(told)
