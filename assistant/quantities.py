"""Quantities: the figures of a text as values, whatever they are spelt as, each with its unit and bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from text_to_num import alpha2digit

from assistant.language import language_of
from corpus.words import fold

Bound = Literal["", "above", "below"]

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"»”)\]]+")
_GROUPED = re.compile(r"(?<=\d)[\s\u202f\u00a0.,](?=\d{3}(?!\d))")
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_PER_CENT = re.compile(r"\b(?:pour cents?|per ?cent)\b")
_TIMES = {
    "k": 10**3, "mille": 10**3, "millier": 10**3, "milliers": 10**3, "thousand": 10**3,
    "m": 10**6, "million": 10**6, "millions": 10**6,
    "md": 10**9, "mds": 10**9, "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "billions": 10**9,
}  # fmt: skip
_UNITS = {
    "percent": r"%",
    "euro": r"(?:d ?)?(?:€|euros?\b|eur\b)",
    "dollar": r"(?:\$|dollars?\b)",
    "kilowatt": r"kw(?:c|h|hc)?\b", "megawatt": r"mw(?:c|h|hc)?\b", "gigawatt": r"gw(?:c|h)?\b",
    "kilometre": r"(?:km|kilomet(?:re|er)s?)\b", "hectare": r"(?:ha|hectares?)\b",
    "square metre": r"(?:m2|met(?:re|er)s? carres?|square met(?:re|er)s?)\b", "tonne": r"(?:tonnes?|tons?)\b",
    "year": r"(?:ans?|annees?|years?)\b", "month": r"(?:mois|months?)\b", "day": r"(?:jours?|days?)\b",
}  # fmt: skip
_UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, pattern in enumerate(_UNITS.values()))
_MONEY_BEFORE = r"(?P<before>[€$])\s?"
_NUMBER = re.compile(
    rf"(?:{_MONEY_BEFORE})?(?<![\w.])(?P<value>\d+(?:\.\d+)?)(?:ers?|eres?|emes?|es?|st|nd|rd|th|h)?"
    rf"(?:[\s-]?(?P<times>{'|'.join(sorted(_TIMES, key=len, reverse=True))})(?![a-z]))?"
    rf"(?:[\s-]?(?:d[e'’] ?)?(?:{_UNIT}))?"
    r"(?:(?=[^\w])|(?=[a-z])|$)"
)
_ABOVE = re.compile(
    r"\b(?:plus d['e]|au moins|depasse\w*|superieure?s? a|more than|over|at least|above|exceed\w*)\W*$"
)
_BELOW = re.compile(
    r"\b(?:moins d['e]|au plus|jusqu a|jusqu'a|inferieure?s? a|maximum|less than|fewer than|under|at most|"
    r"up to|below)\W*$"
)
_BEFORE = 24  # characters before a figure that may bound it
_BEHIND = 40  # characters behind it that may say what it counts
_STOPS = re.compile(r"[.,;:()\d]")
# What text2num leaves: "2 millions" comes out as "2 1000000".
_TWICE = re.compile(r"\b(\d+(?:\.\d+)?) (1000|1000000|1000000000)\b(?![.,]?\d)")


_ONE = re.compile(r"\b1(?:[.,]0+)?(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: `value` in plain digits, `unit` a name of ours or "", and what it is a bound of."""

    value: str
    unit: str = ""
    bound: Bound = ""
    counts: str = ""
    """The folded words behind it, which say what it counts."""


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return the figures of a text in order: "deux millions d'euros" is 2000000 euro.

    "Un", "une" and "one" are articles as often: a one counts only where it is written as a digit.
    """
    plain = spelt_in_digits(text)
    found = []
    for match in _NUMBER.finditer(plain):
        value = Decimal(match["value"]) * _TIMES.get(match["times"] or "", 1)
        if value == 1 and not _ONE.search(text):
            continue
        before = plain[max(0, match.start() - _BEFORE) : match.start()]
        bound: Bound = "above" if _ABOVE.search(before) else "below" if _BELOW.search(before) else ""
        behind = plain[match.end() : match.end() + _BEHIND]
        found.append(Quantity(_digits(value), _unit(match), bound, _STOPS.split(behind)[0]))
    return tuple(found)


def figures(text: str) -> frozenset[str]:
    """Return the values of a text's figures."""
    return frozenset(one.value for one in quantities(text))


def conflict(said: Quantity, held: Quantity) -> bool:
    """Say whether two figures of one value do not mean the same: 85 % and 85, over 800 and under 800.

    A bound that is left out is a rounding, one that is added or turned round is not.
    """
    if said.value != held.value:
        return True
    precise = {"percent", "euro", "dollar"}
    if said.unit != held.unit and ((said.unit and held.unit) or {said.unit, held.unit} & precise):
        return True
    return bool(said.bound) and said.bound != held.bound


@lru_cache(maxsize=4096)
def spelt_in_digits(text: str) -> str:
    """Return a text folded, its figures in digits with a decimal point, links left out."""
    bare = _GROUPED.sub("", _LINK.sub(" ", text))
    folded = _PER_CENT.sub("%", fold(_DECIMAL.sub(".", bare)))
    language = language_of(text)
    lines = (line for line in folded.split("\n") if line.strip())
    spelt = " ".join(str(alpha2digit(line, language, threshold=0)) for line in lines)
    return _TWICE.sub(lambda two: str(Decimal(two[1]) * Decimal(two[2])), spelt)


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _unit(match: re.Match[str]) -> str:
    if match["before"]:
        return "euro" if match["before"] == "€" else "dollar"
    return next((name for place, name in enumerate(_UNITS) if match[f"u{place}"]), "")
