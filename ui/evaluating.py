"""`passerelle eval` and its subcommands: golden sets are asked, scored, compared and reported."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.errors import FileMissing
from ui.bars import progress_bars
from ui.errors import AnswersWrong
from ui.output import show, tell
from ui.terminal_evals import evaluated_lines, evaluated_to_json, runs_lines
from ui.text import phrase, words_of

if TYPE_CHECKING:
    from evals.asking import Outcome
    from evals.golden import Case
    from evals.judge import Judge
    from evals.runs import Head, Run
    from evals.scoring import Score
    from ui.cli import Session
    from ui.opening import Opening
    from ui.performing import Watcher

    Scores = Mapping[str, Sequence[Score]]

DONE, IN_PART = 0, 1


def evaluate(
    session: Session,
    sets: Sequence[Path],
    answers: Path | None,
    report: Path | None,
    baseline: str | None,
    judge: str | None,
    chat_models: Sequence[str],
    given: Path | None,
    as_json: bool,
) -> int | None:
    if click.get_current_context().invoked_subcommand:
        return None
    if given and chat_models:
        raise click.UsageError(phrase("wrong.given", session.language), click.get_current_context())
    from evals.comparing import compare
    from evals.gates import missed, read_gates
    from evals.modes import mode_of
    from evals.report import Evaluated, html
    from evals.runs import Run, Runs
    from evals.scoring import rows
    from evals.sets import golden_sets
    from ui.performing import asked_of, begin, perform

    for out in (answers, report):
        if out and not out.resolve().parent.is_dir():
            raise FileMissing(file=out.parent)
    gates = read_gates()
    opening = session.open(chat_kept=0)
    golden = golden_sets(opening.settings, sets)
    asked = asked_of(golden, opening)
    judge = judge or opening.settings.judge
    judging = _open_judge(judge, opening)
    before = Runs(opening.settings.home).read(baseline, asked) if baseline else None
    subjects = _subjects(session, opening, chat_models)
    performed: list[tuple[Head, Sequence[Outcome], Scores]] = []
    with progress_bars(session.language, as_json=as_json) as watcher:
        for subject in subjects:
            if given:
                run = Run(begin(subject, golden, judge=judge)[1], tuple(_given(given, asked)))
            else:
                run = perform(subject, golden, asked, watcher=watcher, judge=judge)
            performed.append((run.head, run.outcomes, _scored(opening, run, judging, watcher, given=given)))
        earlier: Scores = _scored(opening, before, judging, _unwatched) if before else {}
    # With chat models named, the first of them is held against the quoted answers.
    head, outcomes, scores = performed[1] if chat_models else performed[0]
    against = before.head if before else None
    if chat_models and not before:
        against, _, earlier = performed[0]
    every = _all(scores)
    evaluated = Evaluated(
        head=head,
        scores=scores,
        skipped={one.name: len(one.cases) - len(asked.get(one.name, ())) for one in golden},
        missed=[
            one
            for name, some in scores.items()
            if name in gates
            for one in missed(gates[name], name, rows(some))
        ],
        baseline=against,
        comparison=compare(_all(earlier), every) if against else None,
        agreement=judging.agreement() if judging else None,
        unscored=sum(
            one.values["faithfulness"] is None and bool(one.outcome.answer.citations) for one in every
        ),
        modes=[mode_of(head, _all(some)) for head, _, some in performed] if not given else (),
    )
    if answers:
        lines = (
            json.dumps({"id": one.case.id} | one.answer.to_json(), ensure_ascii=False) for one in outcomes
        )
        answers.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if report:
        words = words_of("evals", session.language)
        report.write_text(html(evaluated, language=session.language, words=words), encoding="utf-8")
    show(
        evaluated_to_json(evaluated)
        if as_json
        else evaluated_lines(evaluated, session.language, report=report)
    )
    return IN_PART if evaluated.missed else DONE


def _subjects(session: Session, opening: Opening, chat_models: Sequence[str]) -> list[Opening]:
    """Return the application once for each way of wording; all share one embedding model."""
    if not chat_models:
        return [opening]
    models = [None, *chat_models]
    return [opening.worded_by(model) for model in models]


def _all(scores: Scores) -> list[Score]:
    return [one for some in scores.values() for one in some]


def runs(session: Session, as_json: bool) -> int:
    from dataclasses import asdict

    from evals.runs import Runs

    heads = Runs(session.open().settings.home).heads()
    show({"runs": [asdict(one) for one in heads]} if as_json else runs_lines(heads, session.language))
    return DONE


def propose(session: Session, document: str, out: Path | None) -> int:
    from corpus.errors import DocumentUnknown
    from corpus.index import CurrentIndex
    from evals.proposing import propose

    opening = session.open()
    opening.usable_version()
    with closing(CurrentIndex(opening.home, embedding_model=opening.embedding_model)) as current:
        index = current.get()
        row = next(
            (row for row in index.documents if document in {row.id, row.file, Path(row.file).name}), None
        )
        if row is None:
            raise DocumentUnknown(id=document)
        cases = propose(index, row.id)
    if not cases:
        tell(phrase("proposed.none", session.language, document=document))
        return IN_PART
    file = out or Path(f"{row.id}.proposed.jsonl")
    with file.open("x", encoding="utf-8") as written:
        written.writelines(f"{case.model_dump_json()}\n" for case in cases)
    tell(phrase("proposed", session.language, count=len(cases), file=file))
    return DONE


def _open_judge(name: str | None, opening: Opening) -> Judge | None:
    from evals.judge import open_judge

    return open_judge(name, opening.settings) if name else None


def _scored(
    opening: Opening, run: Run, judge: Judge | None, watcher: Watcher, *, given: Path | None = None
) -> dict[str, list[Score]]:
    """Return the scores by set. Those of a run that is kept, by the rules, are kept with it."""
    from evals.scoring import score
    from ui.performing import SCORE, scored, supports_of

    if judge or given:
        supports = judge.supports if judge else supports_of(opening)
        every = []
        for outcome in run.outcomes:
            every.append(score(outcome, supports))
            watcher(SCORE, len(every), len(run.outcomes))
    else:
        every = scored(opening, run, watcher=watcher)
    scores: dict[str, list[Score]] = {}
    for one in every:
        scores.setdefault(one.outcome.golden, []).append(one)
    return scores


def _unwatched(_stage: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def _given(file: Path, asked: Mapping[str, Sequence[Case]]) -> list[Outcome]:
    """Return the answers that `--answers` once wrote, or that something else made. Raises AnswersWrong."""
    from evals.asking import outcome_from_json

    if not file.exists():
        raise FileMissing(file=file)
    known = {case.id: (name, case) for name, some in asked.items() for case in some}
    found = []
    for number, line in enumerate(file.read_bytes().removeprefix(BOM_UTF8).splitlines(), start=1):
        try:
            fields = json.loads(line)
            name, case = known[fields.pop("id")]
            found.append(outcome_from_json({"set": name, "answer": fields}, case))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise AnswersWrong(file=file, line=number, reason=str(error).splitlines()[0]) from error
    return found
