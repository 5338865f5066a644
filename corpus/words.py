"""Words as they are compared: without case, accents, typographic variants and endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import Stemmer
from simplemma import lemmatize

_TYPOGRAPHY = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "`": "'",
        "´": "'",
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "œ": "oe",
        "Œ": "oe",
        "æ": "ae",
        "Æ": "ae",
        "ß": "ss",
    }
)
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_OPTIONAL = re.compile(r"\((?:e|s|es|x|ne|nes)\)|(?<=[a-z])(?:[·.](?:e|es)[·.]s|·(?:e|es|s))\b")
_FEMININE = re.compile(r"ees?$")
_WORD = re.compile(r"[a-z0-9]+(?:[.,]\d+)*")
# What the stemmer would take for other words: an habitat for an habitant, an association for who associates.
_UNLIKE = frozenset(["habitat", "association"])
_STEMMER = Stemmer.Stemmer("french")

NUMBER_WORDS = {
    "un": "1", "une": "1", "deux": "2", "trois": "3", "quatre": "4", "cinq": "5", "six": "6", "sept": "7",
    "huit": "8", "neuf": "9", "dix": "10", "onze": "11", "douze": "12", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
    "eleven": "11", "twelve": "12",
}  # fmt: skip

TENS = {
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip

# French and English function words, and the verbs that carry a question rather than its subject.
STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8").split())


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain apostrophes and hyphens."""
    text = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    return "".join(char for char in text if not unicodedata.combining(char)).casefold()


def words(text: str) -> list[str]:
    """Return the folded words of a text in order.

    An elided article is a word of its own, a dotted acronym one; an optional "(s)" is left out.
    """
    return _WORD.findall(
        _DOTTED.sub(
            lambda found: found.group().replace(".", ""), _OPTIONAL.sub("", fold(text).replace("+", " plus "))
        )
    )


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the stem of a folded word, of its lemma if it has one (Snowball); numbers are left alone.

    A feminine participle ("fondees") is stemmed as the masculine one: folded, it ends like no other word.
    """
    if word[:1].isdigit():
        return word
    plain = _FEMININE.sub("e", word) if len(word) > 4 else word
    base = fold(lemmatize(plain, lang="fr"))
    return base if base in _UNLIKE else str(_STEMMER.stemWord(base))


def stems(text: str) -> list[str]:
    """Return the stems of the words that carry sense, in order."""
    return [stem(word) for word in words(text) if word not in STOP_WORDS]


def content(folded_words: Iterable[str]) -> list[str]:
    """Keep the words that carry sense."""
    return [word for word in folded_words if word not in STOP_WORDS and (len(word) > 1 or word.isdigit())]


def printable(text: str) -> str:
    """Return the text in NFC without control characters, lone surrogates and invisible formatting marks."""
    kept = (" " if char in "\t\r\n\v\f\u2028\u2029" else char for char in text)
    kept = (char for char in kept if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return re.sub(r" +", " ", unicodedata.normalize("NFC", "".join(kept))).strip()
