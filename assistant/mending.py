"""Mending: the words that a question means, with phone spelling written out and typing mistakes corrected."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.thesaurus import Thesaurus
from assistant.word_lists import ASKING, FRAMING
from corpus.dictionary import is_word
from corpus.names import Names
from corpus.sounds import sound
from corpus.words import STOP_WORDS, stem, words

_CAPITAL = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÀ-Þ][\w'’-]+")
_SOMEWHERE = re.compile(r"\b(?:à|en|près de|vers|in|at|near) ([A-ZÀ-Þ][\w'’-]+)")
_ACRONYM = re.compile(r"\b[A-ZÀ-Þ]{2,}\b")
_CALLED = re.compile(r"[A-ZÀ-Þ][\w-]+(?:(?: (?:de|la|le|les|of|the))* (?:(?:de )?[dl]['’])?[A-ZÀ-Þ][\w-]+)+")
_IT_IS = frozenset(
    [("c", word) for word in ("ou", "quoi", "koi", "qui", "ki", "quand", "kan", "combien")]
    + [(this, what) for this in ("ce", "se", "s") for what in ("quoi", "koi")]
)
# "lagriculture", "dagriculture": what an article loses its vowel before.
_ELIDED = re.compile(r"[dljn][aeiouyh].{3}")
# What being said alike, and being a word of the corpus, is worth in letters mistyped.
_SAID_ALIKE, _IN_CORPUS = 0.9, 0.5
_LONG_NAME = 8
# Function words from here on are worth mending to: "depui".
_LONG_ENOUGH = 5
# A shorter sound is shared by too many words.
_SOUNDED = 4
# In a question with phone spelling, digits and letters stand for words.
_DIGITS_AS_WORDS = {"2": "de", "1": "un", "c": "c est", "g": "j ai", "k": "que"}


class Mender:
    """Mends words towards those of one index version: `vocabulary` are the folded words of the corpus."""

    def __init__(self, names: Names, *, thesaurus: Thesaurus, vocabulary: frozenset[str]) -> None:
        self._names = names
        self._spelling = thesaurus.spelling
        self._vocabulary = vocabulary | ASKING
        self._known = vocabulary | thesaurus.vocabulary | STOP_WORDS
        self._by_length: dict[int, list[str]] = {}
        self._by_sound: dict[str, list[str]] = {}
        others = thesaurus.vocabulary | FRAMING | {word for word in STOP_WORDS if len(word) >= _LONG_ENOUGH}
        listed = [*sorted(self._vocabulary), *sorted(others - self._vocabulary)]
        self._place = {word: place for place, word in enumerate(listed)}
        for word in listed:
            if word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
                if len(sound(word)) >= _SOUNDED:
                    self._by_sound.setdefault(sound(word), []).append(word)

    def knows(self, word: str) -> bool:
        """Say whether a folded word is one of the corpus, of the thesaurus, or a function word."""
        return word in self._known

    def of_length(self, letters: int) -> Sequence[str]:
        """Return the words of so many letters that a word may be mended to, those of the corpus first."""
        return self._by_length.get(letters, ())

    def mend(self, text: str) -> str:
        """Return the folded words of a text with phone spelling written out and typing mistakes corrected."""
        spoken = words(text)
        if any(word in self._spelling for word in spoken):
            following = zip_longest(spoken, spoken[1:], fillvalue="")
            spoken = [
                word if after == "est" else _DIGITS_AS_WORDS.get(word, word) for word, after in following
            ]
        following = zip_longest(spoken, spoken[1:], fillvalue="")
        spoken = ["c est" if (word, after) in _IT_IS else word for word, after in following]
        spoken = " ".join(spoken).split()
        named = {place for one in self._names.find(" ".join(spoken)) for place in range(one.start, one.end)}
        written_so = capitals(text)
        mended = []
        for place, word in enumerate(spoken):
            if place in named:
                mended.append(word)
            elif word in self._spelling:
                mended.append(self._spelling[word])
            else:
                meant = self._corrected(word)
                # A name is not mended into another, unless a long one is one letter off; "Colége" is none.
                slip = _is_slip(word, meant) or (is_word(meant) and sound(word) == sound(meant))
                named_so = word in written_so and not slip
                mended.append(word if named_so else meant)
        return " ".join(word for word in mended if word)

    def _corrected(self, word: str) -> str:
        if word in self._known or word in ASKING or len(word) < 4 or not word.isalpha() or is_word(word):
            return word
        if _ELIDED.match(word) and (word[1:] in self._known or is_word(word[1:])):
            return word[1:]  # an elided article without its apostrophe: "lagriculture"
        allowed = 1 if len(word) < 8 else 2
        near = [
            other
            for size in range(len(word) - allowed, len(word) + allowed + 1)
            for other in self._by_length.get(size, ())
            if other[0] == word[0]
        ]
        found = process.extract(
            word, near, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=None
        )
        if found:
            return min(((str(other), int(far)) for other, far, _ in found), key=self._likely(word))[0]
        alike = self._by_sound.get(sound(word), [])
        if len({stem(other) for other in alike}) == 1:
            return alike[0]
        elided = _ELIDED.match(word) and len(word) > _LONG_NAME
        bare = self._corrected(word[1:]) if elided else word[1:]
        return word if bare == word[1:] else bare  # "lagriculure"

    def _likely(self, word: str) -> Callable[[tuple[str, int]], tuple[float, int]]:
        """Return the order of what a mistyped word may mean: said alike, and of the corpus, before others."""

        def key(candidate: tuple[str, int]) -> tuple[float, int]:
            other, far = candidate
            bonus = _SAID_ALIKE * (sound(other) == sound(word)) + _IN_CORPUS * (other in self._vocabulary)
            return far - bonus, self._place[other]

        return key


def _is_slip(word: str, meant: str) -> bool:
    """Say whether a long name differs from another by one letter: "Lataerjet"."""
    return len(word) >= _LONG_NAME and DamerauLevenshtein.distance(word, meant) <= 1


def called(text: str) -> list[str]:
    """Return the names of several words in a text, as they are written: "Terre de Liens"."""
    return [] if text == text.upper() else _CALLED.findall(text)


def acronyms(text: str) -> frozenset[str]:
    """Return the folded words written in capitals alone, "CAE"; none when all is in capitals."""
    if text == text.upper():
        return frozenset()
    return frozenset(word for capital in _ACRONYM.findall(text) for word in words(capital))


def places(text: str) -> frozenset[str]:
    """Return the folded words written as the name of a place where something is: "à Paris"."""
    return frozenset(word for place in _SOMEWHERE.findall(text) for word in words(place))


def capitals(text: str) -> frozenset[str]:
    """Return the folded words written with a capital inside a sentence; none when all is in capitals."""
    if text == text.upper():
        return frozenset()
    return frozenset(word for capital in _CAPITAL.findall(text) for word in words(capital))
