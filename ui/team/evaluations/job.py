"""The work of a run, which a process of its own does for the server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from ui.opening import Opening
from ui.team.apart import Follower, watching

if TYPE_CHECKING:
    from evals.golden import GoldenSet
    from ui.performing import Watcher


class Wanted(BaseModel):
    """What is to be done: these sets asked, worded by the chat model of the settings if `chat`.

    Without a set, what the kept runs lack in scores is computed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[str, ...] = ()
    chat: bool = False


def work(opening: Opening, arguments: Sequence[str], follower: Follower) -> dict[str, Any]:
    """Do what is wanted, in JSON, and return `{"run": id}`, or `{"scored": number of runs}`.

    Raises GoldenWrong, NothingToEvaluate, IndexUnusable, ModelUnusable, ChatModelUnusable, JobCancelled.
    """
    from evals.sets import golden_sets
    from ui.performing import ASK, asked_of, perform, scored

    wanted = Wanted.model_validate_json(arguments[0])
    watcher = watching(follower)
    sets = golden_sets(opening.settings)
    if not wanted.sets:
        return {"scored": _catch_up(opening, sets, watcher)}
    golden = [one for one in sets if one.name in wanted.sets]
    asked = asked_of(golden, opening)
    watcher(ASK, 0, sum(map(len, asked.values())))
    worded = opening.worded_by(opening.settings.chat_model if wanted.chat else None)
    run = perform(worded, golden, asked, watcher=watcher)
    scored(opening, run, watcher=watcher)
    return {"run": run.head.id}


def _catch_up(opening: Opening, sets: list[GoldenSet], watcher: Watcher) -> int:
    """Compute the scores that are not kept, and return of how many runs."""
    from evals.runs import Runs
    from ui.performing import SCORE, scorebook_of, supports_of

    book = scorebook_of(opening)
    heads = [one for one in Runs(opening.settings.home).heads() if one.ended]
    supports = supports_of(opening)
    for number, head in enumerate(heads, start=1):
        book.sums(head, sets, lambda: supports)
        watcher(SCORE, number, len(heads))
    return len(heads)
