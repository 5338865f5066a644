"""A signal that finds the passage is seen to; one that does not is not credited with it."""

from __future__ import annotations

import numpy as np

from evals.bench.ablation import cross_validated, fit

QUESTIONS, PASSAGES = 60, 12


def planted() -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Return a signal that is highest at the gold passage, one of noise, and their questions' groups."""
    draw = np.random.default_rng(3)
    gold = draw.integers(0, PASSAGES, QUESTIONS)
    telling = 0.5 * draw.random((QUESTIONS, PASSAGES))
    telling[np.arange(QUESTIONS), gold] += 0.6
    noise = draw.random((QUESTIONS, PASSAGES))
    return np.stack([telling, noise], axis=2), gold, [f"title {one % 10}" for one in range(QUESTIONS)]


def test_the_signal_that_tells_takes_the_weight() -> None:
    signals, gold, _ = planted()
    telling, noise = fit(signals, gold)
    assert telling > 5 * abs(noise)


def test_unseen_questions_are_answered_by_it_and_not_by_noise() -> None:
    signals, gold, groups = planted()
    hits, weights = cross_validated(signals, gold, groups)
    assert hits.mean() == 1.0
    assert weights.sum() <= 1.0
    by_noise, _ = cross_validated(signals[:, :, 1:], gold, groups)
    assert by_noise.mean() < 0.3
