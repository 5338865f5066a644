"""Quantities: the figures of a text as values, whatever they are spelt as, each with its unit and bound."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from text_to_num import alpha2digit

from assistant.language import language_of
from corpus.sentences import MONTHS
from corpus.words import fold

Bound = Literal["", "above", "below", "about", "exactly"]

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
    "pound": r"(?:£|pounds?\b)", "yen": r"(?:¥|yens?\b)", "per mille": r"‰",
    "kilogram": r"(?:kg|kilos?|kilogram\w*)\b", "litre": r"(?:litres?|liters?)\b", "centimetre": r"cm\b",
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
# What is said of a figure before it and behind it. The first that fits counts: "pas plus de" before "plus
# de".
_BOUNDS: tuple[tuple[Bound, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "below",
        re.compile(
            r"(?:\b(?:(?:pas|jamais) (?:plus|davantage) d['e]|moins d['e]|avant|before|until|prior to"
            r"|au plus|jusqu'?a|inferieure?s? a|maximum"
            r"|(?:no|not) more than|less than|fewer than|under|at most|up to|below)|[<≤])\W*$"
        ),
        re.compile(r"^\W*(?:\w+ ){0,2}(?:au plus|au maximum|ou moins|at most|or less|or fewer|maximum)\b"),
    ),
    (
        "above",
        re.compile(
            r"(?:\b(?:plus d['e]|apres|after|(?:pas|guere) moins d['e]|au moins|depasse\w*"
            r"|superieure?s? a|more than|over"
            r"|(?:no|not) (?:less|fewer) than|at least|above|exceed\w*|minimum)|[>≥])\W*$"
        ),
        re.compile(r"^\W*(?:\w+ ){0,2}(?:au moins|au minimum|ou plus|et plus|at least|or more|minimum)\b"),
    ),
    (
        "about",
        re.compile(
            r"(?:\b(?:environ|vers|pres d['e]|quelque|autour d['e]|a peine|presque|about|around|roughly"
            r"|nearly|almost|some"
            r"|approximately|barely|hardly|close to)|[~≈])\W*$"
        ),
        re.compile(r"^\W*(?:\w+ ){0,2}(?:environ|or so)\b"),
    ),
    (
        "exactly",
        re.compile(r"\b(?:exactement|precisement|tout juste|exactly|precisely|just)\W*$"),
        re.compile(r"(?!)"),
    ),
)
_BEFORE = 24  # characters before a figure that may bound it
_MONTH = re.compile(rf"(?:{'|'.join(sorted(MONTHS))}) $")
_BEHIND = 40  # characters behind it that may say what it counts
_STOPS = re.compile(r"[.,;:()\d]")
# What text2num leaves: "2 millions" comes out as "2 1000000".
_TWICE = re.compile(r"\b(\d+(?:\.\d+)?) (1000|1000000|1000000000)\b(?![.,]?\d)")


_PRECISE = frozenset(["percent", "euro", "dollar"])
# A word with a digit in it, and one that is a figure, a range of two, or a figure with its unit and nothing
# else.
_WITH_DIGIT = re.compile(r"[^\s()\[\]«»“”\"',;:!?/]*\d[^\s()\[\]«»“”\"',;:!?/]*")
_PLAIN = re.compile(
    r"[€$~≈<>≤≥]?\d+(?:[.,]\d+)?(?:[-–]\d+(?:[.,]\d+)?)?"
    r"(?:%|€|\$|[kKM]€|(?:er|re|ère|ers|e|es|ème|èmes|eme|st|nd|rd|th|h|s)"
    r"|(?:k|K|M|G)?[wW](?:h|c)?|km|ha|m2|m²)?[.…-]*"
)
_ONE = re.compile(r"(?<!\d)0*1(?:[.,]0+)?(?!\d|[.,]\d)")


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
        before = _MONTH.sub("", plain[max(0, match.start() - _BEFORE) : match.start()])
        behind = _STOPS.split(plain[match.end() : match.end() + _BEHIND])[0]
        found.append(Quantity(_digits(value), _unit(match), _bound(before, behind), behind))
    return tuple(found)


def unread(text: str) -> frozenset[str]:
    """Return the words of a text in which a digit stands that is no figure of ours: "800e3",
    "personnes1500".
    """
    bare = _GROUPED.sub("", _LINK.sub(" ", text))
    return frozenset(word for word in _WITH_DIGIT.findall(bare) if not _PLAIN.fullmatch(word))


def figures(text: str) -> frozenset[str]:
    """Return the values of a text's figures."""
    return frozenset(one.value for one in quantities(text))


def conflict(said: Quantity, held: Quantity) -> bool:
    """Say whether two figures of one value do not mean the same: 85 % and 85, over 800 and under 800.

    A bound that is left out is a rounding, one that is added or turned round is not.
    """
    if said.value != held.value:
        return True
    if said.unit != held.unit and (said.unit or held.unit in _PRECISE):
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


def _bound(before: str, behind: str) -> Bound:
    for bound, ahead, after in _BOUNDS:
        if ahead.search(before) or after.search(behind):
            return bound
    return ""


def _digits(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _unit(match: re.Match[str]) -> str:
    if match["before"]:
        return "euro" if match["before"] == "€" else "dollar"
    return next((name for place, name in enumerate(_UNITS) if match[f"u{place}"]), "")
