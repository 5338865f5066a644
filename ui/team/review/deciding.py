"""The work in the background: what somebody said to doubts is written down, and a version made of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ui.opening import Opening
from ui.team.apart import Follower, watching
from ui.team.documents.staging import report_to_json

DECIDE = "ui.team.review.deciding:decide"
ACCEPT, REJECT = "accept", "reject"


def decide(opening: Opening, arguments: Sequence[str], follower: Follower) -> Mapping[str, Any]:
    """Decide doubts, each argument `number=accept` or `number=reject`.

    The version is published when the golden cases allow it.
    Raises DoubtUnknown, FicheNeeded.
    """
    accepted = {int(number): said == ACCEPT for number, _, said in (one.partition("=") for one in arguments)}
    base = opening.version().number
    report = opening.pipeline().decide(accepted, watcher=watching(follower))
    return report_to_json(report, base=base) | {"decided": len(accepted)}
