"""Cues: the words that tell what a question asks for; the words themselves stand in `cues.toml`.

Everything here is matched against folded words joined by single spaces.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

Kind = Literal[
    "count",
    "date",
    "place",
    "person",
    "names",
    "link",
    "strength",
    "objective",
    "reason",
    "theme",
    "form",
    "definition",
    "yes-no",
]

with Path(__file__).with_suffix(".toml").open("rb") as _source:
    _CUES = tomllib.load(_source)
_PHRASES: dict[str, list[str]] = _CUES["phrases"]


def _any(patterns: Sequence[str]) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _whole(patterns: Sequence[str]) -> re.Pattern[str]:
    """Match any of the patterns as whole words."""
    return re.compile(rf"(?<![a-z0-9]){_any(patterns)}(?![a-z0-9])")


_KINDS = {cast(Kind, kind): _whole(patterns) for kind, patterns in _CUES["kinds"].items()}
INITIATIVES = _any(_PHRASES["initiatives"])
THEMES = _any(_PHRASES["themes"])
COMPARES = _whole(_PHRASES["compares"])
ASKS = _whole(_PHRASES["asks"])
TELLS = _whole(_PHRASES["tells"])
ADDRESSES = _whole(_PHRASES["addresses"])
_GREETING = _any(_PHRASES["greets"])
GREETS = re.compile(rf"{_GREETING}(?: {_GREETING})*")
PARTS_WAYS = _whole(_PHRASES["parts_ways"])
WISHES = _whole(_PHRASES["wishes"])
WELCOMES = _whole(_PHRASES["welcomes"])
IN_ENGLISH = _whole(_PHRASES["says_it_in_english"])
# These are a whole message, but for greetings around them.
ABOUT_ASSISTANT, COMPLAINS = (
    re.compile(rf"(?:{_GREETING} )*{_any(_PHRASES[key])}(?: {_GREETING})*")
    for key in ("about_assistant", "complains")
)
THANKS = re.compile(r"\b(?:merci|thank\w*|thx)\b")
COMPLETE = re.compile(r"\b(?:tous|toutes|all|every|complete?)\b")
SPELLS_OUT = _whole(_PHRASES["spells_out"])
MEANS = _whole(_PHRASES["means"])
ENUMERATES = _whole(_PHRASES["enumerates"])
BY_THEME = _whole(_PHRASES["by_theme"])
NEWEST = _whole(_PHRASES["newest"])
NEGATES = _whole(_PHRASES["negates"])
LISTED_FIELDS = _any(_PHRASES["fields"])
ORDERS = _whole(_PHRASES["orders"])
OLDEST = _whole(_PHRASES["oldest"])
# "Les PTCE sont-ils …", "un PTCE est-il …": the subject stands first, and something is asked of it.
CLAIMS = re.compile(
    r"^(?:est ce que )?(?:les?|la|l|une?|des) .*"
    r"\b(?:(?:sont|ont|\w+ent) (?:ils|elles)|est (?:il|elle)|t (?:il|elle|ils|elles))\b"
)
CHOOSES = re.compile(
    r"(?<!\bdans )(?<!\bpour )(?<!\bsur )(?<!\bpar )(?<!\bavec )" + _whole(_PHRASES["chooses"]).pattern
)
_OPENS_WIDE = re.compile(
    rf"^(?:et |and |mais |but |alors |so )?(?:(?:a|de|par|pour|en|dans|sur|avec|depuis|d|in|of|for|by) )?"
    rf"{_whole(_PHRASES['opens_wide']).pattern}"
)
_HEAD = re.compile(
    rf"\b{_any(_PHRASES['interrogatives'])}(?: {_any(_PHRASES['before_head'])})* (?P<head>[a-z]+)"
)


_AND_WHICH = re.compile(r"\b(?:et|and) (?:lesquel\w*|quels|quelles|which(?: ones)?)\b")


def kinds(question: str) -> dict[Kind, str]:
    """Return the kinds of answer that a question asks for, each with the words that say so."""
    found: dict[Kind, str] = {}
    for kind, pattern in _KINDS.items():
        matched = " ".join(match.group() for match in pattern.finditer(question))
        if matched:
            found[kind] = matched
    if "link" in found:
        found.pop("place", None)  # "où le lire en ligne ?" asks for a link
    if "count" in found:
        found.pop("names", None)  # "combien de membres" asks for no names
    if "count" in found and _AND_WHICH.search(question):
        found.pop("count")  # "combien de valeurs, et lesquelles ?" is answered by what lists them
    opening = _OPENS_WIDE.search(question)
    if opening:
        found.pop("yes-no", None)
        asked = _KINDS["reason"].search(question)
        if asked and asked.start() >= opening.end():
            found.pop("reason", None)  # "que faire pour qu'on comprenne pourquoi … ?"
    return found


def asks_for(question: str, class_nouns: str) -> re.Match[str] | None:
    """Match a request for members of a class: "quelles sont les initiatives", "list all projects".

    The group `noun` is what was asked for.
    """
    lists = _any([*_PHRASES["lists"], *_PHRASES["requests"]])
    between = _any(_PHRASES["between"])
    asked = [
        rf"(?<![a-z0-9]){lists}(?: {between}){{0,6}} (?P<noun>{class_nouns})\b",
        # "Parmi vos exemples, qui a la forme d'une association ?"
        rf"\b(?:parmi|among|amongst|de|of) (?:vos|ces|les|your|these|the) (?P<noun>{class_nouns})\b"
        r".*\b(?:qui|who|which|lesquel\w*|quels?|quelles?|combien|how many)\b",
        # "Qui fait du circuit court parmi vos exemples ?", "Deux de vos initiatives … : lesquelles ?"
        r"\b(?:qui|who|which|lesquel\w*|combien|how many)\b.*"
        rf"\b(?:parmi|among|amongst) \w+ (?:\w+ )?(?P<noun>{class_nouns})\b",
        rf"\b(?:vos|your|des|the|ces|these) (?P<noun>{class_nouns})\b.*\b(?:lesquel\w*|which(?: ones)?)$",
    ]
    if class_nouns == INITIATIVES:
        # "Initiatives sur l'emploi", "les initiatives qui sont des PTCE"
        asked.append(rf"^(?P<noun>{class_nouns}) [a-z]")
        asked.append(rf"^les? (?P<noun>{class_nouns}) (?:qui|sur|en|dans|autour|liees|du theme)\b")
    return next((found for pattern in asked if (found := re.search(pattern, question))), None)


def head_noun(question: str) -> str | None:
    """Return the noun that a question asks for: "quel est le budget de …" asks for a budget."""
    found = _HEAD.search(question)
    return found.group("head") if found else None
