"""Placing: the departments that the free text of a territory names, never more than it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.words import fold, words
from ui.explore.gazetteer import Gazetteer, Meaning, expanded, gazetteer

Why = Literal["placed", "country", "shared", "unknown", "blank"]

_TOKEN = re.compile(r"[^\W_]+")
_BARRIER = re.compile(r"[^\w\s'’ʼ.\-‐‑]|\s[-‐‑]\s|\n")
_HYPHEN = re.compile(r"[-‐‑]")
_CODE = re.compile(
    r"\((\d\d|2[AB]|97\d)\)|\b(?:département|department|dept\.?) (\d\d|2[AB]|97\d)\b", re.IGNORECASE
)
_POSTCODE = re.compile(r"\b(\d\d)(\d)\d\d\b")
_SMALL = frozenset(words("a au aux d dans de des du en et l la le les of the in and s sur sous"))
_DIRECTIONS = frozenset(words("nord sud est ouest centre coeur"))
# Words around a name that leave it the name of the same place.
_GENERIC = _DIRECTIONS | frozenset(
    words(
        """agglo agglomeration aire arrondissement banlieue bassin canton capitale circonscription commune
        communes communaute communautes departement department district emploi eurometropole grand grande
        intercommunalite mairie metropole metropolitain metropolitaine municipalite pays peripherie quartier
        quartiers region territoire territoires village ville villes vie secteur city town area greater"""
    )
)
# A street, a gate or a line that has the name of a place need not lie there.
_NOT_OF = frozenset(
    words(
        """rue avenue boulevard place cours quai route chemin porte portes gare axe ligne hors sauf loin
        street road except outside"""
    )
)
# Many departments have the name of a river, a mountain or a sea, which lies elsewhere as well.
_LAND = frozenset(
    words(
        """val vallee vallees vallon vallons bord bords rive rives bassin estuaire gorges canal source sources
        massif mont monts montagne montagnes parc plateau plateaux plaine plaines foret ile iles littoral cote
        cotes mer berges affluents valley river banks"""
    )
)
_KINDS_OF_PARK = frozenset(words("naturel naturelle regional regionale national marin"))
_COMMUNE = frozenset(words("commune communes ville village mairie municipalite bourg city town"))
_DEPARTMENT = frozenset(words("departement department"))
_NORTH = "nord"


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a territory lies: codes of departments, or why there are none."""

    departments: tuple[str, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class _Token:
    """A word: as written, folded, and what parts it from the word before."""

    written: str
    folded: str
    barred: bool
    hyphened: bool

    @property
    def is_proper(self) -> bool:
        return self.written[:1].isupper()


def place(territory: str | None) -> Placement:
    """Return the departments that a territory names; a name that may mean several places is not placed.

    A commune is sought within the department or the region that stands beside it: "Bagneux (Marne)". Of a
    department and its region only the department is meant.
    """
    if not territory or not territory.strip():
        return Placement((), "blank")
    known = gazetteer()
    meant = _meant(_tokens(territory), known)
    if any(one.kind == "country" for one in meant):
        return Placement((), "country")
    areas = [{code} for code in _codes(territory, known)]
    areas += [set(one.departments) for one in meant if one.kind in ("department", "region")]
    placed: set[str] = set()
    shared = False
    for one in meant:
        if one.kind in ("commune", "grouping"):
            found = _narrow(one, set().union(*areas))
            placed.update(found)
            shared |= not found and not one.weak
    for area in sorted(areas, key=len):
        if not area & placed:
            placed |= area
    if placed:
        return Placement(tuple(sorted(placed)), "placed")
    return Placement((), "shared" if shared else "unknown")


def _narrow(meaning: Meaning, around: set[str]) -> tuple[str, ...]:
    """Return the departments of a commune or a grouping, none where several may be meant."""
    if meaning.kind == "grouping":
        return meaning.departments
    within = [code for code in meaning.departments if code in around]
    if len(within) == 1:
        return tuple(within)
    return meaning.departments[:1] if meaning.clear and not meaning.weak else ()


def _codes(territory: str, known: Gazetteer) -> list[str]:
    """Return the departments that are given by number: "(93)", "38000 Grenoble"."""
    found = ["".join(pair).upper() for pair in _CODE.findall(territory)]
    for code, further in _POSTCODE.findall(territory):
        island = "2A" if further in "01" else "2B"
        found.append(f"{code}{further}" if code in ("97", "98") else island if code == "20" else code)
    return [code for code in found if code in known.departments]


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    end = 0
    for word in _TOKEN.finditer(text):
        gap = text[end : word.start()]
        barred, hyphened = bool(_BARRIER.search(gap)), bool(_HYPHEN.fullmatch(gap))
        for place, part in enumerate(expanded([fold(word.group())])):
            first = place == 0
            found.append(_Token(word.group(), part, barred and first, hyphened and first))
        end = word.end()
    return found


def _meant(tokens: Sequence[_Token], known: Gazetteer) -> list[Meaning]:
    """Return what the names in a text mean, the longest names first, none overlapping another."""
    taken: set[int] = set()
    found: list[Meaning] = []
    for length in range(min(known.longest, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            span = range(start, start + length)
            if not taken.isdisjoint(span) or any(tokens[one].barred for one in span[1:]):
                continue
            meanings = known.names.get(" ".join(tokens[one].folded for one in span), ())
            if not meanings or _is_part(tokens, span, taken=taken, known=known):
                continue
            taken.update(span)
            meaning = _in_context(meanings, tokens, span)
            if meaning and (spelt := _as_spelt(meaning, tokens, span, known=known)):
                found.append(spelt)
    for start, token in enumerate(tokens):
        if start not in taken and (meanings := known.adjective(token.folded)):
            found.append(_any_of(meanings))
    return found


def _is_part(tokens: Sequence[_Token], span: range, *, taken: set[int], known: Gazetteer) -> bool:
    """Say whether words are part of a longer name that nobody knows: "Seine-Aval", "Vallée du Haut Bréda"."""
    before, after = span.start - 1, span.stop
    if before >= 0 and not tokens[span.start].barred:
        one = tokens[before]
        if one.folded not in _DIRECTIONS and (tokens[span.start].hyphened or _is_foreign(one)):
            return True
    if after < len(tokens) and not tokens[after].barred:
        one = tokens[after]
        broad = any(each.kind in ("department", "region") for each in known.names.get(one.folded, ()))
        return one.hyphened or (_is_foreign(one) and after not in taken and not broad)
    return False


def _is_foreign(token: _Token) -> bool:
    return token.is_proper and token.folded not in _GENERIC | _SMALL


def _in_context(meanings: Sequence[Meaning], tokens: Sequence[_Token], span: range) -> Meaning | None:
    """Return what a name means after the words before it, None when it only lends its name."""
    before = _noun_before(tokens, span.start)
    if before in _NOT_OF:
        return None
    if before in _COMMUNE:
        meanings = [one for one in meanings if one.kind == "commune"] or meanings
    elif len(meanings) > 1 and (before in _DEPARTMENT or _has_article(tokens, span.start)):
        meanings = [one for one in meanings if one.kind == "department"] or meanings
    meaning = _any_of(meanings)
    if meaning.kind == "country":
        others = [token.folded for place, token in enumerate(tokens) if place not in span]
        return meaning if _SMALL.issuperset(others) else None
    if meaning.kind in ("department", "region"):
        if before in _LAND:
            return None
        if tokens[span.start].folded == _NORTH and len(span) == 1 and not _is_said(tokens, span, within=True):
            return None  # "Nord de la France"
    return meaning


def _as_spelt(meaning: Meaning, tokens: Sequence[_Token], span: range, *, known: Gazetteer) -> Meaning | None:
    """Return the meaning if the words are spelt as a name.

    A capital amid a text tells a name; without one it must be all that the text says. What is a word of the
    language as well ("Mer") stays weak unless something else tells.
    """
    if meaning.weak and _noun_before(tokens, span.start) in _COMMUNE:
        return replace(meaning, weak=False)
    telling = [one for one in range(len(tokens)) if tokens[one].folded not in _SMALL]
    first = next((one for one in span if one in telling), None)
    if first is None:
        return None
    shouted = all(tokens[one].written.isupper() for one in telling)
    if tokens[first].is_proper and not shouted:
        return replace(meaning, weak=False) if first != telling[0] else meaning
    return meaning if _is_said(tokens, span, known=known) else None


def _is_said(
    tokens: Sequence[_Token], span: range, *, known: Gazetteer | None = None, within: bool = False
) -> bool:
    """Say whether all other words only say what kind of place is meant, or are names that are `known`.

    With `within` only those words count that no comma or bracket parts from the name.
    """
    barriers = [one for one, token in enumerate(tokens) if token.barred]
    start = max((one for one in barriers if one <= span.start), default=0) if within else 0
    end = min((one for one in barriers if one >= span.stop), default=len(tokens)) if within else len(tokens)
    others = [tokens[one] for one in range(start, end) if one not in span]
    return all(
        one.folded in _SMALL | _GENERIC or one.folded.isdigit() or bool(known and one.folded in known.names)
        for one in others
    )


def _noun_before(tokens: Sequence[_Token], start: int) -> str:
    """Return the word that a name belongs to, "vallée" of "vallée de la Drôme"; "" for none."""
    place = start
    while place > 0 and not tokens[place].barred:
        place -= 1
        word = tokens[place].folded
        if word not in _SMALL | _KINDS_OF_PARK:
            return word
    return ""


def _has_article(tokens: Sequence[_Token], start: int) -> bool:
    return start > 0 and not tokens[start].barred and tokens[start - 1].folded in ("la", "le", "l")


def _any_of(meanings: Sequence[Meaning]) -> Meaning:
    """Return the only meaning, or one that is not clear."""
    if len(meanings) == 1:
        return meanings[0]
    codes = tuple(dict.fromkeys(code for one in meanings for code in one.departments))
    if len(codes) == 1:
        return replace(meanings[0], departments=codes)
    return Meaning("commune", codes, clear=False)
