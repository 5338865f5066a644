"""The dictionary: whether a folded word is one of the language's own, and how it may be spelt.

People leave out accents, and words are compared without them; simplemma's dictionaries hold words as they are
spelt.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from simplemma import is_known
from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY

_ACCENTED = str.maketrans(
    {
        **dict.fromkeys("àâä", "a"), **dict.fromkeys("éèêë", "e"), **dict.fromkeys("îï", "i"),
        **dict.fromkeys("ôö", "o"), **dict.fromkeys("ùûü", "u"), "ç": "c", "ÿ": "y", "œ": "oe", "æ": "ae",
    }
)  # fmt: skip


def is_word(word: str) -> bool:
    """Say whether a folded word is in the French dictionary, accents left out, or in the English one."""
    return bool(is_known(word, lang=("fr", "en"))) or word in _by_folded()


def spellings(word: str) -> tuple[str, ...]:
    """Return the French words that a folded word may stand for, itself first: "cite", "cité"."""
    return (word, *_by_folded().get(word, ()))


@cache
def _by_folded() -> dict[str, tuple[str, ...]]:
    """Return the accented French words by what is left of them without accents: 0.3 s, once."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in DEFAULT_DICTIONARY_FACTORY.get_dictionary("fr"):
        if not word.isascii() and word.islower() and (folded := word.translate(_ACCENTED)).isascii():
            found[folded].append(word)
    return {folded: tuple(some) for folded, some in found.items()}
