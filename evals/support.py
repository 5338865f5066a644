"""Support: whether cited words carry a sentence, decided without a chat model.

A sentence is supported when every figure, date, link and proper name of it stands in the quotes (a name may
stand in what the citation is labelled with: title, initiative, theme), it denies what they deny and affirms
what they affirm, and it speaks of the same: half of its words are theirs, or a third and their vectors agree.
So must each clause of three words of sense do; four in a row that the quotes have not are an added claim.

What this misses: who does what to whom ("A finances B" for "B finances A"), a figure that counts another
thing in the same quote, a comparison or a cause that is added in the quote's own words, irony. A judge sees
some of it; the report says how often the two agree.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from assistant.answer import Citation
from corpus.words import NUMBER_WORDS, STOP_WORDS, fold, stems, words

Likeness = Callable[[str, str], float]
"""Cosine of the vectors of two texts, -1 to 1."""

_MOST, _SOME = 0.5, 0.3  # of the words of a sentence or clause
_RUN = 4  # words of sense in a row that the quotes have not: a claim of its own
_ALIKE = 0.86  # of the bundled model's cosines: unrelated sentences stand at 0.75 to 0.82
_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+")
_GROUPED = re.compile(r"(?<=\d)[\s\u202f\u00a0](?=\d{3}\b)")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_NAME = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*")
_BEGINS = re.compile(r"(?:^|[.!?:;»”|—–(]\s*|[«“*]\s*)(?=[A-ZÀ-Þ])")
_DENIES = re.compile(
    r"\b(?:ne|n')\s?\w+(?:\s\w+)?\s(?:pas|plus|jamais|aucun\w*|rien|guere)\b|\bn'\w+\s(?:pas|plus|jamais|aucun\w*)\b"
    r"|\bjamais\b|\baucun(?:e|s|es)?\b|\b(?:not|never|no longer|isn't|doesn't|didn't|wasn't|none)\b"
)
# Where a clause begins that may claim something of its own.
_JOINT = re.compile(
    r"[,;:]\s|\s(?=(?:mais|car|donc|puis|grâce|ce qui|parce|afin|but|because|thanks|which)\b)"
)
_QUOTED = re.compile(r"[«“]\s*([^«»“”]{8,}?)\s*[»”]")
_ACRONYM = re.compile(r"\s*\(([A-Z]{3,})\)")
_CLAUSE = 3  # words of sense
_MARK_UP = re.compile(r"[*_`#|]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported, and what of it is not."""

    supported: bool
    missing: tuple[str, ...] = ()


def support(sentence: str, cited: Sequence[Citation], *, likeness: Likeness | None = None) -> Verdict:
    """Say whether citations together support a sentence."""
    quotes = " ".join(one.quote for one in cited)
    labels = " ".join(_labels(one) for one in cited)
    missing = [
        *sorted(figures(sentence) - figures(f"{quotes} {labels}")),
        *(one for one in links(sentence) if one not in links(quotes) and one not in quotes),
        *sorted(names(sentence) - set(words(f"{quotes} {labels}"))),
    ]
    if _contradicts(sentence, quotes):
        missing.append("±")
    if not missing and not _speaks_of_the_same(sentence, quotes, labels, likeness):
        missing.append("≁")
    return Verdict(not missing, tuple(missing))


def states_something(sentence: str, question: str) -> bool:
    """Say whether a sentence without citation states a figure, link or name that the question does not hold.

    What ends in a colon only announces.
    """
    if sentence.rstrip().endswith((":", "?")):
        return False
    return bool(
        {one for one in figures(sentence) - figures(question) if one not in NUMBER_WORDS.values()}
        or set(links(sentence)) - set(links(question))
        or names(sentence) - set(words(question))
    )


def figures(text: str) -> frozenset[str]:
    """Return the figures of a text: words up to twelve as digits, digit groups joined, a decimal point."""
    bare = _DECIMAL.sub(".", _GROUPED.sub("", _LINK.sub(" ", text)))
    found = (NUMBER_WORDS.get(word, word) for word in words(bare) if word not in {"un", "une", "one"})
    return frozenset(word.rstrip(".,") for word in found if word[0].isdigit())


def links(text: str) -> list[str]:
    """Return the links of a text without their scheme and closing punctuation."""
    found = (re.sub(r"[.,;:*]+$", "", link) for link in _LINK.findall(text))
    return [re.sub(r"^https?://(?:www\.)?|^www\.|/$", "", link) for link in found]


def names(text: str) -> frozenset[str]:
    """Return the folded words of the proper names: capitals that do not merely begin a sentence."""
    bare = _MARK_UP.sub(" ", _LINK.sub(" ", text)).strip()
    begins = {found.end() for found in _BEGINS.finditer(bare)}
    found = (
        match.group()
        for match in _NAME.finditer(bare)
        if match.start() not in begins or match.group()[1:].isupper()
    )
    return frozenset(
        word for name in found for word in words(name) if word not in STOP_WORDS and len(word) > 1
    )


def denies(text: str) -> bool:
    """Say whether a text holds a negation."""
    return bool(_DENIES.search(fold(text)))


def likeness_of(embed: Callable[[Sequence[str]], np.ndarray]) -> Likeness:
    """Return the cosine of two texts by an embedding that gives rows of length 1."""

    def likeness(one: str, other: str) -> float:
        first, second = embed([one, other])
        return float(first @ second)

    return likeness


def _speaks_of_the_same(sentence: str, quotes: str, labels: str, likeness: Likeness | None) -> bool:
    """Say whether a sentence, and each clause of it that is long enough, is about what the quotes say."""
    bare, quoted = _own_words(sentence, quotes)
    if set(stems(bare)) <= set(stems(labels)):
        return True  # a name alone, or beside a quote
    held = set(stems(f"{quotes} {labels}"))
    whole, clause = (_RUN, _RUN) if quoted else (1, _CLAUSE)
    for part, least in [(bare, whole), *((one, clause) for one in _JOINT.split(bare))]:
        spoken = stems(part)
        if len(spoken) < least:
            continue
        if any(len(list(some)) >= _RUN for known, some in groupby(spoken, held.__contains__) if not known):
            return False
        shared = len(set(spoken) & held) / len(set(spoken))
        if shared < _SOME or (shared < _MOST and (likeness is None or likeness(part, quotes) < _ALIKE)):
            return False
    return True


def _own_words(sentence: str, quotes: str) -> tuple[str, bool]:
    """Return a sentence without what it has from the quotes to the letter, and whether there was any.

    That is a link, words between quotation marks, and a name written out before the acronym for it.
    """
    bare = sentence
    for slice_ in [*_LINK.findall(sentence), *_QUOTED.findall(sentence)]:
        if slice_.strip() in quotes:
            bare = bare.replace(slice_, " ")
    known = set(words(quotes))
    for acronym in _ACRONYM.finditer(bare):
        if fold(acronym[1]) in known:
            bare = bare.replace(_written_out(bare[: acronym.start()], acronym[1]) + acronym[0], " ")
    return bare, bare != sentence


def _written_out(before: str, acronym: str) -> str:
    """Return the end of a text whose initials, small words aside, are an acronym; "" where they are not."""
    wanted = list(acronym)
    for word in reversed(list(re.finditer(r"\w+", before))):
        if fold(word[0])[0].upper() == wanted[-1]:
            wanted.pop()
        elif fold(word[0]) not in STOP_WORDS:
            return ""
        if not wanted:
            return before[word.start() :]
    return ""


def _contradicts(sentence: str, quotes: str) -> bool:
    """Say whether one denies and the other affirms; a sentence that leaves most of a quote out may leave a
    negation out too.
    """
    if denies(sentence) == denies(quotes) or " ".join(words(sentence)) in " ".join(words(quotes)):
        return False
    said, quoted = set(stems(sentence)), set(stems(quotes))
    return denies(sentence) or 2 * len(said & quoted) >= len(quoted)


def _labels(one: Citation) -> str:
    """Return what a citation is filed under: its names, not what they are said to be."""
    filed = (one.initiative, one.theme)
    return " ".join([one.document.title, *(ref.name for ref in filed if ref is not None)])
