"""Checking: a sentence of a chat model is shown only with words of the passages that hold all it states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from assistant.answer import Draft, Support
from assistant.chat.material import Source, is_instruction
from assistant.chat.proper import ProperNames
from assistant.chat.sentences import Said
from assistant.claims import Claim, Fault, Likeness, faults
from assistant.language import language_of
from corpus.documents import Language
from corpus.words import stems

Reason = Fault | Literal["language", "markup", "length", "marker", "judge", "repeated"]
"""Why a sentence was dropped."""
Judge = Callable[[str, Sequence[str]], bool | None]

_MARK_UP = re.compile(r"<\s*[/!a-zA-Z][^>]*>?|javascript:|data:\w+/|&#?\w+;|\]\(", re.IGNORECASE)
_LONGEST = 600  # characters of a sentence
_WIDEST = 3  # sentences of a quote
_TRIED = 4  # windows of one passage that are held against a sentence
_JOINED = 3  # passages that carry one sentence together
_FEW_WORDS = 5


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that held, as a draft, and whether its markers had pointed elsewhere."""

    draft: Draft
    repointed: bool = False


class Checker:
    """Holds the sentences of one answer against its sources."""

    def __init__(
        self,
        sources: Sequence[Source],
        *,
        language: Language,
        proper: ProperNames,
        likeness: Likeness | None,
        judge: Judge | None = None,
    ) -> None:
        self._sources = sources
        self._language = language
        self._proper = proper
        self._likeness = likeness
        self._judge = judge

    def check(self, said: Said) -> Checked | Reason:
        """Return a sentence with the quotes that hold it, or why none do."""
        text = said.text
        if len(text) > _LONGEST:
            return "length"
        if _MARK_UP.search(text):
            return "markup"
        if is_instruction(text):
            return "subject"
        if self._is_foreign(text):
            return "language"
        cited = [one for one in self._sources if one.number in said.markers]
        held, reason = self._held(text, cited)
        repointed = False
        if not held:
            others = [one for one in self._sources if one not in cited]
            held, other = self._held(text, others)
            # Passages cited and others may carry it together.
            held = held or self._together(text, [*cited, *self._likeliest(text, others)[:_JOINED]])[0]
            repointed = bool(held)
            reason = reason or other
        if not held:
            return reason or "marker"
        if self._judge and self._judge(text, [one.quote for one in held]) is not True:
            return "judge"
        return Checked(Draft(text, tuple(held)), repointed)

    def _is_foreign(self, text: str) -> bool:
        """Say whether a sentence is not in the visitor's language; a few words may be a name."""
        bare = re.sub(r"[«“\"][^»”\"]*[»”\"]", " ", text)
        return len(bare.split()) >= _FEW_WORDS and language_of(bare, default=self._language) != self._language

    def _held(self, text: str, sources: Sequence[Source]) -> tuple[list[Support], Reason | None]:
        """Return the quote of one source that holds a sentence, else quotes of several that do together."""
        reason: Reason | None = None
        for source in self._likeliest(text, sources):
            for quote in self._windows(text, source):
                wrong = self._faults(text, [(source, quote)])
                if not wrong:
                    return [_support(source, quote)], None
                reason = reason or wrong[0]
        held, other = self._together(text, sources)
        return held, reason or other

    def _together(self, text: str, sources: Sequence[Source]) -> tuple[list[Support], Reason | None]:
        if len(sources) < 2:
            return [], None
        best = [
            (source, quote)
            for source in self._likeliest(text, sources)[:_JOINED]
            if (quote := next(self._windows(text, source), ""))
        ]
        wrong = self._faults(text, best)
        if wrong or len(best) < 2:
            return [], wrong[0] if wrong else None
        # What is not needed is not cited.
        for one in reversed(best[:]):
            rest = [other for other in best if other is not one]
            if len(rest) > 1 and not self._faults(text, rest):
                best = rest
        return [_support(source, quote) for source, quote in best], None

    def _faults(self, text: str, quoted: Sequence[tuple[Source, str]]) -> tuple[Fault, ...]:
        quotes = " ".join(quote for _, quote in quoted)
        labels = " | ".join(source.labels for source, _ in quoted)
        claim = Claim(text, self._language, quoted_in=_language_of_quotes(quotes))
        found = faults(claim, quotes=quotes, labels=labels, likeness=self._likeness, proper=self._proper)
        if not found and not self._proper.fiches(text) <= self._proper.fiches(f"{quotes} | {labels}"):
            return ("name",)
        return found

    def _likeliest(self, text: str, sources: Sequence[Source]) -> list[Source]:
        """Return sources that share words with a sentence or its names, the most first."""
        wanted = set(stems(text))
        shared = [(len(wanted & set(stems(f"{one.labels} {one.passage.text}"))), one) for one in sources]
        return [one for count, one in sorted(shared, key=lambda pair: (-pair[0], pair[1].number)) if count]

    def _windows(self, text: str, source: Source) -> Iterator[str]:
        """Yield the likeliest quotes of a source: single sentences first, then two and three in a row."""
        if source.quote is not None and not is_instruction(source.quote):
            yield source.quote
        wanted = set(stems(text))
        whole = source.passage.text
        for width in range(1, _WIDEST + 1):
            windows = [
                whole[some[0][0] : some[-1][1]]
                for start in range(len(source.sentences) - width + 1)
                if _adjacent(some := source.sentences[start : start + width], whole)
            ]
            windows.sort(key=lambda window: -len(wanted & set(stems(window))))
            yield from windows[:_TRIED]


def _adjacent(some: Sequence[tuple[int, int]], text: str) -> bool:
    """Say whether nothing was left out between sentences."""
    gaps = (text[one[1] : other[0]] for one, other in pairwise(some))
    return not any(any(map(str.isalnum, gap)) for gap in gaps)


def _language_of_quotes(quotes: str) -> Language:
    return language_of(quotes, default="fr")


def _support(source: Source, quote: str) -> Support:
    return Support(source.passage, quote, source.score, theme_id=source.theme_id)
