"""The report of a run: one HTML file that holds everything it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from evals.comparing import Comparison
from evals.gates import Missed
from evals.metrics.intervals import Interval
from evals.modes import MEASURES, Mode
from evals.plots import changes_plot, latency_plot, scores_plot
from evals.runs import Head
from evals.scoring import NAMES, Row, Score, latency, rows

_COLUMNS = (
    "right", "completeness", "cited", "citation recall", "citation precision", "faithfulness",
    "false refusal", "refused rightly", "language",
)  # fmt: skip
_RANKING = ("hit@1", "hit@5", "mrr", "ndcg@10", "recall@10")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """All that is known of a run: its head, its scores by golden set, and what it was held against.

    `skipped` counts cases by set that are about documents the index does not hold, `unscored` cases that the
    judge gave no verdict on, `agreement` is that of judge and rules with Cohen's kappa. `modes` holds a row
    for each way of wording the answers.
    """

    head: Head
    scores: Mapping[str, Sequence[Score]]
    skipped: Mapping[str, int]
    missed: Sequence[Missed] = ()
    baseline: Head | None = None
    comparison: Comparison | None = None
    agreement: tuple[float, float | None] | None = None
    unscored: int = 0
    modes: Sequence[Mode] = ()

    def rows(self) -> dict[str, list[Row]]:
        """Return the means of each set."""
        return {name: rows(some) for name, some in self.scores.items()}


def html(evaluated: Evaluated, *, language: str, words: Mapping[str, str]) -> str:
    """Return the page. `words` are its phrases by key, and the names of measures, stages and kinds.

    What documents and answers say is escaped; a policy in the page forbids it to fetch or run anything.
    """
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=select_autoescape(["j2"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["percent"] = percent
    every = [one for some in evaluated.scores.values() for one in some]
    by_set = evaluated.rows()
    comparison = evaluated.comparison
    return pages.get_template("report.html.j2").render(
        language=language,
        words=words,
        run=evaluated,
        rows=by_set,
        columns=_COLUMNS,
        ranking=_RANKING,
        mode_measures=MEASURES,
        latency=latency(every),
        scores_plot=Markup(scores_plot(_plotted(by_set, words), label=words["plot.scores"])),
        changes_plot=Markup(_changes(comparison, words)) if comparison else "",
        latency_plot=Markup(latency_plot(latency(every), label=words["plot.latency"])),
        failed=[one for one in every if not one.fine],
        count=len(every),
    )


def percent(value: Interval | float | None) -> str:
    """Return a share as a whole percentage, with its interval where it has one."""
    if value is None:
        return "–"
    if isinstance(value, Interval):
        return f"{100 * value.mean:.0f} [{100 * value.low:.0f}–{100 * value.high:.0f}]"
    return f"{100 * value:.0f}"


def _plotted(
    by_set: Mapping[str, Sequence[Row]], words: Mapping[str, str]
) -> dict[str, list[tuple[str, Interval]]]:
    """Return for each set and kind whether it was right, or rightly refused where there is no answer."""
    found: dict[str, list[tuple[str, Interval]]] = {}
    for name, some in by_set.items():
        kept = [(one, one.values.get("right") or one.values.get("refused rightly")) for one in some]
        found[name] = [
            (
                f"{words.get(one.name, one.name)} ({one.count})"
                if len(by_set) == 1
                else words.get(one.name, one.name),
                value,
            )
            for one, value in kept
            if value and one.name != "all"
        ]
    return found


def _changes(comparison: Comparison, words: Mapping[str, str]) -> str:
    some = [(words.get(one.measure, one.measure), one) for one in comparison.changes if one.measure in NAMES]
    return changes_plot(some, label=words["plot.changes"])
