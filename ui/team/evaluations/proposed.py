"""The page of proposals: cases are drafted from a document, and each is accepted, changed or rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response

from corpus.errors import AssistantNotReady, DocumentUnknown, PasserelleError
from evals.proposals import Proposal, Proposals
from evals.proposing import propose
from evals.team_set import TeamSet
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.door import Door, Member, local
from ui.team.evaluations import amounts
from ui.team.evaluations.cases import corpus_of
from ui.team.evaluations.choice import Choice, part_of
from ui.team.evaluations.overview import PLACE
from ui.team.framing import number_of, team_page
from ui.web.pages import Pages
from ui.web.service import Service

if TYPE_CHECKING:
    from corpus.index import Index

PROPOSALS = f"{PLACE}/proposals"
_SIZE = 10  # proposals of a page


def proposal_routes(pages: Pages, door: Door, service: Service, opening: Opening) -> APIRouter:
    """Return the routes of proposals."""
    router = APIRouter(include_in_schema=False)
    team = TeamSet(opening.settings.home)
    proposals = Proposals(opening.settings.home)

    @router.get(PROPOSALS)
    def listed(request: Request, member: Member = door.guard) -> Response:
        try:
            titles = corpus_of(opening).titles
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        context = _listed(proposals.waiting(), titles, request.query_params)
        return team_page(pages, request, member, "team/evaluations/proposals.html", **context)

    @router.post(PROPOSALS)
    def draft(member: Member = door.guard) -> Response:
        document = _text(member, "document")
        try:
            index = _index(service)
            if document not in {row.id for row in index.documents}:
                raise DocumentUnknown(id=document)
            cases = propose(index, document)
            new = proposals.offer(document, cases)
        except PasserelleError as error:
            return member.refused(PROPOSALS, error)
        to = Choice(words=document).address(PROPOSALS)
        key = "evaluations.drafted" if new else "evaluations.drafted.none"
        return member.back(to, key, count=new)

    @router.post(f"{PROPOSALS}/accept")
    def accept(member: Member = door.guard) -> Response:
        back = local(_text(member, "back") or PROPOSALS)
        try:
            case = proposals.get(_text(member, "id")).case
            free = team.free_id(case.id)
            team.append(case.model_copy(update={"id": free}))
            proposals.decide(case.id, "accepted")
        except PasserelleError as error:
            return member.refused(back, error)
        return member.back(back, "evaluations.case.added", name=free)

    @router.post(f"{PROPOSALS}/reject")
    def reject(member: Member = door.guard) -> Response:
        back = local(_text(member, "back") or PROPOSALS)
        try:
            proposals.decide(_text(member, "id"), "rejected")
        except PasserelleError as error:
            return member.refused(back, error)
        return member.back(back, "evaluations.rejected")

    return router


def _listed(
    waiting: Sequence[Proposal], titles: Mapping[str, str], said: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the page shows: the proposals of one document if it is chosen."""
    document = said.get("q", "")
    some = [one for one in waiting if document in ("", one.document)]
    part = part_of(some, number_of(said.get("page", "")), size=_SIZE)
    choice = Choice(words=document)
    return {
        "titles": titles,
        "chosen": document,
        "waiting": {
            one: sum(other.document == one for other in waiting)
            for one in dict.fromkeys(other.document for other in waiting)
        },
        "part": part,
        "choice": choice,
        "here": PROPOSALS,
        "amounts": amounts,
        "back": choice.address(PROPOSALS, page=part.number),
        "address": {one: reader_address(one, None, "") for one in titles},
    }


def _index(service: Service) -> Index:
    """Return the live version with its passages. Raises AssistantNotReady."""
    from corpus.index import Index

    index = service.assistant.index
    if not isinstance(index, Index):
        raise AssistantNotReady()
    return index


def _text(member: Member, name: str) -> str:
    found = member.form.get(name)
    return found if isinstance(found, str) else ""
