"""Names of themes and initiatives, recognised in free text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from corpus.catalogue import Catalogue
from corpus.words import STOP_WORDS, words

# A shorter name is an acronym or close to a common word: one letter off is another word.
_SHORTEST_WITH_TYPO = 6


@dataclass(frozen=True, slots=True)
class Mention:
    """A fiche named in a text: words `start` to `end` of `words(text)`; `exact` is False for a typo."""

    fiche_id: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class _Name:
    fiche_id: str
    words: tuple[str, ...]
    joined: str


class Names:
    """The names of one catalogue, ready to be looked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        found: dict[tuple[str, ...], _Name] = {}
        for fiche in catalogue:
            for name in fiche.names:
                for form in _forms(name):
                    found.setdefault(form, _Name(fiche.id, form, "".join(form)))
        # The longest first, so that "Pôle Mobilité du Havre" is not read as "Pôle Mobilité".
        self._names = sorted(found.values(), key=lambda name: (-len(name.joined), name.joined))

    def find(self, text: str, *, typos: bool = True) -> list[Mention]:
        """Return the names in a text, in reading order, none overlapping another.

        Case, accents, apostrophes, hyphens and spacing do not matter. With `typos`, a name of six letters or
        more may have one letter wrong, of eight or more two, of sixteen or more four (Damerau 1964), where
        the text has no exact name.
        """
        spoken = words(text)
        taken = [False] * len(spoken)
        mentions = self._scan(spoken, taken, typos=False)
        if typos:
            mentions += self._scan(spoken, taken, typos=True)
        return sorted(mentions, key=lambda mention: mention.start)

    def _scan(self, spoken: list[str], taken: list[bool], *, typos: bool) -> list[Mention]:
        mentions = []
        for name in self._names:
            for start, end in _windows(spoken, len(name.words), spread=1 if typos else 2):
                if any(taken[start:end]):
                    continue
                joined = "".join(spoken[start:end])
                if not (_close(joined, name.joined) if typos else _same(joined, name.joined)) and not (
                    # An article typed without its apostrophe: "lecodomaine", "dinnovales".
                    typos and joined[:1] in "ld" and _close(joined[1:], name.joined)
                ):
                    continue
                if all(word in STOP_WORDS for word in spoken[start:end]):
                    continue
                taken[start:end] = [True] * (end - start)
                mentions.append(Mention(name.fiche_id, start, end, exact=not typos))
        return mentions


def _forms(name: str) -> Iterable[tuple[str, ...]]:
    """Yield the word sequences a name may be spoken as: with and without its articles at the front."""
    spoken = tuple(words(name))
    yield spoken
    bare = spoken
    while len(bare) > 1 and bare[0] in STOP_WORDS:
        bare = bare[1:]
    if bare != spoken and (len(bare) > 1 or len(bare[0]) >= _SHORTEST_WITH_TYPO):
        yield bare


def _windows(spoken: list[str], size: int, *, spread: int) -> Iterable[tuple[int, int]]:
    # A name may be cut into more or fewer words than ours: "r urban", "rurban", "coopa watt".
    for width in range(max(1, size - spread), size + spread + 1):
        for start in range(len(spoken) - width + 1):
            yield start, start + width


def _same(spoken: str, name: str) -> bool:
    """Say whether two joined names are equal but for a plural s."""
    return spoken == name or (len(name) > 3 and spoken.removesuffix("s") == name.removesuffix("s"))


def _sound(word: str) -> str:
    """Return how a word begins, letters that are taken for each other being one."""
    return word[:1].translate(str.maketrans("kqsz", "cccc"))


def _close(spoken: str, name: str) -> bool:
    if len(name) < _SHORTEST_WITH_TYPO or _sound(spoken) != _sound(name) or spoken.isdigit():
        return False
    allowed = 1 if len(name) < 8 else 2 if len(name) < 16 else 4
    if abs(len(spoken) - len(name)) > allowed:
        return False
    distance = DamerauLevenshtein.distance(spoken, name, score_cutoff=allowed)
    return distance <= allowed and fuzz.ratio(spoken, name) >= 80
