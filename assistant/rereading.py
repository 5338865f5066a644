"""Rereading: the likeliest sentences of running text are set beside the question by meaning, one by one.

A passage's vector says what all of it is about. In a fiche, whose passages are a sentence or two, that is
enough; in prose, which of six sentences answers is mostly told by their own vectors. To make these for every
sentence would cost an ingest several times the passages' own, so it is done when a question brings some up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from assistant.evidence import Evidence, close, closer, likelihood, spread_of
from assistant.retrieval import Embed, Found

# Sentences that come near the likeliest, and how many at the most: each takes the engine some 10 ms.
_NEAR, _MOST = 0.3, 8
_KEPT = 20_000  # vectors, 30 MB
_STEP = 0.05


class Rereader:
    """Weighs sentences again by the vectors of their own; vectors are kept, so popular passages cost nothing.

    `embed` gives vectors of texts as passages, (n, dimension) float32, L2-normalised. Any thread may call it.
    """

    def __init__(self, embed: Embed) -> None:
        self._vector = lru_cache(maxsize=_KEPT)(lambda text: embed([text])[0])

    def reread(self, found: Found, weighed: Sequence[Evidence]) -> list[Evidence]:
        """Return the evidence, likeliest first, the near ones from prose weighed again.

        What is not near enough to be read again stays behind what was.
        """
        likeliest = next((one.likelihood for one in weighed if not one.passage.entry), 0.0)
        near = [one for one in weighed if not one.passage.entry and one.likelihood >= _NEAR * likeliest][
            :_MOST
        ]
        if not near or found.vector is None:
            return list(weighed)
        again = self._weighed_again(near, found.vector)
        chosen = {(one.passage.id, one.rank) for one in near}
        least = min(one.likelihood for one in again)
        rest = [
            one if one.passage.entry else replace(one, likelihood=min(one.likelihood, least))
            for one in weighed
            if (one.passage.id, one.rank) not in chosen
        ]
        return sorted([*again, *rest], key=lambda one: (-one.likelihood, one.passage.id, one.rank))

    def _weighed_again(self, near: Sequence[Evidence], question: np.ndarray) -> list[Evidence]:
        texts = [f"{one.passage.heading}\n{one.clause.text}" for one in near]
        cosines = [float(self._vector(text) @ question) for text in texts]
        return [
            replace(one, features=features, likelihood=likelihood(features, "reread"), source="reread")
            for one, said in zip(near, said_features(cosines), strict=True)
            for features in ({**one.features, **said},)
        ]


def said_features(cosines: Sequence[float]) -> list[dict[str, float]]:
    """Return what the cosines of sentences say of each: by itself, among them, and below the best."""
    (mean, spread), highest = spread_of(cosines), max(cosines)
    return [
        {
            "said": close(one),
            "said_closer": closer(one, mean=mean, spread=spread),
            "said_below": (highest - one) / _STEP,
        }
        for one in cosines
    ]
