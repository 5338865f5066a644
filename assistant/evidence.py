"""Evidence: how likely one sentence of a passage is to answer a question."""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean, pstdev
from typing import Literal, get_args

from assistant.demands import (
    counted,
    fits,
    heading_stems,
    names_somebody,
    numbers_in,
    stems_of,
    written_as_name,
)
from assistant.question import Asked, Term
from assistant.retrieval import Found
from corpus.documents import Hit, Passage
from corpus.sentences import Clause, clauses

# What a matched word is worth: said in the sentence, by a synonym, in the heading above it, beside it.
_OWN, _MATE, _HEADING, _NEIGHBOUR = 1.0, 0.85, 0.8, 0.5
_WEIGHTS = Path(__file__).with_name("weights.toml")
Source = Literal["fiche", "prose", "reread"]
SOURCES: tuple[Source, ...] = get_args(Source)
# Cosines of e5 lie between these; within one question they spread little.
_LOWEST, _SPAN = 0.78, 0.14
_LEAST_SPREAD = 0.005
_AGENT = re.compile(r"\bpar (?:les?|la|l['’]|des|un|une|[A-ZÀ-Þ])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence with the features that tell whether it answers, and the likelihood that follows, 0 to 1."""

    passage: Passage
    clause: Clause
    rank: int
    features: Mapping[str, float]
    likelihood: float
    source: Source


def weigh(
    found: Found,
    hits: Iterable[Hit],
    *,
    entities: Sequence[str],
    own: Iterable[str],
    houses: Iterable[str] = (),
) -> list[Evidence]:
    """Return the sentences of the passages as evidence, likeliest first.

    `entities` are the fiches asked about, `own` the ids of their fiches' passages, `houses` the think tanks.
    """
    frame = _Frame(found, entities=entities, own=own, houses=houses)
    weighed = []
    for hit in hits:
        for rank, clause in enumerate(clauses(hit.passage.text)):
            features = frame.features(clause, hit)
            found_in: Source = "fiche" if hit.passage.entry else "prose"
            likely = likelihood(features, found_in)
            weighed.append(Evidence(hit.passage, clause, rank, features, likely, found_in))
    return sorted(weighed, key=lambda one: (-one.likelihood, one.passage.id, one.rank))


def likelihood(features: Mapping[str, float], source: Source) -> float:
    """Return the logistic of the weighted features; the weights are fitted by `evals/fitting.py`.

    A feature that was not fitted yet weighs nothing. Fiches and prose have weights of their own: to fiches an
    unknown word mostly has no answer, in prose the same thing is said in many ways. So has prose that was
    read again (`assistant.rereading`).
    """
    weights = read_weights()[source]
    weighted = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-weights["bias"] - weighted))


@cache
def read_weights(file: Path = _WEIGHTS) -> dict[Source, dict[str, float]]:
    """Read the fitted weights once."""
    with file.open("rb") as source:
        content = tomllib.load(source)
    return {kind: {name: float(value) for name, value in content[kind].items()} for kind in SOURCES}


def close(cosine: float) -> float:
    """Return how close a cosine of e5 is, 0 to 1: they are squeezed into a narrow band."""
    return max(0.0, min(1.0, (cosine - _LOWEST) / _SPAN))


def closer(cosine: float, *, mean: float, spread: float) -> float:
    """Return how much closer a cosine is than others, -1 to 1, three standard deviations either way."""
    return max(-1.0, min(1.0, (cosine - mean) / spread / 3))


def spread_of(cosines: Sequence[float]) -> tuple[float, float]:
    """Return the mean of cosines and their standard deviation, which is never taken for nothing."""
    return fmean(cosines), max(pstdev(cosines), _LEAST_SPREAD)


class _Frame:
    """What is the same for every sentence weighed for one question."""

    def __init__(
        self, found: Found, *, entities: Sequence[str], own: Iterable[str], houses: Iterable[str]
    ) -> None:
        self._asked = found.asked
        # The think tank is named in passing everywhere: it narrows nothing.
        self._entities = frozenset(entities) - frozenset(houses)
        self._own = frozenset(own)
        self._similarity = found.similarity
        values = list(found.similarity.values()) or [0.0]
        self._mean, self._spread = spread_of(values)
        self._lowest = min(values)
        self._nouns = [term for term in self._asked.terms if not term.verb]
        self._verbs = [term for term in self._asked.terms if term.verb and not term.foreign]

    def features(self, clause: Clause, hit: Hit) -> dict[str, float]:
        """Return the features of one sentence of a passage, each about 0 to 1."""
        asked, passage = self._asked, hit.passage
        similarity = self._similarity.get(passage.id, self._lowest)
        foreign = [term for term in asked.terms if term.foreign]
        unknown = _share([term for term in foreign if not term.verb], asked.terms)
        return {
            "coverage": coverage(asked.terms, clause, passage),
            "nouns": _said(self._nouns, clause),
            "done": _said(self._verbs, clause) if self._verbs else 0.5,
            "head": _head(asked, clause, passage),
            "foreign": unknown,
            "stranger": float(any(written_as_name(term, asked) for term in foreign)),
            "unnamed": self._unnamed(passage),
            "fits": _fits(asked, clause, passage),
            "misfits": float(not fits(asked, clause, passage)),
            "closer": closer(similarity, mean=self._mean, spread=self._spread),
            "close": close(similarity),
            "about": self._about(passage),
            "prior": hit.score,
            "heading": _heading(asked.terms, passage),
            "agent": float(
                bool(_AGENT.search(clause.text)) or names_somebody(clause.text, passage, besides=asked.plain)
            )
            if "person" in asked.kinds
            else 0.5,
            "counted": counted(asked, clause),
            "alone": 0.0 if self._entities else unknown,
            "undefined": float("definition" in asked.kinds and not self._entities) * unknown,
            "missing": float(any(term.attribute for term in foreign)),
            "verbs": _share(
                [term for term in foreign if term.verb], [term for term in asked.terms if term.verb]
            ),
            "numbers": float(asked.numbers <= numbers_in(clause.text)) if asked.numbers else 0.5,
            "wordless": float(not asked.terms),
            "english": float(asked.language == "en"),
            "untranslated": unknown if asked.language == "en" else 0.0,
            "claim": float("yes-no" in asked.kinds),
            "claimed": unknown if "yes-no" in asked.kinds else 0.0,
            "reason": float("reason" in asked.kinds),
            "denied": float("reason" in asked.kinds and any(term.verb for term in foreign)),
            "befallen": _befallen(asked.terms, clause),
            "unasked": float(bool(asked.head and asked.head.foreign)),
        }

    def _unnamed(self, passage: Passage) -> float:
        """Return the share of the names in the question that the passage and its heading lack."""
        named = [term for term in self._asked.terms if written_as_name(term, self._asked)]
        near = stems_of(passage.text) | heading_stems(passage)
        return _share([term for term in named if not {term.own, *term.mates} & near], named)

    def _about(self, passage: Passage) -> float:
        if not self._entities:
            return 0.5
        return float(passage.initiative in self._entities or passage.id in self._own)


def coverage(terms: Iterable[Term], clause: Clause, passage: Passage) -> float:
    """Return the weighted share of the terms that a sentence or what is near it speaks to; 1 for none."""
    heading = heading_stems(passage)
    around = {one for other in clauses(passage.text) for one in other.stems}
    gained = total = 0.0
    for term in terms:
        total += term.weight
        gained += term.weight * max(
            _OWN * (term.own in clause.stems),
            _MATE * bool(term.mates & clause.stems),
            _HEADING * (term.own in heading or bool(term.mates & heading)),
            _NEIGHBOUR * (term.own in around or bool(term.mates & around)),
        )
    return gained / total if total else 1.0


def _said(terms: Sequence[Term], clause: Clause) -> float:
    return _share([term for term in terms if {term.own, *term.mates} & clause.stems], terms)


def _heading(terms: Sequence[Term], passage: Passage) -> float:
    heading = heading_stems(passage)
    return _share([term for term in terms if {term.own, *term.mates} & heading], terms)


def _share(some: Sequence[Term], terms: Sequence[Term]) -> float:
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in some) / total if total else 0.0


def _befallen(terms: Sequence[Term], clause: Clause) -> float:
    """Say whether the question takes something to have befallen that the sentence does not speak of."""
    befalling = [term for term in terms if term.befalls]
    return float(any(not {term.own, *term.mates} & clause.stems for term in befalling))


def _head(asked: Asked, clause: Clause, passage: Passage) -> float:
    if not asked.head:
        return 0.5
    return float(bool({asked.head.own, *asked.head.mates} & (clause.stems | heading_stems(passage))))


def _fits(asked: Asked, clause: Clause, passage: Passage) -> float:
    demanding = {"date", "link", "names", "count"} & set(asked.kinds) or asked.units
    return float(fits(asked, clause, passage)) if demanding else 0.5
