"""Retrieval: the passages of one index version that are closest to a question, by meaning and by words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import bm25s
import numpy as np

from assistant.question import Asked
from corpus.documents import Hit, Passage
from corpus.index import Index
from corpus.words import content, stem, words

# Reciprocal rank fusion, Cormack 2009: the constant of the paper, never tuned.
_RRF = 60
# A synonym is weaker evidence than the word itself.
_MATE = 0.5

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, slots=True)
class Found:
    """A question, and the passages retrieved for it, best first.

    `similarity` is the cosine of the passages that are close by meaning, by passage id.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    similarity: Mapping[str, float] = field(default_factory=dict)


class Lexicon:
    """The words of a version: BM25 over its passages (Robertson 2009, French stems), and how rare each is."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        folded = [words(passage.embedded_text) for passage in passages]
        self.vocabulary = frozenset(word for some in folded for word in some)
        tokens = [[stem(word) for word in content(some)] for some in folded]
        self._counts = Counter(one for some in tokens for one in set(some))
        self._size = len(passages)
        self._bm25 = bm25s.BM25()
        self._empty = not any(tokens)
        if not self._empty:
            self._bm25.index(tokens, show_progress=False)

    @property
    def rarest(self) -> float:
        """The rarity of a stem that no passage has."""
        return math.log1p(self._size)

    def rarity(self, one: str) -> float | None:
        """Return the inverse document frequency of a stem, ln(1 + n / (1 + df)); None when it is unknown."""
        count = self._counts.get(one)
        return None if count is None else math.log1p(self._size / (1 + count))

    def scores(self, stems: Sequence[str]) -> np.ndarray:
        """Return the BM25 score of every passage, (n,) float32, all zero when no stem is known."""
        known = [one for one in stems if one in self._counts]
        if self._empty or not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)


class Retriever:
    """Searches one index version."""

    def __init__(self, index: Index, *, lexicon: Lexicon, embed: Embed) -> None:
        self._index = index
        self._lexicon = lexicon
        self._embed = embed
        self._places = {passage.id: place for place, passage in enumerate(index.passages)}

    def retrieve(self, asked: Asked, *, k: int) -> Found:
        """Return at most `k` passages fused from three rankings: vectors, words, and the fiches named.

        Scores are reciprocal rank sums divided by the highest possible, 0 to 1. With a theme filter only
        passages tagged with one of the themes are looked at.
        """
        allowed = self._allowed(asked.themes)
        documents = (
            sorted({self._index.passages[place].document_id for place in allowed}) if asked.themes else None
        )
        near = self._dense(asked, documents=documents, k=4 * k)
        rankings = [[self._places[hit.passage.id] for hit in near], self._lexical(asked, k=4 * k)]
        if asked.entities:
            rankings.append(self._named(asked, k=4 * k))
        fused: dict[int, float] = {}
        for ranking in rankings:
            for rank, place in enumerate(place for place in ranking if place in allowed):
                fused[place] = fused.get(place, 0.0) + 1 / (_RRF + rank)
        best = sorted(fused, key=lambda place: (-fused[place], place))[:k]
        highest = len(rankings) / _RRF
        return Found(
            asked,
            hits=tuple(Hit(self._index.passages[place], fused[place] / highest) for place in best),
            similarity={hit.passage.id: hit.score for hit in near},
        )

    def _allowed(self, themes: Sequence[str]) -> range | set[int]:
        everything = self._index.passages
        if not themes:
            return range(len(everything))
        return {place for place, passage in enumerate(everything) if set(themes) & set(passage.themes)}

    def _dense(self, asked: Asked, *, documents: Sequence[str] | None, k: int) -> list[Hit]:
        if documents == []:
            return []
        vector = self._embed([asked.standalone])[0]
        return self._index.nearest(vector, k=min(k, len(self._index.passages)), documents=documents)

    def _lexical(self, asked: Asked, *, k: int) -> list[int]:
        spoken = [stem(word) for word in content(asked.plain.split())]
        return _top(self._lexicon.scores(spoken) + _MATE * self._lexicon.scores(_mates(asked)), k)

    def _named(self, asked: Asked, *, k: int) -> list[int]:
        """Rank the passages about the named fiches by the question's other words."""
        scores = self._lexicon.scores([term.own for term in asked.terms])
        scores = scores + _MATE * self._lexicon.scores(_mates(asked))
        about = [self._places[passage.id] for passage in self._index.about(asked.entities)]
        return sorted(about, key=lambda place: (-scores[place], place))[:k]


def _mates(asked: Asked) -> list[str]:
    return sorted({mate for term in asked.terms for mate in term.mates})


def _top(scores: np.ndarray, k: int) -> list[int]:
    best = np.argsort(-scores, kind="stable")[:k]
    return [int(place) for place in best if scores[place] > 0]
