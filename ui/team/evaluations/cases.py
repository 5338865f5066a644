"""The pages of cases: all sets are looked through, the team's cases written, changed and taken out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter, Request, Response

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import CaseUnknown, GoldenWrong, PasserelleError
from corpus.ledger import catalogue_of
from evals.golden import Case, GoldenSet
from evals.proposals import Proposals
from evals.sets import golden_sets
from evals.team_set import TeamSet
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.door import Door, Member, local
from ui.team.evaluations import amounts
from ui.team.evaluations.choice import Choice, kinds_of, part_of
from ui.team.evaluations.form import FIELDS, NO, YES, Known, Wrong, empty, read, typed_of
from ui.team.evaluations.overview import PLACE
from ui.team.framing import number_of, team_page
from ui.text import as_sentence, explain
from ui.web.language import language_of
from ui.web.pages import Pages

CASES, CASE = f"{PLACE}/cases", f"{PLACE}/case"
_SIZE = 20  # cases of a page
_COPY = "bis"


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a case may name: the catalogue, and the titles of the documents by id."""

    catalogue: Catalogue
    titles: Mapping[str, str]


def corpus_of(opening: Opening) -> Corpus:
    """Return that of the live version. Raises IndexMissing."""
    documents = opening.version().documents
    return Corpus(catalogue_of(documents), {row.id: row.title for row in documents})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a form began: at a case of the team's that it changes (`id`), or at a proposal to accept."""

    id: str = ""
    proposal: str = ""


def case_routes(pages: Pages, door: Door, opening: Opening) -> APIRouter:
    """Return the routes of cases."""
    router = APIRouter(include_in_schema=False)
    team = TeamSet(opening.settings.home)
    proposals = Proposals(opening.settings.home)

    @router.get(CASES)
    def cases(request: Request, member: Member = door.guard) -> Response:
        try:
            sets = golden_sets(opening.settings)
            context = _listed(sets, corpus_of(opening), request.query_params)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        return team_page(pages, request, member, "team/evaluations/cases.html", **context)

    @router.get(CASE)
    def form(
        request: Request,
        id: str = "",
        set: str = "",
        copy: str = "",
        proposal: str = "",
        member: Member = door.guard,
    ) -> Response:
        try:
            typed, origin = _begun(opening, id, set, copy, proposal, language_of(request))
            return show(request, member, typed, origin, back=_referred(request))
        except PasserelleError as error:
            return member.refused(CASES, error)

    @router.post(CASE)
    def save(request: Request, member: Member = door.guard) -> Response:
        typed = {name: _text(member, name) for name in FIELDS}
        origin = Origin(_text(member, "origin"), _text(member, "proposal"))
        back = local(_text(member, "back") or CASES)
        try:
            found = read(typed, _known(opening, corpus_of(opening), team, origin))
            if isinstance(found, dict):
                return show(request, member, typed, origin, back=back, wrong=found)
            return _kept(team, proposals, found, origin, member, back)
        except GoldenWrong as error:
            said = as_sentence(explain(error, language_of(request)))
            return show(request, member, typed, origin, back=back, refused=said)
        except PasserelleError as error:
            return member.refused(CASES, error)

    @router.post(f"{CASE}/remove")
    def remove(request: Request, member: Member = door.guard) -> Response:
        case_id = _text(member, "id")
        leads = _leads(team.cases(), case_id)
        if leads:
            return member.back(CASES, "evaluations.case.leads", name=case_id, follower=leads)
        try:
            team.remove(case_id)
        except PasserelleError as error:
            return member.refused(CASES, error)
        return member.back(CASES, "evaluations.case.removed", name=case_id)

    def show(
        request: Request,
        member: Member,
        typed: Mapping[str, str],
        origin: Origin,
        *,
        back: str,
        wrong: Mapping[str, Wrong] | None = None,
        refused: str = "",
    ) -> Response:
        corpus = corpus_of(opening)
        known = _known(opening, corpus, team, origin)
        status = 422 if wrong or refused else 200
        return team_page(
            pages, request, member, "team/evaluations/case.html", status=status,
            typed=typed, origin=origin, back=back, wrong=wrong or {}, refused=refused, known=known,
            corpus=corpus, kinds=list(kinds_of(_every(opening))), yes=YES, no=NO,
            amounts=amounts,
        )  # fmt: skip

    return router


def _listed(sets: Sequence[GoldenSet], corpus: Corpus, said: Mapping[str, str]) -> dict[str, Any]:
    """Return what the list shows: the team's set unless another is chosen."""
    names = [one.name for one in sets]
    own = next((one.name for one in sets if one.ours), "")
    golden = said["set"] if said.get("set") in names else own
    chosen = next((one for one in sets if one.name == golden), None)
    choice = Choice(
        golden=golden,
        kind=said.get("kind", ""),
        language=said.get("language", ""),
        words=said.get("q", "").strip(),
    )
    cases = chosen.cases if chosen else ()
    part = part_of([one for one in cases if choice.takes(one)], number_of(said.get("page", "")), size=_SIZE)
    return {
        "names": {one.name: len(one.cases) for one in sets},
        "own": own,
        "ours": golden == own,
        "choice": choice,
        "kinds": kinds_of(cases),
        "part": part,
        "titles": corpus.titles,
        "address": {
            document: reader_address(document, None, "")
            for one in part.shown
            for document in one.documents
            if document in corpus.titles
        },
        "here": CASES,
        "amounts": amounts,
    }


def _begun(
    opening: Opening, case_id: str, golden: str, copied: str, proposal: str, language: Language
) -> tuple[dict[str, str], Origin]:
    """Return the form of a case of the team's, of a proposal, of a copy, or of none. Raises CaseUnknown."""
    team = TeamSet(opening.settings.home)
    if proposal:
        case = Proposals(opening.settings.home).get(proposal).case
        return typed_of(case) | {"id": team.free_id(case.id)}, Origin(proposal=proposal)
    if copied:
        sets = {one.name: one for one in golden_sets(opening.settings)}
        chosen = sets.get(golden)
        case_of = {case.id: case for case in chosen.cases} if chosen else {}
        if copied not in case_of:
            raise CaseUnknown(id=copied)
        if chosen and not chosen.ours:
            # What it follows stays behind.
            free = team.free_id(f"{copied}-{_COPY}")
            return typed_of(case_of[copied]) | {"id": free, "follows": ""}, Origin()
        case_id = copied
    if case_id:
        return typed_of(team.get(case_id)), Origin(case_id)
    return empty(language), Origin()


def _kept(
    team: TeamSet, proposals: Proposals, case: Case, origin: Origin, member: Member, back: str
) -> Response:
    """Keep a case in the team's set, and go back. Raises CaseUnknown and GoldenWrong."""
    if origin.id:
        team.replace(origin.id, case)
        return member.back(back, "evaluations.case.changed", name=case.id)
    if origin.proposal:
        proposals.get(origin.proposal)
    team.append(case)
    if origin.proposal:
        proposals.decide(origin.proposal, "accepted")
    return member.back(back, "evaluations.case.added", name=case.id)


def _known(opening: Opening, corpus: Corpus, team: TeamSet, origin: Origin) -> Known:
    cases = list(team.cases())
    place = next((place for place, one in enumerate(cases) if one.id == origin.id), None)
    known = Known(
        themes=[one.id for one in corpus.catalogue.themes],
        initiatives=[one.id for one in corpus.catalogue.initiatives],
        documents=corpus.titles,
        limit=opening.settings.question_limit,
        before=cases[:place],
        taken={one.id for one in cases if one.id != origin.id},
    )
    return replace(known, leads=origin.id) if _leads(cases, origin.id) else known


def _leads(cases: Sequence[Case], case_id: str) -> str:
    """Return the id of a case that follows another, "" when none does."""
    return next((one.id for one in cases if case_id and one.follows == case_id), "")


def _every(opening: Opening) -> list[Case]:
    return [case for one in golden_sets(opening.settings) for case in one.cases]


def _text(member: Member, name: str) -> str:
    found = member.form.get(name)
    return found if isinstance(found, str) else ""


def _referred(request: Request) -> str:
    """Return the page of ours that somebody comes from, the list of cases for any other."""
    return local(request.query_params.get("back") or CASES)
