"""Terms: what the place of a word in a question, or how it is written, tells of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant.question import Term
from corpus.sentences import MONTHS
from corpus.words import STOP_WORDS, words

_BOUND = re.compile(r"\b(?:plus|moins|more|less|fewer) (?:de|d|que|than) (\d+)\b|\b(?:over|under) (\d+)\b")
_DECADE = re.compile(r"\b(?:annees|decennie|the) (\d\d(?:\d0)?)\b")
# Possessive, and only at the beginning of a word: else a word without end is read again from each letter.
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]{3,}+(?:-[^\W\d_]{3,}+)+")
_LINKING = frozenset(words("de d du des a au aux pour chez of the at for in le la les l"))
_POSSESSIVE = frozenset(words("son sa ses leur leurs its their his her"))
_IN_WORDS = 12


def compounds(terms: Sequence[Term], text: str) -> list[Term]:
    """Take a hyphenated word for one: "tiers-lieu" is unknown where "tiers" is, known though places are."""
    parts = [set(words(one)) for one in _COMPOUND.findall(text)]
    nouns = {term.word for term in terms if term.foreign and not term.verb}
    unknown = {word for some in parts if some & nouns and not some & STOP_WORDS for word in some}
    return [
        replace(term, mates=frozenset(), foreign=True) if term.word in unknown else term for term in terms
    ]


def numbers(spoken: Sequence[str]) -> frozenset[str]:
    """Return the figures above twelve, and the days of a month: small ones may be written in words.

    What is merely a bound ("plus de 500 salariés ?") need not be told, nor a decade, of which a year may be.
    """
    plain = " ".join(spoken)
    decades = {found.group(1) for found in _DECADE.finditer(plain)}
    following = zip_longest(spoken, spoken[1:], fillvalue="")
    bounds = {found.group(1) for found in _BOUND.finditer(plain)} | decades
    return frozenset(
        word
        for word, after in following
        if word.isdigit() and word not in bounds and (int(word) > _IN_WORDS or after in MONTHS)
    )


def tied(spoken: Sequence[str], named: set[int]) -> set[str]:
    """Return the words tied to a name or a possessive: "le budget de Coopaname", "ses horaires"."""
    tied = set()
    for place, word in enumerate(spoken):
        following = range(place + 1, min(place + 5, len(spoken)))
        gap = next((other for other in following if other in named), None)
        linked = gap is not None and all(spoken[other] in _LINKING for other in range(place + 1, gap))
        owned = place > 0 and (
            spoken[place - 1] in _POSSESSIVE or (spoken[place - 1] == "s" and place - 2 in named)
        )
        if (linked and place + 1 != gap) or owned:
            tied.add(word)
            # "le budget annuel de Coopaname"
            if place > 0 and spoken[place - 1] not in STOP_WORDS and place - 1 not in named:
                tied.add(spoken[place - 1])
    return tied
