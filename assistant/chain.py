"""The chain: understand, retrieve, compose, verify, cite, as LangChain runnables."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.abstaining import abstention
from assistant.answer import (
    Answer,
    Citation,
    DocumentRef,
    Draft,
    InitiativeRef,
    Sentence,
    Support,
    ThemeRef,
    markdown,
    number_citations,
)
from assistant.follow_up import standalone
from assistant.framing import frame
from assistant.from_passages import Extractive
from assistant.language import language_of
from assistant.parts import is_whole, may_be_relative, of_the_same, parts
from assistant.question import Asked, Turn, checked
from assistant.reading import Reader
from assistant.reply import Composer, Reply
from assistant.rereading import Rereader
from assistant.retrieval import Embed, Found, Lexicon, Retriever
from assistant.suggestions import openers, suggestions
from assistant.thesaurus import read_thesaurus
from assistant.verification import is_supported
from corpus.documents import Hit, Language
from corpus.errors import IndexUnusable, ThemeUnknown
from corpus.index import Index, Indexes
from corpus.names import Names
from corpus.settings import Settings

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Request:
    """One question with the conversation before it and the themes it is restricted to."""

    question: str
    history: tuple[Turn, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composed:
    """The end of the chain: what was found, and what is to be said of it."""

    found: Found
    reply: Reply


@dataclass(frozen=True, slots=True)
class Traced(Generic[T]):
    """What a stage of the chain hands on, with the milliseconds of every stage so far."""

    value: T
    timings_ms: Mapping[str, float] = field(default_factory=dict)


class Desk:
    """One index version with all that is needed to answer from it."""

    def __init__(
        self,
        index: Index,
        *,
        embed: Embed,
        settings: Settings,
        rereader: Rereader | None = None,
        composer: Composer | None = None,
    ) -> None:
        self.index = index
        lexicon = Lexicon(index.passages)
        thesaurus = read_thesaurus()
        self.reader = Reader(
            catalogue=index.catalogue,
            names=Names(index.catalogue),
            thesaurus=thesaurus,
            vocabulary=lexicon.vocabulary,
            rarity=lexicon.rarity,
            rarest=lexicon.rarest,
            passages=index.passages,
        )
        self._settings = settings
        self._retriever = Retriever(index, lexicon=lexicon, embed=embed)
        self._composer = composer or Extractive(index, thesaurus, rereader=rereader)
        self.chain: Runnable[Traced[Request], Traced[Composed]] = (
            _stage("understand", self.understand)
            | _stage("retrieve", self._retrieve)
            | _stage("compose", self._compose)
        )

    @property
    def mode(self) -> str:
        """How sentences are made: the composer's name."""
        return self._composer.mode

    def abstain(self, found: Found) -> Reply:
        """Return the reply for a question that nothing answers."""
        return abstention(found, self.index)

    def reply(self, request: Request) -> Traced[Composed]:
        """Run the chain on a question, or on each of its parts in turn where all of them are answered."""
        several = self._reply_in_parts(request) if self.mode == Extractive.mode else None
        return several or self.chain.invoke(Traced(request))

    def _reply_in_parts(self, request: Request) -> Traced[Composed] | None:
        """Answer each part of a question, and say which has no answer; None where it is not to be cut."""
        pieces = parts(checked(request.question, limit=self._settings.question_limit), self.reader)
        told: list[Traced[Composed]] = []
        history = request.history
        named: tuple[str, ...] = ()
        for bare in pieces if len(pieces) > 1 else ():
            piece = of_the_same(bare, named, self.reader)
            traced = self.chain.invoke(Traced(Request(piece, history, request.themes)))
            reply = traced.value.reply
            relative = bool(told) and may_be_relative(piece)
            question = is_whole(piece, self.reader) and not relative
            if reply.layout == "table" or (reply.layout == "list" and relative):
                return None
            if reply.abstained and not question:
                return None
            told.append(traced)
            named = traced.value.found.asked.entities or named
            said = "" if reply.abstained else " ".join(draft.text for draft in reply.drafts)
            history = (*history, Turn("user", piece), Turn("assistant", said))
        answered = not all(one.value.reply.abstained for one in told)
        return _joined(told, request) if answered else None

    def understand(self, request: Request) -> Asked:
        """Read a question in the light of the conversation. Raises QuestionUnusable."""
        question = checked(request.question, limit=self._settings.question_limit)
        for theme in request.themes:
            if not self.index.catalogue.theme(theme):
                known = ", ".join(one.id for one in self.index.catalogue.themes)
                raise ThemeUnknown(id=theme, known=known)
        earlier = next((turn.content for turn in reversed(request.history) if turn.role == "user"), "")
        before: Language = language_of(earlier) if earlier else "fr"
        alone = standalone(question, history=request.history, reader=self.reader)
        return self.reader.read(
            question,
            standalone=alone.text,
            entities=alone.entities,
            language=language_of(question, default=before),
            themes=request.themes,
        )

    def find(self, request: Request, *, k: int) -> Found:
        """Understand a question and return at most `k` passages for it."""
        return self._retriever.retrieve(self.understand(request), k=k)

    def _retrieve(self, asked: Asked) -> Found:
        return self._retriever.retrieve(asked, k=self._settings.depth)

    def _compose(self, found: Found) -> Composed:
        return Composed(found, self._composer.compose(found))


class Assistant:
    """Answers questions from whichever index version is current.

    `embed` gives vectors of questions; `embed_sentences`, of sentences of the documents, lets the likeliest
    of prose be read again. Every method raises QuestionUnusable for a question it cannot take and
    IndexUnusable when there is nothing to answer from.
    """

    def __init__(
        self, current: Indexes, *, embed: Embed, settings: Settings, embed_sentences: Embed | None = None
    ) -> None:
        self._rereader = Rereader(embed_sentences) if embed_sentences else None
        self._current = current
        self._embed = embed
        self._settings = settings
        self._desk: Desk | None = None
        self._lock = threading.Lock()

    @property
    def index(self) -> Index:
        """The index version that the next question will be answered from."""
        return self.desk().index

    def ask(self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = ()) -> Answer:
        """Answer a question, or abstain."""
        *_, last = self.stream(question, history=history, themes=themes)
        return last

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = ()
    ) -> Iterator[Answer]:
        """Answer sentence by sentence: each answer holds one more, the last is complete."""
        begun = time.perf_counter()
        desk = self.desk()
        traced = desk.reply(Request(question, tuple(history), tuple(themes)))
        found, reply = traced.value.found, traced.value.reply
        drafts: list[Draft] = []
        verifying = time.perf_counter()
        for draft in reply.drafts:
            if is_supported(draft):
                drafts.append(draft)
                yield _answer(found.asked, drafts, reply, desk)
        if not drafts:
            # Nothing held against its passage: what cannot be supported is not shown.
            reply = abstention(found, desk.index)
            drafts = list(reply.drafts)
        now = time.perf_counter()
        yield replace(
            _answer(found.asked, drafts, reply, desk),
            timings_ms={**traced.timings_ms, "verify": _ms(verifying, now), "total": _ms(begun, now)},
            suggestions=suggestions(found, index=desk.index, abstained=reply.abstained),
        )

    def search(self, question: str, *, k: int = 10, history: Sequence[Turn] = ()) -> list[Hit]:
        """Return at most `k` passages for a question, best first; scores are 0 to 1."""
        return list(self.desk().find(Request(question, tuple(history)), k=k).hits)

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
                self._desk = Desk(index, embed=self._embed, settings=self._settings, rereader=self._rereader)
            return self._desk
        except IndexUnusable:
            if before is None:
                raise
            return before  # published, but of no use: `follow` says so
        finally:
            self._lock.release()


def _joined(answered: Sequence[Traced[Composed]], request: Request) -> Traced[Composed]:
    """Return the answers to the parts of a question as one."""
    first = answered[0].value.found
    whole = replace(first.asked, question=request.question, standalone=request.question)
    drafts: dict[str, Draft] = {}
    for one in answered:
        asked, given = one.value.found.asked, one.value.reply
        untold = [Draft(frame("part", whole.language, question=asked.question))]
        for draft in untold if given.abstained else given.drafts:
            drafts.setdefault(draft.text, draft)
    stages = answered[0].timings_ms
    timings = {stage: round(sum(one.timings_ms[stage] for one in answered), 2) for stage in stages}
    layouts = {one.value.reply.layout for one in answered if not one.value.reply.abstained}
    reply = Reply(list(drafts.values()), layout="list" if "list" in layouts else "prose")
    return Traced(Composed(replace(first, asked=whole), reply), timings)


def _stage(name: str, step: Callable[[T], S]) -> Runnable[Traced[T], Traced[S]]:
    """Make a runnable of a function, and write down how long it took."""

    def run(before: Traced[T]) -> Traced[S]:
        begun = time.perf_counter()
        value = step(before.value)
        return Traced(value, {**before.timings_ms, name: _ms(begun, time.perf_counter())})

    return RunnableLambda(run, name=name)


def _ms(begun: float, ended: float) -> float:
    return round(1000 * (ended - begun), 2)


def _answer(asked: Asked, drafts: Sequence[Draft], reply: Reply, desk: Desk) -> Answer:
    marked, supports = number_citations(drafts)
    return Answer(
        question=asked.question,
        standalone_question=asked.standalone,
        language=asked.language,
        abstained=reply.abstained,
        mode=desk.mode,
        index_version=desk.index.number,
        text=markdown(marked, layout=reply.layout),
        sentences=tuple(Sentence(draft.text, markers) for draft, markers in marked),
        citations=tuple(
            cite(support, marker=marker, index=desk.index, asked=asked)
            for marker, support in enumerate(supports, start=1)
        ),
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
