"""Spelling: words that a scanner misread, mended where a dictionary or the text itself confirms it.

A word is left as it is when either knows it, when it begins like a name, or when two words may have been
meant: a proper name is never corrected.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Levenshtein
from simplemma import in_target_language, is_known

from corpus.dictionary import spellings
from corpus.words import fold
from ingest.traced import Traced

_WORD = re.compile(r"[\\|]?(?:[^\W_]|[|])+")
_TOKEN = re.compile(r"[^\W_]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+(?:(?<=-)\n[ \t]*\S+)*")
_PIPE = re.compile(r"(?<![\w|])\|(?=['’][^\W\d_]|a\b)")
_LONE_APOSTROPHE = re.compile(r"(?<![^\s(])'(?=[aeiouyhàâéèêîôû][a-zà-ÿ]{3,})(?![^'\n]*')")
# What a scanner takes for what, the misread shape first.
_CONFUSED = (
    ("g", "q"), ("q", "g"), ("I", "l"), ("I", ""), ("l", "i"), ("6", "ô"), ("0", "o"), ("1", "l"), ("é", "ô"),
    ("il", "î"), ("rn", "m"), ("m", "rn"), ("cl", "d"), ("vv", "w"), ("ii", "u"), ("li", "h"), ("ce", "oe"),
    ("|", "l"),
)  # fmt: skip
# Short words are in no dictionary of lemmas, and their accents are lost most often.
_SHORT = {
    "tres": "très", "apres": "après", "aupres": "auprès", "meme": "même", "memes": "mêmes", "etre": "être",
    "étre": "être", "deja": "déjà", "voila": "voilà", "dela": "delà", "plutot": "plutôt",
}  # fmt: skip
_SHORTEST = 4
# Two of the longest words run together; beyond that a word is none, and what it may have been without end.
_LONGEST = 50
_ENOUGH = 200  # letters that tell a language


def mend_words(text: Traced) -> Traced:
    """Return the text with misread French words mended; lines, names, numbers and links stay."""
    if not _is_french(text.text):
        return text
    text = text.sub(_PIPE, "l").sub(_LONE_APOSTROPHE, "l'")
    known = _Known(text.text)
    links = [found.span() for found in _LINK.finditer(text.text)]
    spans = iter([*links, (len(text) + 1, len(text) + 1)])
    link = next(spans)

    def mended(found: re.Match[str]) -> str:
        nonlocal link
        while found.start() >= link[1]:
            link = next(spans)
        return found.group() if found.start() >= link[0] else known.mend(found.group())

    return text.sub(_WORD, mended)


class _Known:
    """What one text confirms: its words, its pairs of words and the names in its links."""

    def __init__(self, text: str) -> None:
        tokens = _TOKEN.findall(text)
        self._words = Counter(tokens)
        self._pairs = frozenset(pairwise(tokens))
        self._linked = " ".join(_LINK.findall(text)).casefold()
        self._mended: dict[str, str] = {}

    def mend(self, word: str) -> str:
        """Return a word as it was meant, or as it is."""
        if word not in self._mended:
            self._mended[word] = next(self._readings(word), word)
        return self._mended[word]

    def _readings(self, word: str) -> Iterator[str]:
        if len(word) > _LONGEST:
            return
        if word.startswith("\\"):
            if _is_french_word("v" + word[1:]):
                yield "V" + word[1:]
            return
        if word in _SHORT:
            yield _SHORT[word]  # though the dictionary takes some of them for words
        elif word.isdigit() or _is_french_word(word.casefold()) or is_known(word, lang="en"):
            return
        elif _is_capital_but_l(word):
            # "DSl": the acronym stands elsewhere as it is written.
            if self._words[word.replace("l", "I")]:
                yield word.replace("l", "I")
        elif word[:1].isupper() and not any(char.isdigit() for char in word):
            # A name; the initiative's own link may spell out the l that was taken for an I.
            meant = word.replace("I", "l")
            if "I" in word[1:] and word != word.upper() and meant.casefold() in self._linked:
                yield meant
        elif len(word) >= _SHORTEST or "|" in word:
            yield from self._meant(word)

    def _meant(self, word: str) -> Iterator[str]:
        candidates = {one.casefold() for one in _variants(word) if _is_french_word(one.casefold())}
        distances = {one: Levenshtein.distance(one, word.casefold()) for one in candidates}
        nearest = [one for one in candidates if distances[one] == min(distances.values())]
        if len(nearest) == 1:
            [only] = nearest
            yield only[0].upper() + only[1:] if word[0].isupper() else only
        elif not candidates and self._words[word] == 1:
            halves = ((word[:cut], word[cut:]) for cut in range(2, len(word) - 1))
            told = [pair for pair in halves if pair in self._pairs]
            if len(told) == 1:
                yield " ".join(told[0])


def _variants(word: str) -> Iterator[str]:
    """Yield what a word may have been: with its accents, or with one shape taken for another."""
    yield from spellings(fold(word))[1:]
    for seen, meant in _CONFUSED:
        for found in re.finditer(re.escape(seen), word):
            one = word[: found.start()] + meant + word[found.end() :]
            yield one
            if meant != "oe":
                yield from (other for other in spellings(fold(one))[1:] if fold(other) == fold(one))


def _is_french_word(word: str) -> bool:
    # The dictionary lacks most adverbs: "uniquement" is "unique" and an ending.
    return bool(is_known(word, lang="fr") or (word.endswith("ment") and is_known(word[:-4], lang="fr")))


def _is_capital_but_l(word: str) -> bool:
    return "l" in word and len(word) > 2 and word.replace("l", "").isupper()


def _is_french(text: str) -> bool:
    """Say whether a text is French rather than English; a short one is taken for French."""
    if sum(map(str.isalpha, text)) < _ENOUGH:
        return True
    part = text[:20_000]
    return in_target_language(part, lang="fr") >= in_target_language(part, lang="en")
