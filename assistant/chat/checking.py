"""Checking: a sentence of a chat model is shown only with words of the passages that hold all it states."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.answer import Draft, Support
from assistant.chat.material import Source, is_instruction
from assistant.chat.proper import ProperNames
from assistant.chat.sentences import Said
from assistant.claims import Claim, Fault, Likeness, faults
from assistant.language import language_of
from assistant.novelty import content_words
from assistant.quantities import quantities
from corpus.documents import Language
from corpus.words import stems

Reason = Fault | Literal["language", "markup", "length", "marker", "judge", "repeated"]
"""Why a sentence was dropped."""
Judge = Callable[[str, Sequence[str]], bool | None]

_MARK_UP = re.compile(r"<\s*[/!a-zA-Z][^>]*>?|javascript:|data:\w+/|&#?\w+;|\]\(", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"\d{13,}")
_LONGEST = 600  # characters of a sentence
_TRIED = 8  # sentences of the passages that one sentence is held against
_TRIED_TOGETHER = 16
_FEW_WORDS = 5
_NAME_ALONE = 3  # words
# Where a clause begins that another sentence of a passage may hold.
_JOINTS = re.compile(
    r"[,;(]\s*|:\s+|\s[—–-]\s|\s(?=(?:et|ou|mais|tandis|alors que|qui|dont|où|créée?s?|fondée?s?|née?s?"
    r"|installée?s?|située?s?|basée?s?|implantée?s?|lancée?s?|ouverte?s?|and|while|whereas|but|which|that|who"
    r"|founded|created|based|located|launched|opened|established)\b)"
)
_BY = re.compile(r"\w(?:ée?s?|ie?s?|ue?s?|te?s?|ise?s?|ed|en)\s+(?:\w+\s+)?(?:par|by)\b")
_LEANS = re.compile(
    r"(?:qui|dont|où|which|that|who|whose|\w*ée?s?|founded|created|based|located|launched|opened|established)\b"
)
_ADJUNCT = re.compile(
    r"(?:(?:et|and|ou|or) )?(?:en|à|au|aux|dans|depuis|dès|pour|par|avec|sur|chez|sous|vers|de|du|des"
    r"|d['’]|le \d|notamment"
    r"|in|on|at|since|from|by|for|with|to|of|including|as)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"^(?:et|ou|mais|tandis qu['’e]|alors qu['’e]|and|while|whereas|but)\s*(?:que\s+|qu['’])?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Checked:
    """A sentence that held, as a draft, and whether its markers had pointed elsewhere."""

    draft: Draft
    repointed: bool = False


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A sentence of a source."""

    source: Source
    quote: str

    @property
    def support(self) -> Support:
        source = self.source
        return Support(source.passage, self.quote, source.score, theme_id=source.theme_id)


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
        if _MARK_UP.search(text) or _LONG_NUMBER.search(text) or not all(map(_is_latin, text)):
            return "markup"
        if is_instruction(text):
            return "subject"
        if self._is_foreign(text):
            return "language"
        cited = [one for one in self._sources if one.number in said.markers]
        others = [one for one in self._sources if one not in cited]
        held, reason = self._by_one(text, cited)
        held = held or self._by_several(text, cited)
        repointed = not held
        if not held:
            held, other = self._by_one(text, others)
            # Passages cited and others may carry it together.
            held = held or self._by_several(text, [*cited, *others])
            reason = reason or other
        if not held:
            return reason or "marker"
        if self._judge and self._judge(text, [one.quote for one in held]) is not True:
            return "judge"
        return Checked(Draft(text, tuple(held)), repointed)

    def _is_foreign(self, text: str) -> bool:
        """Say whether a sentence is not in the visitor's language; a few words may be a name."""
        bare = self._proper.without(re.sub(r"[«“\"][^»”\"]*[»”\"]", " ", text), keep="")
        return len(bare.split()) >= _FEW_WORDS and language_of(bare, default=self._language) != self._language

    def _by_one(self, text: str, sources: Sequence[Source]) -> tuple[list[Support], Reason | None]:
        """Return the one sentence of a source that holds a text by itself, or why the likeliest does not."""
        reason: Reason | None = None
        for quoted in self._likeliest(text, sources):
            wrong = self._faults(text, quoted)
            if not wrong:
                return [quoted.support], None
            reason = reason or wrong[0]
        return [], reason

    def _by_several(self, text: str, sources: Sequence[Source]) -> list[Support]:
        """Return sentences that hold a text together: each its own clause, or each the same of another name.

        Both need an initiative by name. No clause is put together from two sentences, and what is said of a
        name comes from words about it: else what is true of one would be said of another.
        """
        named = self._proper.fiches(text)
        if not named or self._proper.begins_with_stranger(text) or (len(named) > 1 and "(" in text):
            return []
        quoted = self._likeliest(text, sources, most=_TRIED_TOGETHER)
        held = self._clause_by_clause(text, named, quoted)
        if held is None and len(named) > 1 and self._proper.are_one_subject(text):
            held = self._name_by_name(text, named, quoted)
        if not held or self._is_more(text, held):
            return []
        return list(dict.fromkeys(one.support for one in held))

    def _is_more(self, text: str, held: Sequence[_Quoted]) -> bool:
        """Say whether a whole text states a figure, date, link, name or denial that its quotes together do
        not.
        """
        quotes = " ".join(one.quote for one in held)
        labels = " | ".join(one.source.labels for one in held)
        claim = Claim(text, self._language, quoted_in=language_of(quotes, default="fr"))
        return bool(set(faults(claim, quotes=quotes, labels=labels, proper=self._proper)) - {"subject"})

    def _clause_by_clause(
        self, text: str, named: frozenset[str], quoted: Sequence[_Quoted]
    ) -> list[_Quoted] | None:
        """Hold each clause by one sentence about its initiative: the only one named, or the one it begins
        with.
        """
        owner = next(iter(named)) if len(named) == 1 else None
        before = ""
        used = []
        untold = False  # of the owner, only the name was said
        for clause in _clauses(text):
            here = self._proper.fiches(clause)
            if here and len(named) > 1:
                if len(here) > 1 or untold or not self._begins(clause, here):
                    return None  # "A et B sont …" says the same of both
                owner = next(iter(here))
            bare = self._proper.without(clause, keep="")
            if not content_words(bare, self._language) and not quantities(bare):
                untold, before = untold or bool(here), clause
                continue
            if owner is None or (_LEANS.match(clause) and self._proper.strangers(before)):
                return None  # of whom is not said, or of another than the initiative
            holding = self._first_that_holds(clause, owner, quoted)
            if holding is None:
                return None
            untold, before = False, clause
            used.append(holding)
        return used if len(used) > 1 else None

    def _begins(self, clause: str, fiches: frozenset[str]) -> bool:
        """Say whether a clause begins with the name of a fiche, articles and conjunctions before it aside."""
        return self._proper.first(_JOINED.sub("", clause)) in fiches

    def _name_by_name(
        self, text: str, named: Iterable[str], quoted: Sequence[_Quoted]
    ) -> list[_Quoted] | None:
        """Hold "A and B are associations" for each name alone."""
        used = []
        for one in named:
            holding = self._first_that_holds(self._proper.without(text, keep=one), one, quoted)
            if holding is None:
                return None
            used.append(holding)
        return used

    def _first_that_holds(self, text: str, owner: str | None, quoted: Sequence[_Quoted]) -> _Quoted | None:
        wanted = set(stems(text))
        near = sorted(quoted, key=lambda one: -len(wanted & set(stems(one.quote))))
        about = (one for one in near if owner is None or self._is_about(one, owner))
        return next((one for one in about if not self._faults(text, one, whole=False)), None)

    def _is_about(self, quoted: _Quoted, owner: str) -> bool:
        """Say whether a quote speaks of an initiative: by its name, or in its passage and of no other."""
        named = self._proper.fiches(quoted.quote)
        return owner in named or (quoted.source.passage.initiative == owner and not named)

    def _faults(self, text: str, quoted: _Quoted, *, whole: bool = True) -> tuple[Fault, ...]:
        """Return what of a sentence a quote does not hold; of a clause words tell, vectors hardly."""
        source, quote = quoted.source, quoted.quote
        claim = Claim(text, self._language, quoted_in=language_of(quote, default="fr"))
        likeness = self._likeness if whole else None
        found = faults(claim, quotes=quote, labels=source.labels, likeness=likeness, proper=self._proper)
        if not found and not self._proper.fiches(text) <= self._proper.fiches(f"{quote} | {source.labels}"):
            return ("name",)
        if not found and whole and self._turns_round(text, quote):
            return ("subject",)
        return found

    def _turns_round(self, text: str, quote: str) -> bool:
        """Say whether a sentence begins with another of the names than its quote, in the same voice.

        "A finances B" is not "B finances A", while "B is financed by A" is.
        """
        said, held = self._proper.order(text), self._proper.order(quote)
        both = [one for one in said if one in held]
        if len(set(both)) < 2:
            return False
        same_voice = bool(_BY.search(text)) == bool(_BY.search(quote))
        return same_voice != (both[0] == next(one for one in held if one in both))

    def _likeliest(self, text: str, sources: Sequence[Source], *, most: int = _TRIED) -> list[_Quoted]:
        """Return the sentences of sources that share most with a text, the most first."""
        wanted = set(stems(text))
        found: dict[tuple[str, str], tuple[int, _Quoted]] = {}
        for source in sources:
            for quote in _sentences(source):
                shared = len(wanted & set(stems(f"{source.labels} {quote}")))
                if shared:
                    found.setdefault((source.passage.id, quote), (shared, _Quoted(source, quote)))
        ranked = sorted(found.values(), key=lambda pair: (-pair[0], pair[1].source.number))
        return [one for _, one in ranked[:most]]


def _clauses(text: str) -> list[str]:
    """Cut a text where a clause begins; a place, date or aim by itself belongs to the clause beside it."""
    found: list[str] = []
    waiting = ""
    for piece in (one.strip() for one in _JOINTS.split(text) if one and one.strip()):
        if _ADJUNCT.match(piece):
            if found and len(found[-1].split()) > _NAME_ALONE:
                found[-1] = f"{found[-1]}, {piece}"
            else:
                waiting = f"{waiting}{piece}, "
            continue
        found.append(waiting + piece)
        waiting = ""
    return found or [text]


def _is_latin(char: str) -> bool:
    """Say whether a character is of the script that French and English are written in, or no letter at
    all.
    """
    if char.isascii():
        return True
    kind = unicodedata.category(char)
    if kind[0] == "L":
        return unicodedata.name(char, "").startswith("LATIN") and char in unicodedata.normalize("NFKC", char)
    return kind[0] in "PZS" and kind != "So"


def _sentences(source: Source) -> list[str]:
    """Return what of a source may be quoted, sentence by sentence."""
    if source.quote is not None:
        return [] if is_instruction(source.quote) else [source.quote]
    return [source.passage.text[start:end] for start, end in source.sentences]
