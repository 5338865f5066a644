"""Finding: initiatives by free text, whatever its case, accents and typos."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import DamerauLevenshtein

from corpus.catalogue import Catalogue, Initiative
from corpus.names import Names
from corpus.sounds import sound
from corpus.words import content, stem, words
from ui.explore.gazetteer import Department

LONGEST = 200
"""Characters of a text that are looked at."""
_MOST_WORDS = 12
_SHORTEST_BEGINNING = 3
_SHORTEST_WITH_TYPO = 4
_SHORTEST_WITH_TWO = 8


@dataclass(frozen=True)
class Found:
    """Ids of initiatives, and what was read instead of words that none of them has."""

    ids: frozenset[str]
    read_as: dict[str, str] = field(default_factory=dict)


class Finder:
    """The words of all initiatives, ready to be looked for."""

    def __init__(self, catalogue: Catalogue, departments: Mapping[str, Sequence[Department]]) -> None:
        self._catalogue = catalogue
        self._names = Names(catalogue)
        self._of: dict[str, set[str]] = {}
        for one in catalogue.initiatives:
            for text in _said_of(one, catalogue, departments.get(one.id, ())):
                for word in words(text):
                    self._of.setdefault(word, set()).add(one.id)
        self._stems = {word: stem(word) for word in self._of}

    def find(self, text: str) -> Found:
        """Return the initiatives that have every word of a text, or a name that the text means.

        A word may be the beginning of theirs, or another form of it; where none has it, the nearest words by
        one letter, of eight letters or more by two, or by sound, stand for it.
        """
        spoken = words(text[:LONGEST])
        wanted = list(dict.fromkeys(content(spoken) or spoken))[:_MOST_WORDS]
        read_as: dict[str, str] = {}
        sets = []
        for word in wanted:
            matched = self._alike(word)
            if not matched and (near := self._near(word)):
                read_as[word], matched = near[0], near
            sets.append(self._having(matched))
        ids = set.intersection(*sets) if sets else set()
        if ids:
            return Found(frozenset(ids), read_as)
        named = [self._catalogue.initiative(one.fiche_id) for one in self._names.find(text[:LONGEST])]
        return Found(frozenset(one.id for one in named if one))

    def _alike(self, word: str) -> list[str]:
        root = stem(word)
        begins = len(word) >= _SHORTEST_BEGINNING
        return [
            one
            for one, own in self._stems.items()
            if own == root or one == word or (begins and one.startswith(word))
        ]

    def _near(self, word: str) -> list[str]:
        """Return the words that a misspelt one may be, the nearest only."""
        if len(word) < _SHORTEST_WITH_TYPO or word.isdigit():
            return []
        allowed = 2 if len(word) >= _SHORTEST_WITH_TWO else 1
        said = sound(word)
        far: dict[str, int] = {}
        for one in self._of:
            if len(one) < _SHORTEST_WITH_TYPO:
                continue
            distance = DamerauLevenshtein.distance(word, one, score_cutoff=allowed)
            if distance > allowed and sound(one) == said:
                distance = allowed
            if distance <= allowed:
                far[one] = distance
        least = min(far.values(), default=0)
        return [one for one, distance in far.items() if distance == least]

    def _having(self, matched: Iterable[str]) -> set[str]:
        return {fiche_id for word in matched for fiche_id in self._of[word]}


def _said_of(one: Initiative, catalogue: Catalogue, departments: Sequence[Department]) -> Iterable[str]:
    """Yield every text that an initiative may be looked for by."""
    yield from one.names
    for theme in map(catalogue.theme, one.themes):
        if theme:
            yield from theme.names
    for department in departments:
        yield from (department.name, department.region, department.code)
    yield from filter(None, (one.form, one.territory, one.strength, str(one.year or "")))
    yield from one.objectives
    for figure in one.figures:
        yield from (figure.value, figure.counts)
