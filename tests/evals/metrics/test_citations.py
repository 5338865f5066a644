"""ALCE's citation recall and precision on examples worked by hand, with a support decided by the test."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer import Citation
from evals.metrics.citations import citations
from tests.evals.cases import answer, citation, refusal


def holds_words(sentence: str, cited: Sequence[Citation]) -> bool:
    """Support a sentence when its words are all in the quotes, as ALCE's entailment would for these."""
    said = " ".join(one.quote for one in cited).lower()
    return all(word in said for word in sentence.lower().rstrip(".").split())


A, B, C = citation(1, "un"), citation(2, "deux"), citation(3, "trois")


@pytest.mark.parametrize(
    ("sentences", "markers", "recall", "precision"),
    [
        (["Un."], [[1]], 1, 1),
        # Both are needed together.
        (["Un deux."], [[1, 2]], 1, 1),
        # The second does not support alone, and the first does without it: irrelevant.
        (["Un."], [[1, 2]], 1, 1 / 2),
        # Each supports alone: neither is irrelevant.
        (["Un."], [[1, 4]], 1, 1),
        # A sentence without support has no precise citation.
        (["Un quatre."], [[1]], 0, 0),
        (["Un.", "Quatre."], [[1], [2]], 1 / 2, 1 / 2),
        # Of three citations of one sentence, two carry it.
        (["Un deux."], [[1, 2, 3]], 1, 2 / 3),
        # A marker that points to nothing is wrong, whatever stands beside it.
        (["Un."], [[1, 99]], 1, 1 / 2),
        (["Un."], [[99]], 0, 0),
    ],
)
def test_worked_examples(
    sentences: list[str], markers: list[list[int]], recall: float, precision: float
) -> None:
    said = answer(*sentences, citations=[A, B, C, citation(4, "un")], markers=markers)
    found = citations(said, holds_words)
    assert (found.recall, found.precision) == pytest.approx((recall, precision))


def test_a_marker_that_stands_in_the_text_alone_is_found() -> None:
    said = answer("Un.", citations=[A], text="Un. [1] [7]")
    found = citations(said, holds_words)
    assert found.stray == (7,)
    assert (found.recall, found.precision) == (1 / 2, 1 / 2)


def test_framing_is_no_statement_but_a_figure_without_a_citation_is() -> None:
    framed = answer("Voici :", "Un.", citations=[A], markers=[[], [1]])
    assert citations(framed, holds_words).faithfulness == 1
    bare = answer("Le port compte 340 bateaux.", "Un.", citations=[A], markers=[[], [1]])
    found = citations(bare, holds_words)
    assert (found.recall, found.faithfulness) == (1 / 2, 1 / 2)
    assert found.unsupported == ("Le port compte 340 bateaux.",)


def test_a_refusal_states_nothing() -> None:
    found = citations(refusal("Aucun des 12 documents ne parle de Brest."), holds_words)
    assert (found.recall, found.precision, found.faithfulness) == (None, None, None)


def test_without_a_verdict_an_answer_is_unscored_and_not_wrong() -> None:
    found = citations(answer("Un.", citations=[A]), lambda _sentence, _cited: None)
    assert (found.recall, found.precision, found.faithfulness) == (None, None, None)
