"""The page of questions without an answer, gathered by subject: what there is to write, and how far it is."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from corpus.catalogue import Catalogue
from corpus.documents import Language
from corpus.errors import PasserelleError
from corpus.gaps import PROGRESS, Gap
from corpus.subjects import Naming, Subject, subjects
from ui.errors import SubjectUnknown
from ui.opening import Opening
from ui.team.door import Door, Member
from ui.team.feedback.choice import EVERY, Part, last_page, part_of
from ui.team.feedback.sheet import Cell, csv_response
from ui.team.feedback.thumbs import PLACE, back_of
from ui.team.framing import team_page
from ui.text import say
from ui.web.language import language_of
from ui.web.pages import Pages
from ui.web.service import Service

GAPS = f"{PLACE}/gaps"
SHEET = f"{PLACE}/gaps.csv"
MOST = 2000
"""Questions that are gathered; the less noted ones are left out."""
_SIZE = 20  # subjects of a page
_LISTED = 50  # questions of a subject that are shown
_COLUMNS = ("subject", "kind", "question", "times", "last", "version", "language", "progress")


class Backlog:
    """The gaps of a home by subject, as the catalogue of the live version names them."""

    def __init__(self, service: Service, opening: Opening) -> None:
        self._service = service
        self._opening = opening
        self._lock = threading.Lock()
        self._naming: tuple[int, Naming] | None = None

    def naming(self) -> Naming:
        """Return what finds the names of the live version; none while there is no version."""
        try:
            index = self._service.assistant.index
        except PasserelleError:
            return Naming(Catalogue())
        with self._lock:
            if self._naming is None or self._naming[0] != index.number:
                self._naming = index.number, Naming(index.catalogue)
            return self._naming[1]

    def subjects(self) -> list[Subject]:
        """Return all subjects, the most noted first. Raises as the ledger does."""
        return subjects(self._opening.noted.listed()[:MOST], self.naming())

    def subject(self, subject_id: str, *, until: datetime) -> Subject:
        """Return a subject with what had been noted of it until a moment. Raises SubjectUnknown."""
        found = next((one for one in self.subjects() if one.id == subject_id), None)
        seen = tuple(one for one in found.gaps if one.at <= until) if found else ()
        if found is None or not seen:
            raise SubjectUnknown()
        return Subject(found.id, found.kind, found.label, seen, fiche=found.fiche)


def backlog_routes(pages: Pages, door: Door, service: Service, opening: Opening) -> APIRouter:
    """Return the routes of the backlog."""
    router = APIRouter(include_in_schema=False)
    backlog = Backlog(service, opening)

    @router.get(GAPS)
    def gaps(request: Request, member: Member = door.guard) -> Response:
        try:
            context = _listed(backlog.subjects(), part_of(request.query_params))
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        days = opening.settings.feedback_days
        return team_page(pages, request, member, "team/feedback/backlog.html", days=days, **context)

    @router.get(SHEET)
    def sheet(request: Request, member: Member = door.guard) -> Response:
        language = language_of(request)
        try:
            found = backlog.subjects()
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        part = part_of(request.query_params)
        header = [say(f"feedback.gap.column.{one}", language) for one in _COLUMNS]
        rows = _rows([one for one in found if part.takes(one)], language)
        return csv_response(say("feedback.gaps.sheet", language), header, rows)

    @router.post(f"{GAPS}/progress")
    def decide(member: Member = door.guard) -> Response:
        back = back_of(member)
        progress = next((one for one in PROGRESS if one == member.form.get("progress")), None)
        try:
            subject = _meant(member, backlog)
            if progress is None:
                raise SubjectUnknown()
            opening.noted.decide([one.key for one in subject.gaps], progress)
        except PasserelleError as error:
            return member.refused(back, error)
        return member.back(back, f"feedback.progress.now.{progress}")

    @router.post(f"{GAPS}/forget")
    def forget(member: Member = door.guard) -> Response:
        back = back_of(member)
        try:
            subject = _meant(member, backlog)
            named = member.form.get("question")
            keys = [one.key for one in subject.gaps if not named or digest(one) == named]
            count = opening.noted.forget(keys)
        except PasserelleError as error:
            return member.refused(back, error)
        return member.back(back, "feedback.gaps.deleted", count=count)

    return router


def digest(gap: Gap) -> str:
    """Return what a form calls a gap: short, whatever the question."""
    return hashlib.blake2b(gap.key.encode(), digest_size=8).hexdigest()


def ask_address(question: str) -> str:
    """Return the address that asks a question in the chat."""
    return f"/?{urlencode({'q': question})}"


def _meant(member: Member, backlog: Backlog) -> Subject:
    """Return the subject of a form, as it stood when its page was shown. Raises SubjectUnknown."""
    subject, until = member.form.get("subject"), member.form.get("until")
    try:
        moment = datetime.fromisoformat(until if isinstance(until, str) else "")
    except ValueError as error:
        raise SubjectUnknown() from error
    if not isinstance(subject, str) or moment.tzinfo is None:
        raise SubjectUnknown()
    return backlog.subject(subject, until=moment)


def _listed(found: Sequence[Subject], part: Part) -> dict[str, Any]:
    shown = [one for one in found if part.takes(one)]
    last = last_page(len(shown), size=_SIZE)
    number = min(part.page, last)
    begin = (number - 1) * _SIZE
    return {
        "subjects": shown[begin : begin + _SIZE],
        "count": len(shown),
        "questions": sum(len(one.gaps) for one in shown),
        "begin": begin,
        "number": number,
        "last": last,
        "part": part,
        "here": part.address(GAPS, page=number),
        "place": GAPS,
        "sheet": part.address(SHEET),
        "until": datetime.now(UTC).isoformat(),
        "stages": PROGRESS,
        "every": EVERY,
        "listed": _LISTED,
        "most": MOST if sum(len(one.gaps) for one in found) >= MOST else None,
        "digest": digest,
        "ask_address": ask_address,
    }


def _rows(found: Sequence[Subject], language: Language) -> Iterator[Sequence[Cell]]:
    for subject in found:
        label = subject.label or say("feedback.subject.none", language)
        for gap in subject.gaps:
            yield (
                label,
                say(f"feedback.subject.{subject.kind}", language),
                gap.question,
                gap.times,
                gap.at.strftime("%Y-%m-%d %H:%M:%S"),
                gap.version,
                gap.language,
                say(f"feedback.progress.{gap.progress}", language),
            )
