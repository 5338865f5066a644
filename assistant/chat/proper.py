"""Proper names of one index: of its catalogue, and words that its documents only write with a capital."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.claims import names
from corpus.catalogue import Catalogue
from corpus.index import Index
from corpus.names import Mention, Names
from corpus.words import STOP_WORDS, words

_LOWER = re.compile(r"(?<![\w'’-])[a-zà-ÿ][\w'’-]*")
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "the", "a", "an"])
_CAPITAL = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*")


_ROW = _ARTICLES | frozenset(["et", "and", "ou", "or", "ainsi", "que", "comme"])
_PREPOSITIONS = frozenset(
    words("à au aux dans en chez pour selon avec parmi in at for with among according to of")
)


def _is_aside(before: list[str]) -> bool:
    """Say whether the words before a name end with a preposition, an article behind it aside."""
    last = before[-1:]
    if last and last[0] in _ARTICLES - _PREPOSITIONS:
        last = before[-2:-1]
    return bool(last) and last[0] in _PREPOSITIONS


def _behind_articles(spoken: list[str]) -> int:
    """Return the place of the first word that is no article, 0 where there is none."""
    return next((place for place, word in enumerate(spoken) if word not in _ARTICLES), 0)


class ProperNames:
    """Knows the names of an index wherever they stand in a sentence."""

    def __init__(self, index: Index, found: Names) -> None:
        self._names = found
        self._catalogue: Catalogue = index.catalogue
        capital: set[str] = set()
        lower: set[str] = set()
        for passage in index.passages:
            capital |= names(passage.text)
            lower.update(_LOWER.findall(passage.text))
        self._only_capital = capital - {word for one in lower for word in words(one)} - STOP_WORDS

    def __call__(self, text: str) -> frozenset[str]:
        """Return the folded words of a text that belong to a name."""
        written = {word for one in _CAPITAL.findall(text) for word in words(one)}
        spoken = words(text)
        in_catalogue = {
            word
            for mention in self._mentions(text)
            for word in spoken[mention.start : mention.end]
            if word not in STOP_WORDS
        }
        return frozenset((written & self._only_capital) | in_catalogue)

    def fiches(self, text: str) -> frozenset[str]:
        """Return the ids of the initiatives and think tanks that a text names."""
        return frozenset(mention.fiche_id for mention in self._mentions(text))

    def strangers(self, text: str) -> frozenset[str]:
        """Return the folded words of proper names in a text that are of no fiche: "Airbus"."""
        spoken = words(text)
        own = {word for one in self._names.find(text, typos=False) for word in spoken[one.start : one.end]}
        written = {word for one in _CAPITAL.findall(text) for word in words(one)}
        return frozenset((names(text) | (written & self._only_capital)) - own)

    def are_one_subject(self, text: str) -> bool:
        """Say whether the fiches that a text names stand in one row: "A, B et C"."""
        spoken = words(text)
        between = [spoken[one.end : other.start] for one, other in pairwise(self._mentions(text))]
        return all(set(some) <= _ROW for some in between)

    def order(self, text: str) -> list[str]:
        """Return who is named in a text, one after the other: ids of fiches, folded words of other names.

        What a preposition before it makes a place or a circumstance of is left out.
        """
        spoken = words(text)
        found = {one.start: one.fiche_id for one in self._mentions(text)}
        strangers = self.strangers(text)
        for place, word in enumerate(spoken):
            if word in strangers and (place == 0 or spoken[place - 1] not in strangers):
                found.setdefault(place, word)  # of a name in several words the first
        return [name for place, name in sorted(found.items()) if not _is_aside(spoken[:place])]

    def begins_with_stranger(self, text: str) -> bool:
        """Say whether a sentence begins with the name of what is no fiche."""
        spoken = words(text)
        start = _behind_articles(spoken)
        return bool(spoken) and spoken[start] in self._only_capital and self.first(text) is None

    def first(self, text: str) -> str | None:
        """Return the fiche whose name a text begins with, an article before it aside."""
        start = _behind_articles(words(text))
        mentions = self._names.find(text, typos=False)
        return next((one.fiche_id for one in mentions if one.start <= start < one.end), None)

    def without(self, text: str, *, keep: str) -> str:
        """Return the folded words of a text without its names but those of one fiche."""
        spoken = words(text)
        dropped = {
            place
            for mention in self._mentions(text)
            if mention.fiche_id != keep
            for place in range(mention.start, mention.end)
        }
        return " ".join(word for place, word in enumerate(spoken) if place not in dropped)

    def _mentions(self, text: str) -> list[Mention]:
        """Return where a text names fiches; of themes none: "culture" is a word like others."""
        found = self._names.find(text, typos=False)
        return [one for one in found if self._catalogue.theme(one.fiche_id) is None]
