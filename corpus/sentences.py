"""Sentences: the smallest piece of a passage that is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.words import stems, words

# A sentence ends at a line's end, or at a full stop before a capital, a digit or an opening quote. An
# initial or a short title before the stop ("M. Dupont", "J. Martin") does not end one.
_END = re.compile(
    r"\n+|(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bMM\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bav\.)(?<!\bapr\.)"
    r"\s+(?=[A-ZÀ-ÖØ-Þ0-9«“\"(])"
)
# What stands before an item of a list: "- ", "2. ", "b) ". It is no part of what is said.
_ITEM = re.compile(r"^(?:(?:[-*•·–—▪◦‣>]|\(?(?:\d{1,2}|[a-h])[.)])(?:\s+|$))+")
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"»)]+")
_YEAR = re.compile(r"\b(?:1[5-9]\d\d|20\d\d)\b")
_MONTH_NAMES = (
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
MONTHS = frozenset(words(_MONTH_NAMES))
"""The folded names of the months, French and English."""
_DAY = re.compile(
    rf"\b(?:1er|\d{{1,2}})\s+(?:{_MONTH_NAMES})\b|\b(?:{_MONTH_NAMES})\s+\d{{1,2}}\b", re.IGNORECASE
)
# What tells when without a day or a year of our times: "en 574", "338 av. J.-C.", "le VIe siècle", "en mai".
_WHEN = re.compile(
    r"\b(?:en|vers|dès|depuis|avant|après|jusqu['’]en|l['’]an|années?|in|since|around) \d{3,4}\b"
    r"|\b\d{1,4} (?:avant|après|av\.|ap\.|apr\.) (?:J\.|Jésus|le présent)"
    r"|\b(?-i:[IVX]+)(?:er?|ème|th|st|nd|rd) (?:siècles?|century|millénaire)"
    r"|\b(?:le|du|au|the) (?-i:[IVX]{2,})e\b"
    rf"|\b(?:{_MONTH_NAMES}) \d{{3,4}}\b|\b(?:en|de|d['’]|depuis|in|since) ?(?:{_MONTH_NAMES})\b",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    "deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente "
    "quarante cinquante soixante cent mille million"
)
_NUMBER = re.compile(rf"\d|\b(?:{'|'.join(_NUMBER_WORDS.split())})s?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence of a passage with what it can answer. `text` is a slice of the passage."""

    text: str
    stems: frozenset[str]
    has_number: bool
    """A figure that is no date."""
    has_date: bool
    has_link: bool


@lru_cache(maxsize=8192)
def clauses(text: str) -> tuple[Clause, ...]:
    """Return the sentences of a passage in reading order."""
    return tuple(_clause(piece) for piece in split_sentences(text))


def split_sentences(text: str) -> list[str]:
    """Cut a text into its sentences, each a slice of it without outer blanks."""
    pieces = []
    start = 0
    for end in _END.finditer(text):
        pieces.append(text[start : end.start()])
        start = end.end()
    pieces.append(text[start:])
    bare = (_ITEM.sub("", piece.strip()) for piece in pieces)
    return [piece for piece in bare if any(char.isalnum() for char in piece)]


def undated(text: str) -> str:
    """Return a text without its years and days."""
    return _YEAR.sub(" ", _DAY.sub(" ", text))


def years(text: str) -> frozenset[str]:
    """Return the years that a text names."""
    return frozenset(_YEAR.findall(text))


def _clause(text: str) -> Clause:
    bare = _LINK.sub(" ", text)
    return Clause(
        text=text,
        stems=frozenset(stems(bare)),
        has_number=bool(_NUMBER.search(undated(bare))),
        has_date=bool(_YEAR.search(bare) or _DAY.search(bare) or _WHEN.search(bare)),
        has_link=bare != text,
    )
