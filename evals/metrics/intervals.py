"""Intervals: how far a mean can be trusted, and whether two runs truly differ."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.stats import binomtest

RESAMPLES = 2000
LEVEL = 0.95
_SEED = 20_260_101


class Interval(NamedTuple):
    """A mean with the bounds between which it would fall in 95 of 100 such samples, from `size` values."""

    mean: float
    low: float
    high: float
    size: int


def interval(values: Sequence[float], *, clusters: Sequence[Hashable] | None = None) -> Interval | None:
    """Return the mean of values, 0 to 1, and its percentile bootstrap interval; None without values.

    Efron and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13. Values of one cluster, the turns
    of a conversation, are drawn together. Where all values are 0, or all 1, resampling finds no spread, and
    Wilson's interval (JASA 22, 1927) stands in.
    """
    if not values:
        return None
    data = np.asarray(values, dtype=float)
    mean = float(data.mean())
    if mean in (0.0, 1.0):
        low, high = binomtest(int(data.sum()), len(data)).proportion_ci(LEVEL, method="wilson")
        return Interval(mean, float(low), float(high), len(data))
    low, high = _bounds(_resampled(data, clusters))
    return Interval(mean, low, high, len(data))


def difference(
    before: Sequence[float], after: Sequence[float], *, clusters: Sequence[Hashable] | None = None
) -> Interval | None:
    """Return the mean of `after - before`, pair by pair, with its bootstrap interval; None without pairs.

    Zero outside of the interval tells a change from noise.
    """
    if not before:
        return None
    data = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    low, high = _bounds(_resampled(data, clusters))
    return Interval(float(data.mean()), low, high, len(data))


def fell(*, broken: int, mended: int, level: float = 0.05) -> bool:
    """Say whether more cases broke than chance explains.

    McNemar's exact test, one-sided (Psychometrika 12, 1947): of the cases that changed, half would break.
    """
    changed = broken + mended
    return bool(changed) and float(binomtest(broken, changed, 0.5, alternative="greater").pvalue) < level


def _resampled(data: np.ndarray, clusters: Sequence[Hashable] | None) -> np.ndarray:
    """Return `RESAMPLES` means of clusters drawn with replacement."""
    names = list(range(len(data))) if clusters is None else list(clusters)
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    at = np.array([places[name] for name in names])
    sums = np.bincount(at, weights=data, minlength=len(places))
    counts = np.bincount(at, minlength=len(places))
    drawn = np.random.default_rng(_SEED).integers(0, len(places), size=(RESAMPLES, len(places)))
    means: np.ndarray = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    return means


def _bounds(means: np.ndarray) -> tuple[float, float]:
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(means, [tail, 100 - tail])
    return float(low), float(high)
