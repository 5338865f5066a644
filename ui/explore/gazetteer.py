"""The gazetteer: what the names of communes, departments and regions of France mean, from shipped files."""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Literal

from corpus.words import fold, words

FRANCE = Path(__file__).with_name("france")

Kind = Literal["commune", "grouping", "department", "region", "country"]

# "du Havre" is "de" and "Le Havre".
_CONTRACTED = {"du": ("de", "le"), "des": ("de", "les"), "au": ("a", "le"), "aux": ("a", "les")}
_ARTICLES = ("le ", "la ", "les ", "l ")
# How adjectives end that are made of the name of a place: "grenoblois", "isérois", "toulousain".
_ENDING = re.compile(r"(?:eois|ois|ais|i?een|ien|ain|in)(?:es?|nes?|s)?$")
_SHORTEST_ROOT = 4
# Two islands that have the name of many communes: Saint-Barthélemy and Saint-Martin.
_NAMESAKES = (("977",), ("978",))


@dataclass(frozen=True, slots=True)
class Department:
    """A department or an overseas community. `path` and `centre` are in tenths of the map's unit.

    Those overseas have no outline: `path` is "". `zone` is "metro", "drom" or "com".
    """

    code: str
    name: str
    region: str
    zone: str
    path: str = ""
    centre: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a name may mean: `departments` are codes.

    Of a commune's name that is not `clear` any of them may be meant, the most populous first. It is `weak`
    where it is a word of the language as well, and `large` where it has many people.
    """

    kind: Kind
    departments: tuple[str, ...]
    clear: bool = True
    weak: bool = False
    large: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All names, as `key` has them."""

    departments: Mapping[str, Department]
    names: Mapping[str, Sequence[Meaning]]
    roots: Mapping[str, Sequence[Meaning]] = field(default_factory=dict)
    """What is left of the name of a large place when an adjective is made of it."""
    adjectives: Mapping[str, Meaning] = field(default_factory=dict)
    longest: int = 1
    """Words of the longest name."""

    def adjective(self, word: str) -> Sequence[Meaning]:
        """Return the places that a folded adjective may be made of."""
        for form in _singulars(word):
            if form in self.adjectives:
                return (self.adjectives[form],)
        found: dict[Meaning, None] = {}
        # The ending may be longer or shorter: "strasbourg-eois", "annec-ien".
        for start in range(_SHORTEST_ROOT, len(word)):
            if _ENDING.fullmatch(word, start):
                found |= dict.fromkeys(self.roots.get(word[:start], ()))
        return tuple(found)


def key(name: str) -> str:
    """Return a name as it is looked up: folded words, contracted articles taken apart."""
    return " ".join(expanded(words(name)))


def expanded(folded: Iterable[str]) -> list[str]:
    """Return folded words with each contracted article as two words."""
    return [part for word in folded for part in _CONTRACTED.get(word, (word,))]


@cache
def gazetteer() -> Gazetteer:
    """Read the shipped files: about 0.3 s, once."""
    listed = _departments()
    departments = {one.code: one for one in listed}
    names: dict[str, list[Meaning]] = defaultdict(list)
    for name, meaning in _broad(listed):
        names[key(name)].append(meaning)
    known = tomllib.loads((FRANCE / "names.toml").read_text(encoding="utf-8"))
    for kind, section in (("department", "departments"), ("region", "former_regions")):
        for name, codes in known[section].items():
            names[key(name)] = [Meaning(kind, tuple(codes))]  # type: ignore[arg-type]
    for name, other in {**known["regions"], **known["english"]}.items():
        names[key(name)] = names[key(other)]
    for name in known["country"]["names"]:
        names[key(name)] = [Meaning("country", ())]
    _add_communes(names)
    _add_groupings(names)
    return Gazetteer(
        departments=departments,
        names=names,
        roots=_roots(names),
        adjectives={fold(name): names[key(place)][0] for name, place in known["adjectives"].items()},
        longest=max(name.count(" ") + 1 for name in names),
    )


def _departments() -> list[Department]:
    return [
        Department(**{**fields, "centre": tuple(fields.get("centre", (0, 0)))})
        for fields in json.loads((FRANCE / "departments.json").read_text(encoding="utf-8"))
    ]


def _broad(listed: Sequence[Department]) -> list[tuple[str, Meaning]]:
    """Return departments and regions by name."""
    found = [(one.name, Meaning("department", (one.code,))) for one in listed]
    regions: dict[str, list[str]] = defaultdict(list)
    for one in listed:
        if one.zone == "metro":
            regions[one.region].append(one.code)
    return found + [(name, Meaning("region", tuple(codes))) for name, codes in regions.items()]


def _add_communes(names: dict[str, list[Meaning]]) -> None:
    """Add the communes; a department or region of the same name stands for a small one."""
    for line in (FRANCE / "communes.txt").read_text(encoding="utf-8").splitlines():
        name, codes, marks = line.split("\t")
        large = "+" in marks
        meaning = Meaning("commune", tuple(codes.split()), clear="!" in marks, weak="~" in marks, large=large)
        held = names[" ".join(expanded(name.split()))]
        elsewhere = held and held[0].departments and meaning.departments[0] not in held[0].departments
        if held and held[0].departments[:1] in _NAMESAKES:
            held[:] = [replace(meaning, clear=False)]
        elif not held or (elsewhere and large):
            held.append(meaning)


def _add_groupings(names: dict[str, list[Meaning]]) -> None:
    for line in (FRANCE / "groupings.txt").read_text(encoding="utf-8").splitlines():
        name, codes = line.split("\t")
        held = names[" ".join(expanded(name.split()))]
        if not held:
            held.append(Meaning("grouping", tuple(codes.split())))


def _roots(names: Mapping[str, Sequence[Meaning]]) -> dict[str, list[Meaning]]:
    """Return the large communes and the departments by what adjectives are made of."""
    found: dict[str, list[Meaning]] = defaultdict(list)
    for name, meanings in names.items():
        bare = next((name.removeprefix(one) for one in _ARTICLES if name.startswith(one)), name)
        kept = [
            one for one in meanings if (one.large and one.clear) or (one.kind == "department" and one.clear)
        ]
        if " " in bare or not kept:
            continue
        short = {bare, *(bare.removesuffix(end) for end in ("e", "es", "s", "y", "ee"))}
        for root in short | {one + one[-1] for one in short}:
            if len(root) >= _SHORTEST_ROOT:
                found[root] += kept
    return found


def _singulars(word: str) -> list[str]:
    """Return an adjective, and what it may be the plural or the feminine of."""
    plain = word.removesuffix("s") if not word.endswith(("ais", "ois")) else word
    masculine = plain.removesuffix("e")
    undoubled = masculine[:-1] if masculine[-2:] in ("nn", "tt", "ll") else masculine
    return [word, plain, masculine, undoubled, plain.replace("elle", "eau")]
