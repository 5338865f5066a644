"""The conversation of one visitor: what was asked and answered, and what the page shows after each step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

from assistant.answer import Answer
from assistant.courtesy import is_courtesy
from assistant.question import Turn
from corpus.catalogue import Theme
from corpus.documents import Language
from corpus.errors import AssistantNotReady, PasserelleError, QuestionEmpty
from ui.text import as_sentence, explain, say
from ui.web.service import Service

REMEMBERED = 40
"""Answers kept on a page; older ones leave its top."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and the answer so far. `number` counts from 1 in its conversation."""

    number: int
    question: str
    answer: Answer | None = None
    complete: bool = False
    noted: bool = False
    """Whether its question was noted as one that the documents do not answer."""
    stopped: bool = False
    """Whether the visitor stopped the answer before its end."""
    themes: tuple[str, ...] = ()
    """The ids of the themes that it was restricted to."""

    @property
    def is_gap(self) -> bool:
        """Whether the documents have no answer to it; courtesy wants none."""
        unanswered = self.complete and bool(self.answer and self.answer.abstained)
        return unanswered and not self.noted and not is_courtesy(self.question)


@dataclass(frozen=True, slots=True)
class House:
    """Whose assistant this is, and what it answers from; `name` is empty until that is known."""

    name: str = ""
    version: int | None = None
    documents: int = 0
    themes: tuple[Theme, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows. `box` is the text of the question box, None to leave it as it is.

    While `editing`, the next question takes the place of the last one.
    """

    exchanges: tuple[Exchange, ...] = ()
    suggestions: tuple[str, ...] = ()
    status: str = ""
    box: str | None = None
    editing: bool = False

    @property
    def last(self) -> Exchange | None:
        """The latest exchange."""
        return self.exchanges[-1] if self.exchanges else None

    @property
    def is_answering(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self.last and not self.last.complete)


def converse(
    service: Service,
    question: str,
    *,
    before: View,
    language: Language,
    themes: Sequence[str] = (),
    again: bool = False,
    visitor: str = "",
) -> Iterator[View]:
    """Ask a question and yield what to show as the answer grows; to close the iterator ends the answering.

    With `again` it takes the place of the last one, as it does while that is edited. A question that cannot
    be taken leaves everything as it was, with the reason as status and the question in its box.
    """
    earlier = before.exchanges[:-1] if again or before.editing else before.exchanges
    number = earlier[-1].number + 1 if earlier else 1
    earlier = earlier[-REMEMBERED + 1 :]
    exchange = Exchange(number, " ".join(question.split()), themes=tuple(themes))
    try:
        assistant = service.assistant
        if not exchange.question:
            raise QuestionEmpty()
        yield View((*earlier, exchange), box="")
        history = turns(earlier)
        asked = assistant.stream(exchange.question, history=history, themes=exchange.themes, visitor=visitor)
        with closing(asked) as answers:
            for answer in answers:
                exchange = replace(exchange, answer=answer)
                yield View((*earlier, exchange))
        # The box is emptied once, at the beginning: the next question may be typed already.
        suggestions = exchange.answer.suggestions if exchange.answer else ()
        yield View((*earlier, replace(exchange, complete=True)), suggestions)
    except PasserelleError as error:
        yield replace(before, status=refusal(error, language), box=question)


def stop(before: View, *, language: Language) -> View:
    """End an answer where it is. One that has not begun leaves its question in the box."""
    last = before.last
    if last is None or last.complete:
        return before
    status = say("stopped", language)
    if last.answer is None or not last.answer.text:
        return View(before.exchanges[:-1], status=status, box=last.question)
    ended = replace(last, complete=True, stopped=True)
    return View((*before.exchanges[:-1], ended), status=status)


def edit(before: View, *, language: Language) -> View:
    """Put the last question back into its box, to be asked in other words; said a second time, leave it."""
    if before.editing or before.last is None:
        return replace(before, editing=False, status="", box="" if before.editing else None)
    return replace(before, editing=True, status=say("editing", language), box=before.last.question)


def note(service: Service, *, before: View, language: Language) -> View:
    """Note the last question as one that the documents do not answer, and say so."""
    *earlier, last = before.exchanges
    try:
        noted = last.is_gap and service.note(last.question)
        status = say("gap.noted", language) if noted else ""
        return replace(before, exchanges=(*earlier, replace(last, noted=noted)), status=status)
    except PasserelleError as error:
        return replace(before, status=refusal(error, language))


def turns(exchanges: tuple[Exchange, ...]) -> tuple[Turn, ...]:
    """Return the conversation as the assistant reads it."""
    return tuple(
        turn
        for one in exchanges
        if one.answer
        for turn in (Turn("user", one.question), Turn("assistant", one.answer.text))
    )


def house_of(service: Service) -> House:
    """Return whose assistant this is, as far as it is known."""
    try:
        index = service.assistant.index
    except PasserelleError:
        return House()
    return House(
        name=next((one.called("fr") for one in index.catalogue.think_tanks), ""),
        version=index.number,
        documents=len(index.documents),
        themes=index.catalogue.themes,
    )


def welcome(service: Service, *, before: View, language: Language) -> tuple[View, House, bool]:
    """Return the view with questions to begin with, the house, and whether to look again in a moment."""
    try:
        begun = bool(before.exchanges)
        suggestions = before.suggestions if begun else service.assistant.openers(language)
        status = say("status.ready", language) if before.status else ""
        return replace(before, suggestions=suggestions, status=status), house_of(service), False
    except AssistantNotReady:
        return replace(before, status=before.status or say("status.starting", language)), House(), True
    except PasserelleError as error:
        return replace(before, status=refusal(error, language)), House(), False


def refusal(error: PasserelleError, language: Language) -> str:
    """Return the one line that says why a question was not answered."""
    if isinstance(error, AssistantNotReady):
        return say("status.early", language)
    return as_sentence(explain(error, language))
