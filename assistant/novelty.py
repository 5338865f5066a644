"""Novelty: the words of a sentence that nothing in the words it cites may answer for."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from simplemma import is_known

from assistant.language import is_adverb, is_infinitive, is_participle, is_verb
from assistant.quantities import spelt_in_digits
from assistant.thesaurus import read_thesaurus
from corpus.dictionary import is_word
from corpus.documents import Language
from corpus.sentences import MONTHS
from corpus.words import STOP_WORDS, stem, words

_FILE = Path(__file__).with_suffix(".toml")
_SHORTEST = 2
OTHERWISE = frozenset(["may", "march", "mai", "mars"])
"""Months that are other words, or names, too."""
_ANYBODY = frozenset(["personne", "personnes", "people", "person", "persons", "fois", "times"])
# As many letters in common make two words of one root: "créer" and "création", "economies" and "économique".
_ROOT: dict[Language, int] = {"fr": 5, "en": 4}


def novel_words(text: str, held: str, language: Language) -> tuple[list[str], list[str]]:
    """Return the words of sense that a text in `language` does not have from the French words `held`.

    They come as (what is named, what is done): the second are French verbs, which a paraphrase changes
    freely. Figures are left out, and so are turns of phrase that state nothing.
    """
    named: list[str] = []
    done: list[str] = []
    for word in content_words(text, language):
        if not is_answered(word, held, language):
            (done if language == "fr" and _is_done(word) else named).append(word)
    return named, done


def is_answered(word: str, held: str, language: Language) -> bool:
    """Say whether the French words `held` have one that may answer for a folded word.

    That is the same, one of its root in the dictionary, or one that the thesaurus has for it.
    """
    own, there = stem(word), held_stems(held)
    if own in there or read_thesaurus().mates(word, language) & there:
        return True
    root = own[: _ROOT[language]]
    return root in _roots(held, _ROOT[language]) and (is_word(word) or is_known(word, lang="en"))


@lru_cache(maxsize=4096)
def _roots(held: str, letters: int) -> frozenset[str]:
    return frozenset(one[:letters] for one in held_stems(held) if len(one) >= letters)


@lru_cache(maxsize=4096)
def held_stems(held: str) -> frozenset[str]:
    """Return the stems of all words, those of an acronym's letters too."""
    return frozenset(stem(word) for word in words(held))


def content_words(text: str, language: Language) -> list[str]:
    """Return the folded words of a text that may claim something, in order."""
    return [
        word
        for word in dict.fromkeys(words(spelt_in_digits(text)))
        if len(word) >= _SHORTEST
        and not word[0].isdigit()
        and word not in STOP_WORDS
        and not (word in MONTHS and word not in OTHERWISE)
        and not {word, stem(word)} & _idle()[language]
    ]


def counts_another(counted: str, held: str, language: Language) -> bool:
    """Say whether the words behind a figure begin with a thing that the words held do not speak of."""
    spoken = [word for word in words(counted) if word not in STOP_WORDS]
    if not spoken or spoken[0] in MONTHS | _ANYBODY:
        return False
    return not is_answered(spoken[0], held, language)


def shared(text: str, held: str, language: Language) -> float:
    """Return the share of a text's words that the words `held` answer for, 0 to 1; 1 for none."""
    spoken = [word for word in content_words(text, language) if word not in MONTHS]
    answered = [word for word in spoken if is_answered(word, held, language)]
    return len(answered) / len(spoken) if spoken else 1.0


def says_contrary(text: str, held: str) -> bool:
    """Say whether a text has a word for the contrary of what is held, and the words held have none for it."""
    there, said = held_stems(held), held_stems(text)
    for sides in _opposed():
        for one, other in (sides, sides[::-1]):
            if said & one and there & other and not there & one and not said & other:
                return True
    return False


@cache
def _opposed() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    return tuple((held_stems(one), held_stems(other)) for one, other in _lists()["opposed"])


def _is_done(word: str) -> bool:
    return is_verb(word) or is_infinitive(word) or is_participle(word) or is_adverb(word)


@cache
def _idle() -> dict[Language, frozenset[str]]:
    lists = _lists()
    return {"fr": frozenset(map(stem, lists["fr"].split())), "en": frozenset(lists["en"].split())}


@cache
def _lists() -> dict[str, Any]:
    with _FILE.open("rb") as source:
        return tomllib.load(source)
