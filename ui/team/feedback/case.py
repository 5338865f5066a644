"""The page that makes a golden case of an opinion: proposed whole, kept when somebody has read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request, Response

from corpus.documents import Hit
from corpus.errors import GoldenWrong, PasserelleError
from corpus.feedback import Opinion
from corpus.subjects import Naming
from evals.drafting import draft
from evals.golden import Case
from evals.sets import golden_sets
from evals.team_set import TeamSet
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.door import Door, Member
from ui.team.evaluations import amounts
from ui.team.evaluations.cases import Corpus, corpus_of
from ui.team.evaluations.choice import kinds_of
from ui.team.evaluations.form import FIELDS, NO, YES, Known, Wrong, read, typed_of
from ui.team.feedback.thumbs import PLACE, Number, back_of, ours, said_of
from ui.team.framing import team_page
from ui.text import as_sentence, explain
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

_FOUND = 6  # passages that are shown beside the form


def case_routes(pages: Pages, door: Door, service: Service, opening: Opening) -> APIRouter:
    """Return the routes that make a case of an opinion."""
    router = APIRouter(include_in_schema=False)
    team = TeamSet(opening.settings.home)

    @router.get(f"{PLACE}/{{number}}/case")
    def form(request: Request, number: Number, back: str = PLACE, member: Member = door.guard) -> Response:
        try:
            opinion = opening.feedback.get(number)
            corpus = corpus_of(opening)
            hits = _found(service, opinion)
            case = draft(
                opinion,
                Naming(corpus.catalogue),
                passages=[one.passage for one in hits or ()],
                known=corpus.titles,
            )
            typed = typed_of(case.model_copy(update={"id": team.free_id(case.id)}))
            return show(request, member, opinion, typed, corpus=corpus, hits=hits, back=ours(back))
        except PasserelleError as error:
            return member.refused(PLACE, error)

    @router.post(f"{PLACE}/{{number}}/case")
    def keep(request: Request, number: Number, member: Member = door.guard) -> Response:
        typed = {name: _text(member, name) for name in FIELDS}
        wrong: Mapping[str, Wrong] = {}
        refused = ""
        try:
            opinion = opening.feedback.get(number)
            corpus = corpus_of(opening)
            found = read(typed, _known(opening, corpus, team.cases()))
            if isinstance(found, Case):
                try:
                    team.append(found)
                    opening.feedback.decide(number, "handled", case=found.id)
                    return member.back(back_of(member), "feedback.case.made", name=found.id)
                except GoldenWrong as error:
                    refused = as_sentence(explain(error, language_of(request)))
            else:
                wrong = found
            return show(
                request, member, opinion, typed, corpus=corpus, hits=_found(service, opinion),
                back=back_of(member), wrong=wrong, refused=refused,
            )  # fmt: skip
        except PasserelleError as error:
            return member.refused(back_of(member), error)

    def show(
        request: Request,
        member: Member,
        opinion: Opinion,
        typed: Mapping[str, str],
        *,
        corpus: Corpus,
        hits: Sequence[Hit] | None,
        back: str,
        wrong: Mapping[str, Wrong] | None = None,
        refused: str = "",
    ) -> Response:
        every = [case for one in golden_sets(opening.settings) for case in one.cases]
        return team_page(
            pages, request, member, "team/feedback/case.html", status=422 if wrong or refused else 200,
            opinion=opinion, said=said_of(opinion, language_of(request)), typed=typed, hits=hits, back=back,
            wrong=wrong or {}, refused=refused, known=_known(opening, corpus, team.cases()), corpus=corpus,
            kinds=list(kinds_of(every)), yes=YES, no=NO, amounts=amounts, reader_address=reader_address,
            place=f"{PLACE}/{opinion.id}/case",
        )  # fmt: skip

    return router


def _found(service: Service, opinion: Opinion) -> Sequence[Hit] | None:
    """Return the passages nearest to the question of an opinion, None while none can be looked for."""
    try:
        return service.assistant.search(opinion.question, k=_FOUND)
    except PasserelleError:
        return None


def _known(opening: Opening, corpus: Corpus, cases: Sequence[Case]) -> Known:
    return Known(
        themes=[one.id for one in corpus.catalogue.themes],
        initiatives=[one.id for one in corpus.catalogue.initiatives],
        documents=corpus.titles,
        limit=opening.settings.question_limit,
        before=cases,
        taken={one.id for one in cases},
    )


def _text(member: Member, name: str) -> str:
    found = member.form.get(name)
    return found if isinstance(found, str) else ""
