"""Subjects: gaps that ask after the same thing, gathered so that whoever writes sees what is lacking most."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import DamerauLevenshtein

from corpus.catalogue import Catalogue, Fiche
from corpus.dictionary import is_word
from corpus.gaps import Gap, Progress
from corpus.names import Names
from corpus.words import content, fold, stem, stems, words

_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_WITH_TYPO = 6
_REMEMBERED = 20_000  # questions
# What may be asked of anything is no subject.
_OF_ANYTHING = frozenset(
    stems(
        "initiative initiatives theme themes projet projets exemple exemples liste nombre information detail "
        "question reponse chose type sorte structure organisation exister trouver connaitre donner presenter "
        "parler expliquer aider montrer citer raconter concerner project example list number thing kind "
        "organization find show tell explain exist annee date jour mois demain dernier premier adresse "
        "year day month tomorrow last first address"
    )
)


@dataclass(frozen=True, slots=True)
class Subject:
    """Gaps about one initiative or theme, or that have words in common; never empty, the most noted first.

    `label` is the name of the fiche or the words, "" for questions that have no word to go by; `fiche` is the
    id of the one named. `id` stays the same as long as the subject does.
    """

    id: str
    kind: Literal["initiative", "theme", "words", "other"]
    label: str
    gaps: tuple[Gap, ...]
    fiche: str | None = None

    @property
    def times(self) -> int:
        """How often its questions were noted, together."""
        return sum(one.times for one in self.gaps)

    @property
    def at(self) -> datetime:
        """When the last was noted, in UTC."""
        return max(one.at for one in self.gaps)

    @property
    def versions(self) -> tuple[int, ...]:
        """The index versions that had no answer, oldest first."""
        return tuple(sorted({one.version for one in self.gaps}))

    @property
    def progress(self) -> Progress:
        """How far the editors are with what is least far."""
        found = {one.progress for one in self.gaps}
        order: tuple[Progress, ...] = ("open", "writing", "done", "declined")
        return next(one for one in order if one in found)


class Naming:
    """Finds the initiative or theme that a question names, by the names of one catalogue.

    What was found is remembered: a backlog is gathered again and again.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.house = frozenset(
            one for tank in catalogue.think_tanks for name in tank.names for one in stems(name)
        )
        self._names = Names(catalogue)
        self._found = lru_cache(maxsize=_REMEMBERED)(self._find)

    def find(self, question: str) -> Fiche | None:
        """Return the initiative named first, else the theme; an exact name before a misspelt one."""
        return self._found(question)

    def _find(self, question: str) -> Fiche | None:
        mentions = self._names.find(question)
        for find in (self.catalogue.initiative, self.catalogue.theme):
            for exact in (True, False):
                for mention in mentions:
                    fiche = find(mention.fiche_id) if mention.exact == exact else None
                    if fiche:
                        return fiche
        return None


def subjects(gaps: Sequence[Gap], naming: Naming) -> list[Subject]:
    """Gather gaps, the most noted subject first; the order in which they come makes no difference.

    A question belongs to the initiative that it names, else to the theme. The others are gathered by the word
    that most of them share, a misspelt one counting as the word it is near, until none is shared.
    """
    ordered = sorted(gaps, key=lambda one: (-one.times, -one.at.timestamp(), one.key, one.question))
    named: dict[str, list[Gap]] = defaultdict(list)
    unnamed: list[Gap] = []
    for gap in ordered:
        fiche = naming.find(gap.question)
        if fiche:
            named[fiche.id].append(gap)
        else:
            unnamed.append(gap)
    found = [_about(naming.catalogue, fiche_id, some) for fiche_id, some in named.items()]
    found += _by_words(unnamed, besides=naming.house | _OF_ANYTHING)
    return sorted(found, key=lambda one: (-one.times, -one.at.timestamp(), one.id))


def _about(catalogue: Catalogue, fiche_id: str, gaps: Sequence[Gap]) -> Subject:
    theme = catalogue.theme(fiche_id)
    fiche = catalogue.get(fiche_id)
    label = fiche.name if fiche else fiche_id
    return Subject(
        f"fiche:{fiche_id}", "theme" if theme else "initiative", label, tuple(gaps), fiche=fiche_id
    )


def _by_words(gaps: Sequence[Gap], *, besides: frozenset[str]) -> list[Subject]:
    spelt = _mended([{stem(word): word for word in content(words(gap.question))} for gap in gaps])
    told = [frozenset(one for one in own if one not in besides and not one[0].isdigit()) for own in spelt]
    left = [place for place, own in enumerate(told) if own]
    found: list[Subject] = []
    while left:
        shared = Counter(one for place in left for one in told[place])
        most = max(shared.values())
        if most == 1:
            break
        chief = min(one for one, times in shared.items() if times == most)
        members = [place for place in left if chief in told[place]]
        common = frozenset.intersection(*(told[place] for place in members))
        first = next((place for place in members if stem(spelt[place][chief]) == chief), members[0])
        label = _spelt(gaps[first].question, [spelt[first][one] for one in common])
        found.append(
            Subject(f"words:{'-'.join(sorted(common))}", "words", label, tuple(gaps[one] for one in members))
        )
        left = [place for place in left if place not in set(members)]
    for place in left:
        label = _spelt(gaps[place].question, [spelt[place][one] for one in told[place]])
        found.append(Subject(f"one:{_digest(gaps[place].key)}", "words", label, (gaps[place],)))
    other = tuple(gap for gap, own in zip(gaps, told, strict=True) if not own)
    return [*found, Subject("other", "other", "", other)] if other else found


def _mended(spelt: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Return the stems of each question with their words, one that is misspelt under the stem it is near."""
    counted = Counter(one for own in spelt for one in own)
    surface = {one: word for own in spelt for one, word in own.items()}
    groups: dict[str, list[str]] = defaultdict(list)
    for one in sorted(counted, key=lambda one: (-counted[one], not is_word(surface[one]), one)):
        groups[one[:1]].append(one)
    near: dict[str, str] = {}
    for likely in groups.values():
        for place, one in enumerate(likely):
            if len(one) < _SHORTEST_WITH_TYPO - 1 or len(surface[one]) < _SHORTEST_WITH_TYPO:
                continue
            if is_word(surface[one]):
                continue
            known = next((other for other in likely[:place] if _alike(one, other)), None)
            if known:
                near[one] = near.get(known, known)
    return [{near.get(one, one): word for one, word in own.items()} for own in spelt]


def _alike(one: str, other: str) -> bool:
    return abs(len(one) - len(other)) <= 1 and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1


def _spelt(question: str, folded: Sequence[str]) -> str:
    """Return some words as a question spells them, in its order."""
    return " ".join(dict.fromkeys(token for token in _TOKEN.findall(question) if fold(token) in folded))


def _digest(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
