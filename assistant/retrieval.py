"""Retrieval: the passages of one index version that are closest to a question, by meaning and by words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import bm25s
import numpy as np

from assistant.question import Asked
from corpus.documents import Hit, Passage
from corpus.index import Index
from corpus.words import content, stem, stems, words

SHARES = {"meaning": 0.5, "bm25": 0.12, "stems": 0.19, "forms": 0.19}
"""What each signal weighs in a fused score: fitted and rounded, see docs/decisions/009-retrieval.md."""
# How many neighbours span the scale of meaning.
_NEIGHBOURS = 40
# What being about a fiche that the question names adds to a score, before the scale goes back to 0 to 1.
_NAMED = 1.0
# A neighbour is found, however far: more than what neither meaning nor words find.
_LEAST = 1e-3
# A synonym is weaker evidence than the word itself.
_MATE = 0.2

Embed = Callable[[Sequence[str]], np.ndarray]


@dataclass(frozen=True, slots=True)
class Found:
    """A question, and the passages retrieved for it, best first.

    `similarity` is the cosine of the passages that are close by meaning, by passage id; `vector` that of the
    question, (dimension,) float32, None where nothing was searched.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    similarity: Mapping[str, float] = field(default_factory=dict)
    vector: np.ndarray | None = field(default=None, compare=False)

    @property
    def strangers(self) -> list[str]:
        """The names of several words in the question of which no passage found holds all the words."""
        if not self.asked.called:
            return []
        held = [set(stems(f"{hit.passage.heading} {hit.passage.text}")) for hit in self.hits]
        return [name for name, own in self.asked.called.items() if not any(own <= one for one in held)]


class Lexicon:
    """The words of a version, and how rare each is.

    BM25 over the stems of its passages (Robertson 2009), and the same without counting repetitions or length:
    what is left is the sum of the inverse document frequencies of the words shared, as stems and as spelt.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        folded = [words(passage.embedded_text) for passage in passages]
        self.vocabulary = frozenset(word for some in folded for word in some)
        forms = [content(some) for some in folded]
        tokens = [[stem(word) for word in some] for some in forms]
        self._counts = Counter(one for some in tokens for one in set(some))
        self._size = len(passages)
        self._bm25 = _Scores(tokens)
        self._stems = _Scores(tokens, k1=0.0, b=0.0)
        self._forms = _Scores(forms, k1=0.0, b=0.0)

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
        return self._bm25(stems)

    def shared_stems(self, spoken: Sequence[str]) -> np.ndarray:
        """Return the summed rarity of the stems that each passage shares with words, (n,) float32."""
        return self._stems([stem(word) for word in content(spoken)])

    def shared_forms(self, spoken: Sequence[str]) -> np.ndarray:
        """Return the summed rarity of the words that each passage has as they are spelt, (n,) float32."""
        return self._forms(content(spoken))


class _Scores:
    """BM25 scores of tokenised texts; without any token they are all zero."""

    def __init__(self, texts: Sequence[Sequence[str]], *, k1: float = 1.5, b: float = 0.75) -> None:
        self._size = len(texts)
        self._known = {token for text in texts for token in text}
        self._bm25 = bm25s.BM25(k1=k1, b=b)
        if self._known:
            self._bm25.index([list(text) for text in texts], show_progress=False)

    def __call__(self, tokens: Iterable[str]) -> np.ndarray:
        known = [token for token in dict.fromkeys(tokens) if token in self._known]
        if not known:
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
        """Return at most `k` passages, by a convex combination of signals and of the fiches named.

        Each signal is brought to 0 to 1 first, so that a clear winner of one stays ahead (Bruch 2022, who
        found it better than adding up ranks; so it is here). With a theme filter only passages tagged with
        one of the themes are looked at.
        """
        allowed = self._allowed(asked.themes)
        vector = self._embed([asked.standalone])[0]
        near, signals = self.signals(asked, vector, allowed=allowed, k=k)
        fused = np.sum([share * signals[name] for name, share in SHARES.items()], axis=0)
        if asked.entities:
            fused = (fused + _NAMED * self._named(asked)) / (1 + _NAMED)
        best = [place for place in _top(fused, len(fused)) if place in allowed][:k]
        return Found(
            asked,
            hits=tuple(Hit(self._index.passages[place], float(fused[place])) for place in best),
            similarity=near,
            vector=vector,
        )

    def signals(
        self,
        asked: Asked,
        vector: np.ndarray,
        *,
        allowed: range | set[int] | None = None,
        k: int = _NEIGHBOURS,
    ) -> tuple[Mapping[str, float], dict[str, np.ndarray]]:
        """Return the cosines of what is near, and each signal of every passage, (n,) float32 from 0 to 1.

        Meaning is the cosine between that of the 40th neighbour and the first's; BM25 and the summed rarity
        of shared words go by their highest.
        """
        documents = None
        if asked.themes and allowed is not None:
            documents = sorted({self._index.passages[place].document_id for place in allowed})
        near = self._near(vector, documents=documents, k=max(_NEIGHBOURS, k))
        spoken = asked.plain.split()
        return near, {
            "meaning": self._scaled(near),
            "bm25": self._lexical(asked),
            "stems": _shares(self._lexicon.shared_stems(spoken)),
            "forms": _shares(self._lexicon.shared_forms(spoken)),
        }

    def _scaled(self, near: Mapping[str, float]) -> np.ndarray:
        """Return the cosines as 0 to 1, (n,) float32: 1 the first neighbour, 0 the 40th and all beyond it."""
        scaled = np.zeros(len(self._places), dtype=np.float32)
        if near:
            ranked = sorted(near.values(), reverse=True)
            highest, lowest = ranked[0], ranked[:_NEIGHBOURS][-1]
            for passage_id, cosine in near.items():
                share = (cosine - lowest) / (highest - lowest) if highest > lowest else 1.0
                scaled[self._places[passage_id]] = max(share, _LEAST)
        return scaled

    def _allowed(self, themes: Sequence[str]) -> range | set[int]:
        everything = self._index.passages
        if not themes:
            return range(len(everything))
        return {place for place, passage in enumerate(everything) if set(themes) & set(passage.themes)}

    def _near(self, vector: np.ndarray, *, documents: Sequence[str] | None, k: int) -> dict[str, float]:
        """Return the cosines of the nearest passages by meaning, by id."""
        if documents == []:
            return {}
        nearest = self._index.nearest(vector, k=min(k, len(self._index.passages)), documents=documents)
        return {hit.passage.id: hit.score for hit in nearest}

    def _lexical(self, asked: Asked) -> np.ndarray:
        """Return the BM25 scores as 0 to 1, (n,) float32: 1 the best, 0 where no word is shared."""
        spoken = [stem(word) for word in content(asked.plain.split())]
        return _shares(self._lexicon.scores(spoken) + _MATE * self._lexicon.scores(_mates(asked)))

    def _named(self, asked: Asked) -> np.ndarray:
        """Return 0.5 to 1 for the passages about the named fiches, by the question's other words, else 0."""
        scores = self._lexicon.scores([term.own for term in asked.terms])
        scores = _shares(scores + _MATE * self._lexicon.scores(_mates(asked)))
        about = [self._places[passage.id] for passage in self._index.about(asked.entities)]
        named = np.zeros(len(scores), dtype=np.float32)
        named[about] = 0.5 + 0.5 * scores[about]
        return named


def _mates(asked: Asked) -> list[str]:
    return sorted({mate for term in asked.terms for mate in term.mates})


def _shares(scores: np.ndarray) -> np.ndarray:
    """Return scores divided by their highest."""
    highest = scores.max(initial=0.0)
    return scores / highest if highest > 0 else scores


def _top(scores: np.ndarray, k: int) -> list[int]:
    best = np.argsort(-scores, kind="stable")[:k]
    return [int(place) for place in best if scores[place] > 0]
