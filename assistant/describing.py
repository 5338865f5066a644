"""Descriptions: an initiative that a question points to without its name, "le cirque de Bagneux"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from corpus.catalogue import Catalogue
from corpus.words import content, stem, words

# How far apart the words of a description may stand.
_NEIGHBOURS = 4
# The words of a territory that tell no place from another.
_COMMON = frozenset(
    words("pole bassin emploi territoire agglomeration commune ville region departement pays quartier")
)
_ROOT = 5
_COMPLEMENTS = frozenset(words("de du des d sans a au aux pour en et avec of for and without"))


@dataclass(frozen=True, slots=True)
class Marks:
    """What an initiative is described by: stems of its name, those that it begins with and may be called by
    ("le cirque" of "Le Plus Petit Cirque du Monde"), and how words of its own territory begin.
    """

    names: frozenset[str]
    heads: frozenset[str]
    roots: tuple[str, ...]


def marks_of(catalogue: Catalogue) -> dict[str, Marks]:
    """Return the marks of each initiative; a territory that two share is neither's own."""
    places = {one.id: _telling(one.territory or "") for one in catalogue.initiatives}
    shared = Counter(word for some in places.values() for word in some)
    return {
        one.id: Marks(
            names=frozenset(map(stem, content(words(one.name)))) - frozenset(map(stem, places[one.id])),
            heads=frozenset(map(stem, content(_before_complement(words(one.name))))),
            roots=tuple(_root(word) for word in places[one.id] if shared[word] == 1),
        )
        for one in catalogue.initiatives
    }


def described(
    spoken: Sequence[str],
    *,
    marks: Mapping[str, Marks],
    named: Collection[int],
    mates: Callable[[str], Collection[str]],
) -> dict[str, set[int]]:
    """Return the initiatives that neighbouring words describe, each with the places of those words.

    One word must be of its name, the other of its territory ("havrais" will do for Le Havre). `named` are the
    places of words that belong to a name already; `mates` returns the stems that may answer for a word.
    """
    loose = [(place, word) for place, word in enumerate(spoken) if place not in named]
    found: dict[str, set[int]] = {}
    for one, mark in marks.items():
        names = [place for place, word in loose if mark.names & {stem(word), *mates(word)}]
        territories = [place for place, word in loose if mark.roots and word.startswith(mark.roots)]
        pairs = [(a, b) for a in names for b in territories if 0 < abs(a - b) <= _NEIGHBOURS]
        if pairs:
            found[one] = {place for pair in pairs for place in pair}
    return found


def _before_complement(name: Sequence[str]) -> Sequence[str]:
    """Return the words of a name before what it is of, or without."""
    end = next((at for at, word in enumerate(name) if at and word in _COMPLEMENTS), len(name))
    return name[:end]


def _telling(territory: str) -> frozenset[str]:
    return frozenset(word for word in content(words(territory)) if word not in _COMMON and len(word) > 3)


def _root(word: str) -> str:
    """Return what a word shares with those made from it: "grenoble", "grenoblois"; short ones stay whole."""
    return word[: max(_ROOT - 1, min(_ROOT, len(word) - 1))]
