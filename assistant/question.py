"""The question: as it is asked, and as it is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.cues import Kind
from corpus.documents import Language
from corpus.errors import QuestionEmpty, QuestionTooLong
from corpus.words import content, fold, printable

REMEMBERED = 80
"""Turns of a conversation that are looked at."""
_LONGEST_ANSWER = 20_000  # characters
_WORD = re.compile(r"[^\W_]+")
_ASKS_OF_IT = re.compile(r"\bc est quoi (?:le|la|les|l|son|sa|ses|leurs?) \w")


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that an answer should speak to.

    `own` is its stem and `mates` are further stems that may answer for it; `weight` is its inverse document
    frequency, less for a conjugated verb, which says less of what is asked than a noun; `foreign` says that
    the corpus has none of them.
    """

    word: str
    own: str
    mates: frozenset[str]
    weight: float
    foreign: bool
    verb: bool = False
    attribute: bool = False
    """It is asked of something: the noun asked for, or one that a name or a possessive is tied to."""
    befalls: bool = False
    """It tells what undoes or befalls an organisation: a sentence that answers says so itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was understood.

    `plain` is it folded and with spelling mended; `entities` are fiche ids named in it, in order; `kinds`
    maps each kind of answer asked for to its cue words; `numbers` are the figures above twelve in it;
    `head` is the noun that it asks for ("quel est le budget"), `capitals` its words written as proper names.
    """

    question: str
    standalone: str
    language: Language
    plain: str
    entities: tuple[str, ...]
    kinds: Mapping[Kind, str]
    terms: tuple[Term, ...]
    numbers: frozenset[str] = frozenset()
    themes: tuple[str, ...] = ()
    head: Term | None = None
    capitals: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    """What the figure asked for is counted in: names of `assistant.units`."""

    called: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Each name of several words that the catalogue does not know, as it is written, with its stems."""

    nowhere: bool = False
    """It asks what is near whoever asks, who does not say where that is."""

    masked: str = ""
    """What asks of it, with a "·" for each word of a name."""

    @property
    def asks_of_it(self) -> bool:
        """Whether something is asked of what is named: "c'est quoi son budget ?"."""
        return bool(_ASKS_OF_IT.search(self.masked))

    @property
    def asks_what(self) -> bool:
        """Whether it asks what something is, however chattily: "c'est quoi au fond, ce projet ?"."""
        told = any(term.attribute or term.word in self.capitals for term in self.terms)
        return "c est quoi" in self.kinds.get("definition", "") and not self.asks_of_it and not told

    @property
    def is_bare(self) -> bool:
        """Whether nothing but how to ask is said, "depuis quand ?", and nobody is spoken of."""
        cues = {word for cue in self.kinds.values() for word in cue.split()}
        asks = self.kinds.keys() - {"definition", "yes-no"}
        about = self.entities or self.themes
        return bool(asks) and not about and cues.issuperset(content(self.plain.split()))

    def spelt(self, word: str) -> str:
        """Return a folded word as the question spells it, or the one that it was made into."""
        said = f"{self.question} {self.standalone}"
        return next((one for one in _WORD.findall(said) if fold(one) == word), word)


def bounded(history: Sequence[Turn], *, limit: int) -> tuple[Turn, ...]:
    """Return the latest turns of a conversation, none longer than a question or an answer can be.

    They come from whoever asks, so neither their number nor their length is to be trusted; `limit` is that of
    a question, in characters.
    """
    most = {"user": limit, "assistant": _LONGEST_ANSWER}
    return tuple(replace(turn, content=turn.content[: most[turn.role]]) for turn in history[-REMEMBERED:])


def checked(question: str, *, limit: int) -> str:
    """Return a question fit to be answered. Raises QuestionEmpty, QuestionTooLong (`limit` in characters)."""
    if len(question) > limit:
        raise QuestionTooLong(length=len(question), limit=limit)
    clean = printable(question)
    if not any(char.isalnum() for char in clean):
        raise QuestionEmpty
    return clean
