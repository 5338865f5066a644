"""The chain: understand, retrieve, compose, verify, cite, as LangChain runnables."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

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
from assistant.from_passages import Extractive
from assistant.language import language_of
from assistant.question import Asked, Turn, checked
from assistant.reading import Reader
from assistant.reply import Composer, Reply
from assistant.retrieval import Embed, Found, Lexicon, Retriever
from assistant.suggestions import openers, suggestions
from assistant.thesaurus import read_thesaurus
from assistant.verification import is_supported
from corpus.documents import Hit, Language
from corpus.errors import ThemeUnknown
from corpus.index import CurrentIndex, Index
from corpus.names import Names
from corpus.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """One question with the conversation before it and the themes it is restricted to."""

    question: str
    history: tuple[Turn, ...] = ()
    themes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """What travels down the chain: each stage fills in its own field and its milliseconds."""

    request: Request
    asked: Asked | None = None
    found: Found | None = None
    reply: Reply | None = None
    timings_ms: dict[str, float] = field(default_factory=dict)


class Desk:
    """One index version with all that is needed to answer from it."""

    def __init__(
        self, index: Index, *, embed: Embed, settings: Settings, composer: Composer | None = None
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
        )
        self._settings = settings
        self._retriever = Retriever(index, lexicon=lexicon, embed=embed)
        self._composer = composer or Extractive(index, thesaurus)
        self.chain: Runnable[Request, Exchange] = (
            RunnableLambda(_begin)
            | _timed("understand", self._understand)
            | _timed("retrieve", self._retrieve)
            | _timed("compose", self._compose)
        )

    @property
    def mode(self) -> str:
        """How sentences are made: the composer's name."""
        return self._composer.mode

    def abstain(self, found: Found) -> Reply:
        """Return the reply for a question that nothing answers."""
        return abstention(found, self.index)

    def find(self, request: Request, *, k: int) -> Found:
        """Understand a question and return at most `k` passages for it."""
        exchange = self._understand(Exchange(request))
        assert exchange.asked is not None
        return self._retriever.retrieve(exchange.asked, k=k)

    def _understand(self, exchange: Exchange) -> Exchange:
        request = exchange.request
        question = checked(request.question, limit=self._settings.question_limit)
        for theme in request.themes:
            if not self.index.catalogue.theme(theme):
                known = ", ".join(one.id for one in self.index.catalogue.themes)
                raise ThemeUnknown(id=theme, known=known)
        earlier = next((turn.content for turn in reversed(request.history) if turn.role == "user"), "")
        before: Language = language_of(earlier) if earlier else "fr"
        alone = standalone(question, history=request.history, reader=self.reader)
        asked = self.reader.read(
            question,
            standalone=alone.text,
            entities=alone.entities,
            language=language_of(question, default=before),
            themes=request.themes,
        )
        return replace(exchange, asked=asked)

    def _retrieve(self, exchange: Exchange) -> Exchange:
        assert exchange.asked is not None
        return replace(exchange, found=self._retriever.retrieve(exchange.asked, k=self._settings.depth))

    def _compose(self, exchange: Exchange) -> Exchange:
        assert exchange.found is not None
        return replace(exchange, reply=self._composer.compose(exchange.found))


class Assistant:
    """Answers questions from whichever index version is current.

    Every method raises QuestionUnusable for a question it cannot take and IndexUnusable when there is nothing
    to answer from.
    """

    def __init__(self, current: CurrentIndex, *, embed: Embed, settings: Settings) -> None:
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
        """Answer sentence by sentence: each answer holds one more than the one before, the last is complete."""
        begun = time.perf_counter()
        desk = self.desk()
        exchange = desk.chain.invoke(Request(question, tuple(history), tuple(themes)))
        assert exchange.asked is not None and exchange.found is not None and exchange.reply is not None
        reply = exchange.reply
        drafts: list[Draft] = []
        answer = _answer(exchange, drafts, desk)
        verifying = time.perf_counter()
        for draft in reply.drafts:
            if is_supported(draft):
                drafts.append(draft)
                answer = _answer(exchange, drafts, desk)
                yield answer
        if not drafts:
            # Nothing held against its passage: what cannot be supported is not shown.
            exchange = replace(exchange, reply=desk.abstain(exchange.found))
            answer = _answer(exchange, list(exchange.reply.drafts), desk)
        now = time.perf_counter()
        timings = {**exchange.timings_ms, "verify": _ms(verifying, now), "total": _ms(begun, now)}
        further = suggestions(exchange.found, index=desk.index, abstained=answer.abstained)
        yield replace(answer, timings_ms=timings, suggestions=further)

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        """Return at most `k` passages for a question, best first; scores are 0 to 1."""
        return list(self.desk().find(Request(question), k=k).hits)

    def openers(self, language: Language) -> tuple[str, ...]:
        """Return questions to begin with."""
        return openers(self.index.catalogue, language)

    def desk(self) -> Desk:
        """Return the desk of the current version, made anew when another was published."""
        index = self._current.get()
        with self._lock:
            if self._desk is None or self._desk.index.number != index.number:
                self._desk = Desk(index, embed=self._embed, settings=self._settings)
            return self._desk


def _begin(request: Request) -> Exchange:
    return Exchange(request)


def _timed(stage: str, step: Callable[[Exchange], Exchange]) -> Runnable[Exchange, Exchange]:
    def run(exchange: Exchange) -> Exchange:
        begun = time.perf_counter()
        after = step(exchange)
        return replace(after, timings_ms={**after.timings_ms, stage: _ms(begun, time.perf_counter())})

    return RunnableLambda(run, name=stage)


def _ms(begun: float, ended: float) -> float:
    return round(1000 * (ended - begun), 2)


def _answer(exchange: Exchange, drafts: Sequence[Draft], desk: Desk) -> Answer:
    asked, reply = exchange.asked, exchange.reply
    assert asked is not None and reply is not None
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
            cite(support, marker=marker, index=desk.index, language=asked.language)
            for marker, support in enumerate(supports, start=1)
        ),
    )


def cite(support: Support, *, marker: int, index: Index, language: Language) -> Citation:
    """Return the citation of a support: its document, page, theme and initiative by name."""
    passage = support.passage
    theme = index.catalogue.theme(support.theme_id or next(iter(passage.themes), None))
    initiative = index.catalogue.initiative(passage.initiative)
    return Citation(
        marker=marker,
        document=DocumentRef(passage.document_id, passage.title, passage.file),
        page=passage.page,
        theme=ThemeRef(theme.id, theme.called(language)) if theme else None,
        initiative=InitiativeRef(
            initiative.id, initiative.name, initiative.site or "", initiative.territory or ""
        )
        if initiative
        else None,
        passage=passage.text,
        quote=support.quote,
        score=round(max(0.0, min(1.0, support.score)), 4),
    )
