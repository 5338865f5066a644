"""The first page of Évaluations: a run is started and followed, and what the runs came to is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.opening import Opening
from ui.team.apart import perform
from ui.team.door import Door, Member
from ui.team.evaluations import amounts
from ui.team.evaluations.curve import Curve, Point, curve
from ui.team.evaluations.job import Wanted
from ui.team.following import shown_job
from ui.team.framing import team_page
from ui.team.jobs import Jobs
from ui.text import say
from ui.web.language import language_of
from ui.web.pages import Pages

if TYPE_CHECKING:
    from ui.team.evaluations.quality import Ended, Quality

PLACE = "/admin/evaluations"
KIND = "evaluation"
QUOTED, WORDED = "quoted", "worded"
WORK = "ui.team.evaluations.job:work"

_SHARES = ("right", "cited", "refused rightly", "false refusal")
_RUNS = 40  # of a curve and its table, the latest


@dataclass(frozen=True, slots=True)
class Drawn:
    """The curve of one measure."""

    measure: str
    curve: Curve


def overview_routes(
    pages: Pages,
    door: Door,
    opening: Opening,
    jobs: Jobs,
    *,
    quality: Callable[[], Quality],
) -> APIRouter:
    """Return the routes that start, follow and stop a run, and show what all runs came to."""
    router = APIRouter(include_in_schema=False)

    def page(
        request: Request, member: Member, *, typed: Sequence[str] | None = None, wrong: str = ""
    ) -> Response:
        said = request.query_params
        context = _context(opening, jobs, quality(), language_of(request), said.get("set"), said.get("mode"))
        chosen = [one["name"] for one in context["sets"]] if typed is None else typed
        return team_page(
            pages, request, member, "team/evaluations/overview.html", status=422 if wrong else 200,
            chosen=chosen, wrong=wrong, **context,
        )  # fmt: skip

    @router.get(PLACE)
    def overview(request: Request, member: Member = door.guard) -> Response:
        try:
            return page(request, member)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)

    @router.post(PLACE)
    def start(request: Request, member: Member = door.guard) -> Response:
        known = {one.name for one in quality().sets()}
        named = [str(one) for one in member.form.getlist("sets")]
        if not named or not known.issuperset(named):
            return page(request, member, typed=named, wrong="evaluations.wrong.sets")
        chat = member.form.get("wording") == WORDED and opening.settings.chat_model is not None
        return begin(member, Wanted(sets=tuple(named), chat=chat), label=", ".join(named))

    @router.post(f"{PLACE}/scores")
    def catch_up(request: Request, member: Member = door.guard) -> Response:
        return begin(member, Wanted(), label=say("evaluations.job.scores", language_of(request)))

    def begin(member: Member, wanted: Wanted, *, label: str) -> Response:
        try:
            jobs.start(KIND, label, partial(perform, opening, WORK, [wanted.model_dump_json()]))
        except PasserelleError as error:
            return member.refused(PLACE, error)
        return member.back(PLACE, "evaluations.started")

    return router


def _context(
    opening: Opening, jobs: Jobs, quality: Quality, language: Language, golden: str | None, mode: str | None
) -> dict[str, Any]:
    """Return what the template shows."""
    latest = jobs.latest(KIND)  # first: a run that ends meanwhile is shown as under way, and once more
    history = quality.history()
    documents = {row.id for row in opening.version().documents}
    names = history.sets()
    golden = golden if golden in names else next(iter(names), "")
    modes = history.modes(golden)
    mode = mode if mode in modes else next(iter(modes), "")
    runs = history.of(golden, mode)[-_RUNS:]
    return {
        "sets": [
            {"name": one.name, "count": len(one.cases), "asked": len(one.concerned(documents))}
            for one in quality.sets()
        ],
        "chat_model": opening.settings.chat_model,
        "job": shown_job(latest, language) if latest else None,
        "run": latest.result.get("run", "") if latest else "",
        "here": PLACE,
        "history": history,
        "names": names,
        "golden": golden,
        "modes": modes,
        "mode": mode,
        "runs": list(reversed(runs)),
        "drawn": drawn(runs, golden, language),
        "every": list(reversed(history.ended)),
        "pair": _pair(runs or history.ended),
        "shares": _SHARES,
        "amounts": amounts,
    }


def _pair(runs: Sequence[Ended]) -> tuple[str, str]:
    """Return the ids of the latest run and of the one before, "" for none."""
    ids = [one.head.id for one in runs[-2:]]
    return (ids or [""])[-1], ids[0] if len(ids) > 1 else ""


def drawn(runs: Sequence[Ended], golden: str, language: Language) -> list[Drawn]:
    """Return a curve for each measure that some run has, the oldest run first."""
    found = []
    for measure in _SHARES:
        points = [
            Point(_label(run, language), one.mean, one.low, one.high)
            for run in runs
            if (one := run.sums[golden].row.values.get(measure))
        ]
        told = partial(amounts.percent, language=language)
        line = curve(points, told=told, least=0.01, most=1.0, zero=measure == "false refusal")
        found += [Drawn(measure, line)] if line else []
    times = [
        Point(_label(run, language), median)
        for run in runs
        if (median := run.sums[golden].median) is not None
    ]
    line = curve(times, told=amounts.milliseconds, least=1, zero=True)
    return [*found, *([Drawn("median", line)] if line else [])]


def _label(run: Ended, language: Language) -> str:
    return f"{amounts.day(run.head.started, language)} · v{run.head.index_version}"
