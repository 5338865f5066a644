"""The desk: one index version with all that is needed to answer from it, as a chain of LangChain
runnables.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.abstaining import abstention
from assistant.answer import Draft
from assistant.chat.calling import Call
from assistant.chat.opening import Chat
from assistant.chat.rewriting import Rewriter
from assistant.chat.writing import Writer
from assistant.follow_up import standalone
from assistant.framing import frame
from assistant.from_passages import Extractive
from assistant.language import language_of
from assistant.parts import is_whole, may_be_relative, of_the_same, parts
from assistant.question import Asked, Turn, checked
from assistant.reading import Reader
from assistant.reply import Reply, Written
from assistant.rereading import Rereader
from assistant.retrieval import Embed, Found, Lexicon, Retriever
from assistant.thesaurus import read_thesaurus
from corpus.documents import Language
from corpus.errors import ThemeUnknown
from corpus.index import Index
from corpus.names import Names
from corpus.settings import Settings
from corpus.words import words

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Request:
    """One question with the conversation before it and the themes it is restricted to."""

    question: str
    history: tuple[Turn, ...] = ()
    themes: tuple[str, ...] = ()
    visitor: str = ""
    """Whose budget a chat model is asked on; empty for nobody's."""
    rewriting: Call = field(default_factory=Call, compare=False)
    """What a chat model took to make the question stand alone."""


@dataclass(frozen=True, slots=True)
class Composed:
    """The end of the chain: what was found, and what is to be said of it."""

    found: Found
    reply: Reply
    written: Written | None = None


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
        chat: Chat | None = None,
        embed_sentences: Embed | None = None,
    ) -> None:
        self.index = index
        lexicon = Lexicon(index.passages)
        thesaurus = read_thesaurus()
        names = Names(index.catalogue)
        self._names = names
        self.reader = Reader(
            catalogue=index.catalogue,
            names=names,
            thesaurus=thesaurus,
            vocabulary=lexicon.vocabulary,
            rarity=lexicon.rarity,
            rarest=lexicon.rarest,
            passages=index.passages,
        )
        self._settings = settings
        self._retriever = Retriever(index, lexicon=lexicon, embed=embed)
        self.rules = Extractive(index, thesaurus, rereader=rereader)
        self._rewriter = Rewriter(chat, self.reader) if chat else None
        self._writer = (
            Writer(index, names=names, rules=self.rules, chat=chat, embed=embed_sentences or embed)
            if chat
            else None
        )
        self.chain: Runnable[Traced[Request], Traced[Composed]] = (
            _stage("understand", self.understand)
            | _stage("retrieve", self._retrieve)
            | _stage("compose", self._compose)
        )

    def abstain(self, found: Found) -> Reply:
        """Return the reply for a question that nothing answers."""
        return abstention(found, self.index)

    def reply(self, request: Request) -> Traced[Composed]:
        """Run the chain on a question, or on each of its parts in turn where all of them are answered.

        With a chat model its last step is to word the reply.
        """
        if not self._writer:
            return self.quoted(request)
        several = self._reply_in_parts(request)

        def write(traced: Traced[Composed]) -> Traced[Composed]:
            return self._write(traced, request)

        wording: Runnable[Traced[Composed], Traced[Composed]] = RunnableLambda(write, name="write")
        return wording.invoke(several) if several else (self.chain | wording).invoke(Traced(request))

    def quoted(self, request: Request) -> Traced[Composed]:
        """Do for a question all that is done without a chat model."""
        return self._reply_in_parts(request) or self.chain.invoke(Traced(request))

    def _write(self, traced: Traced[Composed], request: Request) -> Traced[Composed]:
        assert self._writer
        composed = traced.value
        written = self._writer.write(
            composed.found, composed.reply, visitor=request.visitor, rewriting=request.rewriting
        )
        return replace(traced, value=replace(composed, written=written))

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
            relative = bool(told) and may_be_relative(piece, pieces[0])
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
        if self._rewriter and request.history:
            alone = self._rewriter.rewrite(
                question, alone, history=request.history, call=request.rewriting, visitor=request.visitor
            )
        return self.reader.read(
            question,
            standalone=alone.text,
            entities=alone.entities,
            language=language_of(self._without_names(question), default=before),
            themes=request.themes,
        )

    def _without_names(self, question: str) -> str:
        """Return a question without its names: "What is Le Labo de l'ESS?" is English."""
        spoken = words(question)
        named = {
            place for one in self._names.find(question, typos=False) for place in range(one.start, one.end)
        }
        bare = " ".join(word for place, word in enumerate(spoken) if place not in named)
        return bare if named and bare else question

    def find(self, request: Request, *, k: int) -> Found:
        """Understand a question and return at most `k` passages for it."""
        return self._retriever.retrieve(self.understand(request), k=k)

    def _retrieve(self, asked: Asked) -> Found:
        return self._retriever.retrieve(asked, k=self._settings.depth)

    def _compose(self, found: Found) -> Composed:
        return Composed(found, self.rules.compose(found))


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
        return Traced(value, {**before.timings_ms, name: elapsed_ms(begun)})

    return RunnableLambda(run, name=name)


def elapsed_ms(begun: float, ended: float | None = None) -> float:
    """Return the milliseconds between two readings of the performance counter, the second now by default."""
    return round(1000 * ((time.perf_counter() if ended is None else ended) - begun), 2)
