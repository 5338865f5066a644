"""Ranking: how high the gold documents stand among what was retrieved."""

from __future__ import annotations

from collections.abc import Sequence

import ir_measures
from ir_measures import RR, R, Success, nDCG

MEASURES = {"hit@1": Success @ 1, "hit@5": Success @ 5, "mrr": RR, "ndcg@10": nDCG @ 10, "recall@10": R @ 10}


def ranking(retrieved: Sequence[str], gold: Sequence[str]) -> dict[str, float | None]:
    """Return each measure, 0 to 1, for the ids of the documents of the passages retrieved, best first.

    A document stands where its first passage stands. With relevance rel(i) of the document at rank i, 1 or 0:

    - hit@k: 1 if rel(i) = 1 for some i <= k;
    - mrr: 1 / the first rank i with rel(i) = 1, 0 without one (Voorhees, TREC-8, 1999);
    - ndcg@10: sum of rel(i) / log2(i + 1) for i <= 10, over the same of the best order (Järvelin and
      Kekäläinen, TOIS 20(4), 2002);
    - recall@10: gold documents in the first ten, over all gold documents.

    They are computed by `ir-measures`, that is by TREC's own `trec_eval`. Every value is None without gold.
    """
    if not gold:
        return dict.fromkeys(MEASURES)
    ranked = dict.fromkeys(retrieved)
    run = [ir_measures.ScoredDoc("q", one, 1 / place) for place, one in enumerate(ranked, start=1)]
    if not run:
        return dict.fromkeys(MEASURES, 0.0)
    qrels = [ir_measures.Qrel("q", one, 1) for one in set(gold)]
    found = ir_measures.calc_aggregate(list(MEASURES.values()), qrels, run)
    return {name: float(found[measure]) for name, measure in MEASURES.items()}
