"""Each measure on rankings worked by hand."""

from __future__ import annotations

from math import log2

import pytest

from evals.metrics.ranking import MEASURES, ranking


@pytest.mark.parametrize(
    ("retrieved", "gold", "wanted"),
    [
        (["a", "b"], ["a"], {"hit@1": 1, "hit@5": 1, "mrr": 1, "ndcg@10": 1, "recall@10": 1}),
        (["x", "a"], ["a"], {"hit@1": 0, "hit@5": 1, "mrr": 1 / 2, "ndcg@10": 1 / log2(3), "recall@10": 1}),
        # Two of three found, at ranks 1 and 3: the best order would have them at 1, 2 and 3.
        (
            ["a", "x", "b"],
            ["a", "b", "c"],
            {"ndcg@10": (1 + 1 / log2(4)) / (1 + 1 / log2(3) + 1 / log2(4)), "recall@10": 2 / 3, "mrr": 1},
        ),
        # A document stands where its first passage stands.
        (["x", "x", "x", "x", "x", "a"], ["a"], {"hit@5": 1, "mrr": 1 / 2}),
        ([*"uvwxyz", "a"], ["a"], {"hit@5": 0, "mrr": 1 / 7, "recall@10": 1}),
        ([*"klmnopqrst", "a"], ["a"], {"recall@10": 0, "ndcg@10": 0, "mrr": 1 / 11}),
        ([], ["a"], dict.fromkeys(MEASURES, 0)),
        (["a"], [], dict.fromkeys(MEASURES)),
    ],
)
def test_a_ranking_worth_what_it_is_by_hand(
    retrieved: list[str], gold: list[str], wanted: dict[str, float | None]
) -> None:
    found = ranking(retrieved, gold)
    assert {name: found[name] for name in wanted} == pytest.approx(wanted)
