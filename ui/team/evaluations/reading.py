"""The pages that a run is read on: what it came to, the cases that failed, and another run beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from corpus.errors import PasserelleError, RunUnknown
from ui.opening import Opening
from ui.team.door import Door, Member
from ui.team.evaluations import amounts
from ui.team.evaluations.overview import PLACE
from ui.team.framing import number_of, team_page
from ui.web.language import language_of
from ui.web.pages import Pages

if TYPE_CHECKING:
    from evals.runs import Head
    from evals.scoring import Score
    from ui.team.evaluations.quality import Quality

_SIZE = 10  # cases of a page
_LISTED = 50  # cases lost or won that are shown whole


def reading_routes(
    pages: Pages, door: Door, opening: Opening, *, quality: Callable[[], Quality]
) -> APIRouter:
    """Return the routes of one run and of two."""
    router = APIRouter(include_in_schema=False)

    @router.get(f"{PLACE}/runs/{{name}}")
    def run(request: Request, name: str, member: Member = door.guard) -> Response:
        try:
            head, scores = quality().scores(name)
            if head.id != name:
                raise RunUnknown(name=name, known=head.id)
            context = _of_one(opening, quality(), head, scores, request)
        except PasserelleError as error:
            return member.refused(PLACE, error)
        return team_page(pages, request, member, "team/evaluations/run.html", **context)

    @router.get(f"{PLACE}/compare")
    def compare(
        request: Request, before: str = "", after: str = "", set: str = "", member: Member = door.guard
    ) -> Response:
        try:
            context = _of_two(opening, quality(), before, after, set)
        except PasserelleError as error:
            return member.refused(PLACE, error)
        return team_page(pages, request, member, "team/evaluations/compare.html", **context)

    return router


def _of_one(
    opening: Opening, quality: Quality, head: Head, scores: Sequence[Score] | None, request: Request
) -> dict[str, Any]:
    """Return what the page of a run shows; without scores it says that they are to be computed."""
    from ui.team.evaluations.choice import FAULTS, STATES, Choice, chosen, kinds_of, part_of
    from ui.team.evaluations.shown import shown

    said = request.query_params
    state = said.get("state", "")
    choice = Choice(
        golden=said.get("set", ""),
        kind=said.get("kind", ""),
        fault=said.get("fault", ""),
        language=said.get("language", ""),
        state=state if state in STATES else STATES[0],
        words=said.get("q", "").strip(),
    )
    titles = {row.id: row.title for row in opening.version().documents}
    part = part_of(chosen(scores or (), choice), number_of(said.get("page", "")), size=_SIZE)
    sums = quality.sums(head) or []
    return {
        "head": head,
        "scored": scores is not None,
        "sums": sums,
        "measures": [name for name in _measures() if any(name in one.row.values for one in sums)],
        "missed": quality.missed(sums),
        "choice": choice,
        "faults": FAULTS,
        "states": STATES,
        "kinds": kinds_of(one.case for one in scores or ()),
        "part": part,
        "cases": [shown(one, titles) for one in part.shown],
        "here": f"{PLACE}/runs/{head.id}",
        "amounts": amounts,
        "language_chosen": language_of(request),
    }


def _of_two(opening: Opening, quality: Quality, before: str, after: str, golden: str) -> dict[str, Any]:
    """Return what the page of two runs shows. Raises RunUnknown and RunWrong."""
    from ui.team.evaluations.quality import Against
    from ui.team.evaluations.shown import shown

    two = quality.against(before, after, golden=golden)
    first, second = (two.before, two.after) if isinstance(two, Against) else two
    context: dict[str, Any] = {
        "before": first,
        "after": second,
        "heads": [one.head for one in reversed(quality.history().ended)],
        "names": [name for name in first.sets if name in second.sets],
        "golden": golden,
        "amounts": amounts,
        "two": None,
    }
    if not isinstance(two, Against):
        return context
    titles = {row.id: row.title for row in opening.version().documents}

    def pairs(some: Sequence[Score]) -> list[tuple[Any, Any]]:
        return [
            (shown(two.earlier[one.outcome.golden, one.case.id], titles), shown(one, titles))
            for one in some[:_LISTED]
        ]

    lost, won = two.comparison.broken, two.comparison.mended
    return context | {
        "two": two,
        "changed": [
            ("lost", len(lost), pairs(lost)),
            ("won", len(won), pairs(won)),
        ],
        "listed": _LISTED,
    }


def _measures() -> Sequence[str]:
    from evals.scoring import NAMES

    return NAMES
