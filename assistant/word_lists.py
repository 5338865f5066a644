"""Word lists: the words of `words.toml`, which say little, each list for one purpose."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus.words import stem, words

with Path(__file__).with_name("words.toml").open("rb") as _source:
    _LISTS: dict[str, str] = tomllib.load(_source)


def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(_LISTS[name]))


FRAMING = frozenset(_LISTS["hollow"].split())
"""Folded words that frame a question without narrowing it, as they are spelt."""

HOLLOW = _stems("hollow")
"""Stems of words that frame a question without narrowing it."""

NEUTRAL = _stems("neutral")
"""Stems of words that ask for members of the catalogue without narrowing which."""

ASKING = frozenset(_LISTS["asking"].split())
"""Folded words that a mistyped one may be mended to, besides those of the corpus."""

FRENCH = frozenset(_LISTS["french"].split())
ENGLISH = frozenset(_LISTS["english"].split())
