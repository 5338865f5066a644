"""Names of themes and initiatives, recognised in free text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from corpus.catalogue import Catalogue
from corpus.dictionary import is_word
from corpus.sounds import sound
from corpus.words import STOP_WORDS, words

# A shorter name is an acronym or close to a common word: one letter off is another word.
_SHORTEST_WITH_TYPO = 6
_ALIKE = str.maketrans("kqsz", "cccc")


@dataclass(frozen=True, slots=True)
class Mention:
    """A fiche named in a text: words `start` to `end` of `words(text)`; `exact` is False for a typo."""

    fiche_id: str
    start: int
    end: int
    exact: bool


@dataclass(frozen=True)
class _Name:
    fiche_id: str
    words: tuple[str, ...]
    joined: str

    @cached_property
    def sound(self) -> str:
        return sound(self.joined)


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
        self._found = lru_cache(maxsize=256)(self._find)

    def find(self, text: str, *, typos: bool = True) -> tuple[Mention, ...]:
        """Return the names in a text, in reading order, none overlapping another.

        Case, accents, apostrophes, hyphens and spacing do not matter. With `typos`, a name of six letters or
        more may have one letter wrong, of eight or more two, of sixteen or more four (Damerau 1964), where
        the text has no exact name; so may one that is said alike ("bouktot").
        """
        return self._found(tuple(words(text)), typos)

    def _find(self, spoken: tuple[str, ...], typos: bool) -> tuple[Mention, ...]:
        taken: set[int] = set()
        mentions: list[Mention] = []
        # A name may be cut into more or fewer words than ours: "r urban", "rurban", "coopa watt".
        windows = _windows(spoken, widest=max((len(name.words) for name in self._names), default=0) + 2)
        for exact in (True, False) if typos else (True,):
            for name in self._names:
                for joined in _exact(name.joined, windows) if exact else _near(name, windows):
                    for start, end in windows[joined]:
                        if taken.isdisjoint(range(start, end)):
                            taken.update(range(start, end))
                            mentions.append(Mention(name.fiche_id, start, end, exact))
        return tuple(sorted(mentions, key=lambda mention: mention.start))


def _forms(name: str) -> Iterable[tuple[str, ...]]:
    """Yield the word sequences a name may be spoken as: with and without its articles at the front."""
    spoken = tuple(words(name))
    yield spoken
    bare = spoken
    while len(bare) > 1 and bare[0] in STOP_WORDS:
        bare = bare[1:]
    if bare != spoken and (len(bare) > 1 or len(bare[0]) >= _SHORTEST_WITH_TYPO):
        yield bare


def _windows(spoken: Sequence[str], *, widest: int) -> dict[str, list[tuple[int, int]]]:
    """Return each run of up to `widest` words joined, with the places where it stands."""
    found: dict[str, list[tuple[int, int]]] = {}
    for start in range(len(spoken)):
        for end in range(start + 1, min(start + widest, len(spoken)) + 1):
            if not STOP_WORDS.issuperset(spoken[start:end]):
                found.setdefault("".join(spoken[start:end]), []).append((start, end))
    return found


def _exact(name: str, windows: Mapping[str, object]) -> list[str]:
    """Return the windows that are a name but for a plural s."""
    bare = name.removesuffix("s") if len(name) > 3 else name
    return [one for one in dict.fromkeys((name, bare, f"{bare}s")) if one in windows]


def _near(name: _Name, windows: Mapping[str, list[tuple[int, int]]]) -> list[str]:
    """Return the windows that are a name but for a few letters, the nearest first."""
    size = len(name.joined)
    if size < _SHORTEST_WITH_TYPO:
        return []
    allowed = 1 if size < 8 else 2 if size < 16 else 4
    found = []
    for joined, places in windows.items():
        width = places[0][1] - places[0][0]
        if abs(len(joined) - size) <= allowed + 1 and abs(width - len(name.words)) <= 1:
            # An article may be typed without its apostrophe: "lecodomaine", "dinnovales".
            spelt = (joined, joined[1:]) if joined[0] in "ld" else (joined,)
            distance = min(_distance(one, name.joined, allowed) for one in spelt)
            if distance > allowed and len(joined) >= _SHORTEST_WITH_TYPO and sound(joined) == name.sound:
                distance = allowed
            # "innovantes" is no misspelt "InnoVales": a word of its own is meant as it is written.
            if distance <= allowed and not (width == 1 and is_word(joined)):
                found.append((distance, joined))
    return [joined for _, joined in sorted(found)]


def _distance(spoken: str, name: str, allowed: int) -> int:
    if spoken.isdigit() or _sound(spoken) != _sound(name) or fuzz.ratio(spoken, name) < 80:
        return allowed + 1
    return DamerauLevenshtein.distance(spoken, name, score_cutoff=allowed)


def _sound(word: str) -> str:
    """Return how a word begins, letters that are taken for each other being one."""
    return word[:1].translate(_ALIKE)
