"""Writing: a chat model words the answer; each sentence is checked before it is shown.

The rules answer first (`assistant.from_passages`). They say whether there is an answer at all: what they
refuse no model is asked. Their quotes are the first of the numbered passages, and what the model leaves
untold of them is quoted after its sentences, so that an answer is never less than without a model.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import takewhile, zip_longest

from langchain_core.messages import BaseMessage

from assistant.answer import Draft, Generation
from assistant.chat.calling import Call, Failure, ModelFailed
from assistant.chat.checking import Checked, Checker, Reason
from assistant.chat.covering import Covering
from assistant.chat.judging import read_verdict, to_judge
from assistant.chat.material import Material, gather
from assistant.chat.model import tokens_in
from assistant.chat.opening import ANSWER_TOKENS, Chat
from assistant.chat.proper import ProperNames
from assistant.chat.sentences import Gatherer, Said
from assistant.claims import likeness_of
from assistant.from_passages import Extractive
from assistant.prompts import NO_ANSWER, to_write
from assistant.reply import Reply, Written
from assistant.retrieval import Embed, Found
from assistant.verification import is_supported
from corpus.index import Index
from corpus.names import Names
from corpus.words import words

_MOST, _MOST_LISTED = 4, 12
"""Sentences of an answer, and lines of a list that a model words; a longer list stays as it is."""
_DROPS = 12
"""Sentences that hold nothing after which a model is not listened to any longer."""
_SURE = 0.6
"""How likely a quote must be to stand against a model that finds no answer."""
_JUDGED_SECONDS = 5.0
_LOG = logging.getLogger(__name__)


@dataclass
class Progress:
    """What came of the model so far."""

    shown: int = 0
    dropped: list[Reason] = field(default_factory=list)
    beside: int = 0
    """Sentences that hold and answer nothing of the question."""
    repointed: int = 0
    failure: Failure | None = None
    refused: bool = False
    checking: float = 0.0
    """Seconds that the sentences were held against their passages."""


class Writer:
    """Words the answers of one index with one chat model."""

    def __init__(self, index: Index, *, names: Names, rules: Extractive, chat: Chat, embed: Embed) -> None:
        self.index = index
        self.rules = rules
        self.chat = chat
        self.proper = ProperNames(index, names)
        self.likeness = likeness_of(embed)

    def write(self, found: Found, ruled: Reply, *, visitor: str, rewriting: Call) -> Written | None:
        """Return a reply in the model's words, None where there is nothing to word."""
        ruled = replace(ruled, drafts=[one for one in ruled.drafts if is_supported(one)])
        lines = [one for one in ruled.drafts if one.support]
        if ruled.abstained or not lines or (ruled.layout != "table" and len(lines) > _MOST_LISTED):
            return None
        answer = _Answer(self, found, ruled, visitor=visitor, rewriting=rewriting)
        return Written(answer.whatever_happens(), answer.generation)

    def agrees(self, sentence: str, quotes: Sequence[str]) -> bool | None:
        """Return the verdict of the judge, None where it gave none."""
        judge = self.chat.judge
        if judge is None:
            return True
        call = Call()
        try:
            return read_verdict(judge.ask(to_judge(sentence, quotes), call, seconds=_JUDGED_SECONDS))
        except ModelFailed:
            return None
        finally:
            self.chat.budget.spend("", call.usage)


class _Answer:
    """One answer as it is written."""

    def __init__(self, writer: Writer, found: Found, ruled: Reply, *, visitor: str, rewriting: Call) -> None:
        self._writer = writer
        self._found = found
        self._asked = found.asked
        self._ruled = ruled
        self._visitor = visitor
        self._rewriting = rewriting
        self._progress = Progress()
        self._call = Call()
        self._material = Material((), (), 0)

    def generation(self) -> Generation:
        """Return what came of the model so far."""
        done, usage, before = self._progress, self._call.usage, self._rewriting.usage
        costs = [one for one in (usage.cost, before.cost) if one is not None]
        return Generation(
            model=self._writer.chat.caller.chat.name,
            shown=done.shown,
            dropped=len(done.dropped),
            reasons=tuple(sorted(set(done.dropped))),
            beside=done.beside,
            repointed=done.repointed,
            failure=done.failure,
            tries=self._call.tries,
            passages=len(self._material.sources),
            passages_left_out=self._material.left_out,
            tokens_in=usage.tokens_in + before.tokens_in,
            tokens_out=usage.tokens_out + before.tokens_out,
            cost=sum(costs) if costs else None,
            checking_ms=round(1000 * done.checking, 2),
        )

    def whatever_happens(self) -> Generator[Draft | None]:
        """Yield the drafts; a mistake of ours in them costs the model's words, never the answer."""
        try:
            yield from self.drafts()
        except Exception:
            _LOG.exception("an answer could not be worded")
            self._progress.failure = "broken"
            yield from self._ruled.drafts

    def drafts(self) -> Generator[Draft | None]:
        """Yield the sentences that hold, None while nothing new is there, then what is left to quote."""
        writer, done = self._writer, self._progress
        covering = Covering(
            self._asked,
            self._ruled.drafts,
            catalogue=writer.index.catalogue,
            likelihood=lambda passage, text: writer.rules.likelihood(self._found, passage, text),
            likeness=writer.likeness,
        )
        opening = self._opening()
        with closing(self._written()) as written:
            for draft in written:
                if draft is None or covering.is_beside(draft):
                    done.beside += draft is not None
                    yield None
                    continue
                if not done.shown:
                    yield from opening  # framing comes with the first sentence, never alone
                covering.tell(draft)
                done.shown += 1
                yield draft
        if done.refused and not done.shown and not self._is_sure():
            return  # two find no answer: there is none
        if done.shown:
            yield from self._untold(covering)
        else:
            yield from self._ruled.drafts

    def _opening(self) -> list[Draft]:
        """Return the framing that stands before the first quote; a table has its own."""
        if self._ruled.layout == "table":
            return []
        return list(takewhile(lambda one: not one.support, self._ruled.drafts))

    def _untold(self, covering: Covering) -> list[Draft]:
        """Return what the rules would say and the sentences shown leave untold."""
        rest = self._ruled.drafts[len(self._opening()) :]
        if self._ruled.layout == "table":
            return list(rest)
        if self._ruled.layout == "list":
            return _announcing([one for one in rest if not one.support or not covering.covers(one)])
        untold = covering.untold()
        return [one for one in rest if not one.support or one in untold]

    def _is_sure(self) -> bool:
        return any(support.score >= _SURE for one in self._ruled.drafts for support in one.support)

    def _written(self) -> Generator[Draft | None]:
        """Yield the sentences of the model that hold, None as a sign of life."""
        chat, done = self._writer.chat, self._progress
        if not chat.budget.allows(self._visitor):
            done.failure = "budget"
            return
        messages = self._messages()
        if not self._material.sources:
            done.failure = "window"
            return
        checking = _Checking(self._checker(), done, most=self._most)
        gatherer = Gatherer()
        try:
            with closing(chat.caller.stream(messages, self._call)) as pieces:
                for piece in pieces:
                    if piece is None:
                        yield None
                        continue
                    for said in gatherer.add(piece):
                        yield checking.held(said)
                    if checking.is_over or gatherer.is_over:
                        break
        except ModelFailed as failed:
            done.failure = failed.failure
        finally:
            chat.budget.spend(self._visitor, self._call.usage)
        if gatherer.is_over or len(done.dropped) >= _DROPS:
            done.failure = "endless"
        if not checking.is_over and not gatherer.is_over:
            for said in gatherer.close(cut=bool(done.failure) or self._call.cut):
                yield checking.held(said)
        if not done.shown and not done.failure and not done.refused:
            done.failure = "language" if set(done.dropped) == {"language"} else "unsupported"
            done.failure = "beside" if done.beside else done.failure

    @property
    def _most(self) -> int:
        return _MOST_LISTED if self._ruled.layout == "list" else _MOST

    def _checker(self) -> Checker:
        writer = self._writer
        return Checker(
            self._material.sources,
            language=self._asked.language,
            proper=writer.proper,
            likeness=writer.likeness,
            judge=writer.agrees if writer.chat.judge else None,
        )

    def _messages(self) -> list[BaseMessage]:
        """Return the prompt, with as much material as the model's window has room for."""
        asked, chat = self._asked, self._writer.chat.caller.chat
        ask = partial(
            to_write,
            asked.standalone,
            language=asked.language,
            most=self._most,
            listed=self._ruled.layout == "list",
        )
        room = chat.window - ANSWER_TOKENS - tokens_in(ask(()))
        hits = self._writer.rules.allowed(self._found, asked.entities)
        catalogue = self._writer.index.catalogue
        self._material = gather(self._ruled.drafts, hits, catalogue=catalogue, room=room)
        return ask(self._material.blocks)


class _Checking:
    """Takes the sentences of a model one by one and keeps count of what came of them."""

    def __init__(self, checker: Checker, done: Progress, *, most: int) -> None:
        self._checker = checker
        self._done = done
        self._most = most
        self._seen: set[str] = set()
        self.holds = 0

    @property
    def is_over(self) -> bool:
        """Whether no further sentence is wanted."""
        done = self._done
        return done.refused or self.holds >= self._most or len(done.dropped) >= _DROPS

    def held(self, said: Said) -> Draft | None:
        """Return a sentence that holds, None for any other."""
        done = self._done
        if self.is_over:
            return None
        if _refuses(said.text) and not self.holds:
            done.refused = True
            return None
        key = " ".join(words(said.text))
        begun = time.perf_counter()
        checked = "repeated" if key in self._seen else self._checker.check(said)
        done.checking += time.perf_counter() - begun
        self._seen.add(key)
        if not isinstance(checked, Checked):
            done.dropped.append(checked)
            return None
        done.repointed += checked.repointed
        self.holds += 1
        return checked.draft


def _announcing(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts without those that announce a list which does not follow."""
    return [
        one
        for one, after in zip_longest(drafts, drafts[1:])
        if one.support or not one.text.endswith(":") or (after and after.support)
    ]


def _refuses(text: str) -> bool:
    """Say whether a sentence is the one by which a model finds no answer, in either language."""
    plain = " ".join(words(text))
    return any(plain.startswith(" ".join(words(phrase))) for phrase in NO_ANSWER.values())
