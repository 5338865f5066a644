"""The assistant: whichever index version is current is asked, each sentence is verified, then cited and
shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from typing import get_args

from assistant.abstaining import abstention
from assistant.answer import (
    Answer,
    Citation,
    DocumentRef,
    Draft,
    InitiativeRef,
    Searched,
    Sentence,
    Support,
    ThemeRef,
    markdown,
    number_citations,
)
from assistant.chat.opening import Chat
from assistant.desk import Desk, Request, elapsed_ms
from assistant.from_passages import Extractive
from assistant.question import Asked, Turn, bounded
from assistant.remembering import Remembered, again
from assistant.reply import Reply, Written
from assistant.rereading import Rereader
from assistant.retrieval import Embed, Found
from assistant.suggestions import openers, suggestions
from assistant.verification import is_supported
from corpus.documents import Hit, Language
from corpus.errors import IndexUnusable
from corpus.index import Index, Indexes
from corpus.settings import Settings


class Assistant:
    """Answers questions from whichever index version is current.

    `embed` gives vectors of questions; `embed_sentences`, of sentences of the documents, lets the likeliest
    of prose be read again. Every method raises QuestionUnusable for a question it cannot take and
    IndexUnusable when there is nothing to answer from.
    """

    def __init__(
        self,
        current: Indexes,
        *,
        embed: Embed,
        settings: Settings,
        embed_sentences: Embed | None = None,
        chat: Chat | None = None,
    ) -> None:
        self._rereader = Rereader(embed_sentences) if embed_sentences else None
        self._embed_sentences = embed_sentences
        self._current = current
        self._embed = embed
        self._settings = settings
        self._chat = chat
        self._remembered = Remembered(most=settings.chat_kept, seconds=settings.chat_kept_seconds)
        self._desk: Desk | None = None
        self._lock = threading.Lock()

    @property
    def index(self) -> Index:
        """The index version that the next question will be answered from."""
        return self.desk().index

    @property
    def mode(self) -> str:
        """How answers are worded: "extractive", or the name of the chat model."""
        return self._chat.caller.chat.name if self._chat else Extractive.mode

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Answer:
        """Answer a question, or abstain."""
        *_, last = self.stream(question, history=history, themes=themes, visitor=visitor)
        return last

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Generator[Answer]:
        """Answer sentence by sentence: each answer holds one more, the last is complete.

        While a chat model is waited for, the same answer comes again from time to time; to close the iterator
        ends the call. `visitor` is any word for who asks, whose budget it is.
        """
        begun = time.perf_counter()
        desk = self.desk()
        told = bounded(history, limit=self._settings.question_limit)
        request = Request(question, told, tuple(themes), visitor)
        key = (desk.index.number, self.mode, question, request.history, request.themes)
        kept = self._remembered.get(key) if self._chat else None
        if kept:
            yield again(kept, begun)
            return
        traced = desk.reply(request)
        found, reply, written = traced.value.found, traced.value.reply, traced.value.written
        steps: Iterator[Draft | None] = written.drafts if written else iter(reply.drafts)
        timings = dict(traced.timings_ms)
        drafts: list[Draft] = []
        verifying = time.perf_counter()
        with ExitStack() as stack:
            if written:
                stack.enter_context(closing(written.drafts))
            for draft in steps:
                if draft and not written and not is_supported(draft):
                    continue  # what a model wrote was held to more already
                if draft:
                    drafts.append(draft)
                    if written:
                        timings.setdefault("first", elapsed_ms(begun))
                yield _answer(found.asked, drafts, reply, desk, written)
        if not drafts:
            # Nothing held against its passage: what cannot be supported is not shown.
            reply = abstention(found, desk.index)
            drafts = list(reply.drafts)
        now = time.perf_counter()
        done = written.generation() if written else None
        spent = elapsed_ms(verifying, now)
        timings["verify"] = done.checking_ms if done else spent
        if done:
            timings["write"] = round(spent - done.checking_ms, 2)
        timings["total"] = elapsed_ms(begun, now)
        answer = replace(
            _answer(found.asked, drafts, reply, desk, written),
            timings_ms=timings,
            suggestions=suggestions(found, index=desk.index, abstained=reply.abstained),
            searched=searched(found, desk.index),
        )
        if answer.generation and not answer.generation.failure:
            self._remembered.keep(key, answer)
        yield answer

    def search(self, question: str, *, k: int = 10, history: Sequence[Turn] = ()) -> list[Hit]:
        """Return at most `k` passages for a question, best first; scores are 0 to 1."""
        told = bounded(history, limit=self._settings.question_limit)
        return list(self.desk().find(Request(question, told), k=k).hits)

    def openers(self, language: Language) -> tuple[str, ...]:
        """Return questions to begin with."""
        return openers(self.index.catalogue, language)

    def follow(self) -> int:
        """Get ready to answer from the version that is current now, and return the number of the one in use.

        Raises IndexUnusable when the current version cannot be opened; the one before stays in use.
        """
        number = self.desk().index.number
        if number != self._current.number():
            self._current.get()
        return number

    def rehearse(self) -> None:
        """Answer a question of each language, unheard and without a chat model.

        What is loaded when it is first needed, dictionaries above all, is there before visitors come: forty
        at once would each load it.
        """
        desk = self.desk()
        for language in get_args(Language):
            for question in openers(desk.index.catalogue, language)[:1]:
                desk.quoted(Request(question))

    def desk(self) -> Desk:
        """Return the desk of the current version, made anew when another was published.

        While another thread makes it, the one before still answers: nobody waits for a publication.
        """
        before = self._desk
        try:
            if before and before.index.number == self._current.number():
                return before
        except IndexUnusable:
            if before:
                return before  # the ledger does not answer, the index in memory does
            raise
        if not self._lock.acquire(blocking=before is None) and before:
            return before
        try:
            index = self._current.get()
            if self._desk is None or self._desk.index.number != index.number:
                self._desk = Desk(
                    index,
                    embed=self._embed,
                    settings=self._settings,
                    rereader=self._rereader,
                    chat=self._chat,
                    embed_sentences=self._embed_sentences,
                )
            return self._desk
        except IndexUnusable:
            if before is None:
                raise
            return before  # published, but of no use: `follow` says so
        finally:
            self._lock.release()


def _answer(
    asked: Asked, drafts: Sequence[Draft], reply: Reply, desk: Desk, written: Written | None
) -> Answer:
    marked, supports = number_citations(drafts)
    generation = written.generation() if written else None
    return Answer(
        question=asked.question,
        standalone_question=asked.standalone,
        language=asked.language,
        abstained=reply.abstained,
        mode="generated" if generation and generation.shown else Extractive.mode,
        index_version=desk.index.number,
        text=markdown(marked, layout=reply.layout),
        sentences=tuple(Sentence(draft.text, markers) for draft, markers in marked),
        citations=tuple(
            cite(support, marker=marker, index=desk.index, asked=asked)
            for marker, support in enumerate(supports, start=1)
        ),
        generation=generation,
    )


def searched(found: Found, index: Index) -> Searched:
    """Return what was searched for a question."""
    asked, catalogue = found.asked, index.catalogue
    passages, documents = len(index.passages), len(index.documents)
    if asked.themes:
        wanted = set(asked.themes)
        within = [one.document_id for one in index.passages if wanted & set(one.themes)]
        passages, documents = len(within), len(set(within))
    named = [fiche.called(asked.language) for one in asked.entities if (fiche := catalogue.get(one))]
    themes = [theme.called(asked.language) for one in asked.themes if (theme := catalogue.theme(one))]
    return Searched(
        passages=passages,
        documents=documents,
        read=len(found.hits),
        titles=tuple(dict.fromkeys(hit.passage.title for hit in found.hits)),
        names=tuple(named),
        themes=tuple(themes),
    )


def cite(support: Support, *, marker: int, index: Index, asked: Asked) -> Citation:
    """Return the citation of a support: its document, page, theme and initiative by name.

    Of several themes, it is the one asked for, else the passage's own.
    """
    passage = support.passage
    restricted = [one for one in passage.themes if one in asked.themes]
    theme = index.catalogue.theme(support.theme_id or next(iter([*restricted, *passage.themes]), None))
    initiative = index.catalogue.initiative(passage.initiative)
    return Citation(
        marker=marker,
        document=DocumentRef(passage.document_id, passage.title, passage.file),
        page=passage.page,
        theme=ThemeRef(theme.id, theme.called(asked.language)) if theme else None,
        initiative=InitiativeRef(
            initiative.id, initiative.name, initiative.site or "", initiative.territory or ""
        )
        if initiative
        else None,
        passage=passage.text,
        quote=support.quote,
        score=round(max(0.0, min(1.0, support.score)), 4),
    )
