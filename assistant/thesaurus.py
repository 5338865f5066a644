"""The thesaurus: which words may answer for which, within French and from English to French."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import Stemmer

from corpus.documents import Language
from corpus.words import fold, stem, words

_FILE = Path(__file__).with_suffix(".toml")
_ENGLISH = Stemmer.Stemmer("english")


class Thesaurus:
    """Concepts, each with French and English words.

    `asked` are those that are asked of any organisation, `befalls` those that undo or befall one. Words that
    stand `apart` answer only for the concepts that spell them so: "emploi" has the stem of "employer".
    """

    def __init__(
        self,
        concepts: Iterable[tuple[str, str]],
        *,
        asked: Iterable[tuple[str, str]],
        befalls: Iterable[tuple[str, str]] = (),
        spelling: dict[str, str],
        apart: Iterable[str] = (),
    ) -> None:
        self.spelling = {fold(short): long for short, long in spelling.items()}
        asked = list(asked)
        self._asked = {stem(word) for french, _ in asked for word in words(french)}
        self._asked |= {_english_stem(word) for _, english in asked for word in words(english)}
        befalls = list(befalls)
        self._befalls = {stem(word) for french, _ in befalls for word in words(french)}
        self._befalls_english = {_english_stem(word) for _, english in befalls for word in words(english)}
        self.vocabulary: set[str] = set()
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._french: dict[str, set[str]] = defaultdict(set)
        self._english: dict[str, set[str]] = defaultdict(set)
        for french, english in [*asked, *befalls, *concepts]:
            mates = {stem(word) for word in _single(french)}
            for word in _single(french):
                self._spelt[word] |= mates
                self._french[stem(word)] |= mates
            for word in _single(english):
                self._spelt[word] |= mates
                self._english[_english_stem(word)] |= mates
            self.vocabulary.update(words(french))
            self.vocabulary.update(words(english))

        self._apart = frozenset(map(fold, apart)) & self._spelt.keys()

    def asks(self, word: str) -> bool:
        """Say whether a folded word is one that something is asked of any organisation with."""
        return stem(word) in self._asked or _english_stem(word) in self._asked

    def befalls(self, word: str, language: Language) -> bool:
        """Say whether a folded word tells what undoes or befalls an organisation: "fermer", "faillite"."""
        return stem(word) in self._befalls or (
            language == "en" and _english_stem(word) in self._befalls_english
        )

    def mates(self, word: str, language: Language) -> frozenset[str]:
        """Return the French stems that may answer for a folded word, its own stem left out."""
        if word in self._apart:
            return frozenset(self._spelt[word] - {stem(word)})
        found = set(self._french.get(stem(word), ()))
        if language == "en":
            found |= self._english.get(_english_stem(word), set())
        return frozenset(found - {stem(word)})


@cache
def read_thesaurus(file: Path = _FILE) -> Thesaurus:
    """Read the shipped thesaurus once."""
    with file.open("rb") as source:
        content = tomllib.load(source)
    asked, befalls, concepts = (
        [(french, english) for french, english in content[table].values()]
        for table in ("asked", "befalls", "concepts")
    )
    spelling, apart = content["spelling"], content["apart"]["words"]
    return Thesaurus(concepts, asked=asked, befalls=befalls, spelling=spelling, apart=apart)


def _single(some: str) -> list[str]:
    """Return the folded words of a concept; of "main-d'oeuvre" none, since neither half means it."""
    return [parts[0] for one in some.split() if len(parts := words(one)) == 1]


def _english_stem(word: str) -> str:
    return str(_ENGLISH.stemWord(word))
