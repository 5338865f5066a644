"""The layouts of a terminal for `passerelle eval`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.documents import Language
from ui.terminal import plain
from ui.text import all_phrases, phrase

if TYPE_CHECKING:
    from evals.comparing import Comparison
    from evals.gates import Missed
    from evals.metrics.intervals import Interval
    from evals.modes import Mode
    from evals.report import Evaluated
    from evals.runs import Head
    from evals.scoring import Row

_COLUMNS = {"right": "right", "cited": "cited", "faithful": "faithfulness"}
_RANKING = ("hit@1", "hit@5", "mrr", "ndcg@10", "recall@10")


def evaluated_lines(evaluated: Evaluated, language: Language, *, report: Path | None) -> Iterator[str]:
    """Lay out the scores by kind, what was missed and what changed."""
    for name, some in evaluated.rows().items():
        yield from _table(name, some, language)
        yield from _sums(some[-1], language)
        yield ""
    yield from _latency(evaluated, language)
    yield from _modes(evaluated.modes, language)
    for name, count in evaluated.skipped.items():
        if count:
            yield phrase("table.skipped", language, name=name, count=count)
    if evaluated.unscored:
        yield phrase("table.unscored", language, count=evaluated.unscored)
    if evaluated.agreement:
        share, kappa = evaluated.agreement
        told = "–" if kappa is None else f"{kappa:.2f}"
        yield phrase("table.agreement", language, share=_whole(share), kappa=told)
    if evaluated.comparison and evaluated.baseline:
        yield from _comparison(evaluated.comparison, evaluated.head, evaluated.baseline, language)
    for missed in evaluated.missed:
        yield _missed(missed, language)
    if not evaluated.missed:
        yield phrase("table.passed", language)
    if report:
        yield phrase("table.report", language, file=report)
    if evaluated.head.ended:
        yield phrase("table.run", language, id=evaluated.head.id)


def evaluated_to_json(evaluated: Evaluated) -> dict[str, Any]:
    """Return the means with their intervals by set and kind, the gates and the comparison as JSON types."""
    comparison = evaluated.comparison
    return {
        "run": asdict(evaluated.head),
        "sets": {
            name: {
                row.name: {
                    "cases": row.count,
                    **{measure: one._asdict() for measure, one in row.values.items()},
                    "abstention": asdict(row.abstention),
                }
                for row in some
            }
            for name, some in evaluated.rows().items()
        },
        "skipped": dict(evaluated.skipped),
        "unscored": evaluated.unscored,
        "agreement": evaluated.agreement,
        "modes": [
            {**asdict(one), "values": {name: found._asdict() for name, found in one.values.items()}}
            for one in evaluated.modes
        ],
        "missed": [asdict(one) for one in evaluated.missed],
        "failed": [
            {"set": one.outcome.golden, "id": one.case.id, "faults": list(one.faults)}
            for some in evaluated.scores.values()
            for one in some
            if not one.fine
        ],
        "baseline": comparison
        and {
            "run": evaluated.baseline and evaluated.baseline.id,
            "cases": comparison.count,
            "broken": [one.case.id for one in comparison.broken],
            "mended": [one.case.id for one in comparison.mended],
            "changes": {
                one.measure: {**one.difference._asdict(), "beyond_noise": one.beyond_noise}
                for one in comparison.changes
            },
        },
    }


def runs_lines(heads: Sequence[Head], language: Language) -> Iterator[str]:
    """Lay out the runs that are kept, one a line."""
    if not heads:
        yield phrase("runs.none", language)
    for head in heads:
        yield phrase(
            "runs.line",
            language,
            id=head.id,
            version=head.index_version,
            cases=sum(head.cases.values()),
            sets=", ".join(head.cases),
            state=phrase("runs.ended" if head.ended else "runs.open", language),
        )


def _table(name: str, rows: Sequence[Row], language: Language) -> Iterator[str]:
    heads = [phrase(f"table.{column}", language) for column in (*_COLUMNS, "refused")]
    spread = phrase("table.interval", language)
    widest = max(len(name), *(len(_named(row.name, language)) for row in rows))
    count = phrase("table.count", language)
    yield plain(f"{name:<{widest}} {count:>6}" + "".join(f"{head:>10}" for head in heads) + f"   {spread}")
    for row in rows:
        cells = [row.values.get(measure) for measure in _COLUMNS.values()]
        refused = row.values.get("refused rightly") or row.values.get("false refusal")
        main = row.values.get("right") or refused
        told = [_percent(cell) for cell in (*cells, refused if row.name != "all" else None)]
        bounds = f"   {_whole(main.low)}–{_whole(main.high)}" if main and row.name != "all" else ""
        line = f"{_named(row.name, language):<{widest}} {row.count:>6}"
        yield plain(line + "".join(f"{cell:>10}" for cell in told) + bounds)


def _sums(whole: Row, language: Language) -> Iterator[str]:
    abstention = whole.abstention
    yield phrase(
        "table.abstention",
        language,
        precision=_whole(abstention.precision),
        recall=_whole(abstention.recall),
        f1=_whole(abstention.f1),
        wrong=_whole(abstention.false_refusals),
    )
    yield phrase(
        "table.citations",
        language,
        recall=_whole(whole.mean("citation recall")),
        precision=_whole(whole.mean("citation precision")),
        faithful=_whole(whole.mean("faithfulness")),
    )
    if any(name in whole.values for name in _RANKING):
        values = ", ".join(f"{name} {whole.mean(name) or 0:.2f}" for name in _RANKING)
        yield phrase("table.ranking", language, values=values)


def _modes(modes: Sequence[Mode], language: Language) -> Iterator[str]:
    """Lay out the ways of wording, where there is more than the one of the table above."""
    if len(modes) < 2 and not any(one.tokens for one in modes):
        return
    yield phrase("table.modes", language)
    for one in modes:
        mean = {name: _whole(found.mean) for name, found in one.values.items()}
        yield "  " + phrase(
            "table.mode",
            language,
            mode=one.name,
            right=mean.get("right", "–"),
            faithful=mean.get("faithfulness", "–"),
            recall=mean.get("citation recall", "–"),
            precision=mean.get("citation precision", "–"),
            refused=mean.get("refused rightly", "–"),
            wrong=mean.get("false refusal", "–"),
            dropped="–" if one.dropped is None else f"{one.dropped:.0f} %",
            median=round(one.median),
            first="–" if one.first is None else f"{one.first:.0f} ms",
            cost="–" if one.cost is None else f"{one.cost:.4f}",
        )
        if one.failures:
            told = ", ".join(f"{phrase(f'failure.{name}', language)} {n}" for name, n in one.failures.items())
            yield phrase("table.failures", language, told=told)


def _latency(evaluated: Evaluated, language: Language) -> Iterator[str]:
    from evals.scoring import latency

    total = latency([one for some in evaluated.scores.values() for one in some]).get("total")
    if total:
        yield phrase("table.latency", language, median=round(total[0]), high=round(total[1]))


def _comparison(comparison: Comparison, head: Head, baseline: Head, language: Language) -> Iterator[str]:
    for field, here, there in head.differences(baseline):
        yield plain(phrase("table.differs", language, field=field, here=here, there=there))
    yield phrase(
        "table.baseline",
        language,
        id=baseline.id,
        count=comparison.count,
        broken=len(comparison.broken),
        mended=len(comparison.mended),
    )
    for change in comparison.changes:
        if change.beyond_noise:
            one = change.difference
            yield phrase(
                "table.change",
                language,
                measure=_named(change.measure, language),
                mean=f"{100 * one.mean:+.1f}",
                low=f"{100 * one.low:+.1f}",
                high=f"{100 * one.high:+.1f}",
                sure=phrase("table.worse" if change.worse else "table.better", language),
            )
    yield phrase("table.noise", language)
    for broken in comparison.broken:
        yield plain(f"  - {broken.outcome.golden} · {broken.case.id} · {broken.case.question}")


def _missed(missed: Missed, language: Language) -> str:
    return phrase(
        "table.missed",
        language,
        golden=missed.golden,
        measure=_named(missed.measure, language),
        value=f"{100 * missed.value:.1f}",
        sign="≤" if missed.at_most else "≥",
        wanted=f"{100 * missed.wanted:.1f}",
    )


def _named(name: str, language: Language) -> str:
    return phrase(name, language) if name in all_phrases() else name


def _percent(value: Interval | None) -> str:
    return "–" if value is None else f"{100 * value.mean:.0f} %"


def _whole(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.0f}"
