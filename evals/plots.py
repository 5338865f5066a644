"""Plots: the scores as SVG drawings that stand inside a page, without script or outside resource."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from io import StringIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evals.comparing import Change
from evals.metrics.intervals import Interval

_WIDTH, _ROW, _FRAME = 8.0, 0.3, 0.9  # inches
_COLOURS = ("#1f5f8b", "#b3541e", "#4d7c2f", "#7a3b8f")
_WORSE, _BETTER, _SAME = "#a3261f", "#2f6b2f", "#666666"


def scores_plot(rows: Mapping[str, Sequence[tuple[str, Interval]]], *, label: str) -> str:
    """Draw a mean with its interval for each kind; `rows` are those of each golden set."""
    kinds = list(dict.fromkeys(kind for some in rows.values() for kind, _ in some))
    figure, axes = _axes(len(kinds) * max(1, len(rows) * 0.75))
    for place, (golden, some) in enumerate(rows.items()):
        shift = (place - (len(rows) - 1) / 2) * 0.28
        at = [kinds.index(kind) + shift for kind, _ in some]
        means = [100 * one.mean for _, one in some]
        left = [100 * (one.mean - one.low) for _, one in some]
        right = [100 * (one.high - one.mean) for _, one in some]
        colour = _COLOURS[place % len(_COLOURS)]
        axes.errorbar(means, at, xerr=[left, right], fmt="o", color=colour, capsize=3, label=golden)
    axes.set_yticks(range(len(kinds)), kinds)
    axes.set_ylim(len(kinds) - 0.4, -0.6)
    axes.set_xlim(0, 103)
    axes.set_xlabel(label)
    axes.legend(frameon=False, loc="lower left")
    return _svg(figure)


def changes_plot(changes: Sequence[tuple[str, Change]], *, label: str) -> str:
    """Draw each difference from the baseline with its interval, in colour where it is more than noise."""
    figure, axes = _axes(len(changes))
    for place, (_, change) in enumerate(changes):
        one = change.difference
        colour = _SAME if not change.beyond_noise else _WORSE if change.worse else _BETTER
        bounds = [[100 * (one.mean - one.low)], [100 * (one.high - one.mean)]]
        axes.errorbar([100 * one.mean], [place], xerr=bounds, fmt="o", color=colour, capsize=3)
    axes.axvline(0, color=_SAME, linewidth=0.8)
    axes.set_yticks(range(len(changes)), [name for name, _ in changes])
    axes.set_ylim(len(changes) - 0.4, -0.6)
    axes.set_xlabel(label)
    return _svg(figure)


def latency_plot(stages: Mapping[str, tuple[float, float]], *, label: str) -> str:
    """Draw the median of each stage as a bar, and its 95th percentile as a mark."""
    figure, axes = _axes(len(stages))
    at = list(range(len(stages)))
    axes.barh(at, [median for median, _ in stages.values()], color=_COLOURS[0], height=0.5, label="p50")
    axes.plot([high for _, high in stages.values()], at, "|", color=_COLOURS[1], markersize=14, label="p95")
    axes.set_yticks(at, list(stages))
    axes.invert_yaxis()
    axes.set_xlabel(label)
    axes.legend(frameon=False, loc="lower right")
    return _svg(figure)


def _axes(rows: float) -> tuple[Figure, Axes]:
    figure = Figure(figsize=(_WIDTH, _FRAME + _ROW * rows), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="x", color="#dddddd", linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes


def _svg(figure: Figure) -> str:
    """Return the drawing as an element; its letters are text, in a font that the reader has."""
    written = StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "passerelle", "font.family": "sans-serif"}):
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    drawing = written.getvalue()
    drawing = drawing[drawing.index("<svg") :]
    return re.sub(r"<metadata>.*?</metadata>\s*", "", drawing, flags=re.DOTALL)
