"""Sounds: how a French word is said, roughly, so that "cirk" is found to mean "cirque"."""

from __future__ import annotations

import re
from functools import lru_cache

# In this order, on folded letters; what is written in several ways but said in one becomes one letter.
_SAID = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"e?au", "o"), (r"ou", "u"), (r"oo", "o"), (r"ph", "f"), (r"sch|sh", "ch"),
        (r"ai|ei|er\b|ez\b|et\b", "e"), (r"oe|eu", "e"), (r"tion", "sion"), (r"ch", "X"),
        (r"qu|[kq]|c(?![eiy])|cc", "k"), (r"[cçz]", "s"), (r"g(?=[eiy])", "j"), (r"gu(?=[eiy])", "g"),
        (r"y", "i"), (r"h", ""), (r"[ae]n(?![aeiouyn])|[ae]m(?=[bp])", "N"), (r"(.)\1+", r"\1"),
        (r"(?<=..)[tdsxp]+\b", ""), (r"(?<=.)e", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a key that words said alike share, "bouquetot" and "bouktot"; folded letters in, letters out."""
    for pattern, said in _SAID:
        word = pattern.sub(said, word)
    return word
