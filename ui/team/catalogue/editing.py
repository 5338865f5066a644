"""The form of a fiche: shown, filled and saved, and a version prepared of what was saved."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from corpus.catalogue import Fiche, fiche_to_json
from corpus.documents import Language
from corpus.errors import PasserelleError
from corpus.records import DocumentRow
from ingest.naming import slug
from ui.errors import FicheUnknown, JobRunning
from ui.opening import Opening
from ui.reasons_fr import in_french
from ui.team.apart import perform
from ui.team.catalogue.checking import Sound, check
from ui.team.catalogue.editions import read_editions
from ui.team.catalogue.holdings import Holdings, read_holdings, text_of
from ui.team.catalogue.slides import said_of
from ui.team.catalogue.typed import KINDS, PAIRS, SHAPES, Mistake, Typed, fields_of, typed_from, typed_of
from ui.team.catalogue.writing import as_written_here, first_text, parts
from ui.team.documents.overview import KIND
from ui.team.documents.staging import STAGE, inbox_of
from ui.team.door import Door, Member
from ui.team.framing import team_page
from ui.team.jobs import Jobs
from ui.text import as_sentence, say, unbroken
from ui.web.language import language_of
from ui.web.pages import Pages

CATALOGUE = "/admin/catalogue"
_BLANK = 2  # rows to fill in beside those that are
_MORE = 5  # rows that are added when asked for


def editing_routes(pages: Pages, door: Door, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(f"{CATALOGUE}/new")
    def new(
        request: Request, kind: str = "initiative", name: str = "", out_of: str = "",
        member: Member = door.guard,
    ) -> Response:  # fmt: skip
        try:
            holdings = read_holdings(opening)
            typed = _begun(opening, holdings, kind=kind, name=name, out_of=out_of)
        except PasserelleError as error:
            return member.refused(CATALOGUE, error)
        return show(request, member, holdings, typed, new=True)

    @router.get(f"{CATALOGUE}/fiche/{{id}}")
    def edit(request: Request, id: str, edition: str = "", member: Member = door.guard) -> Response:
        try:
            holdings = read_holdings(opening)
            row = _known(holdings, id)
            now = text_of(opening, holdings, row)
            texts = [one.text for one in read_editions(opening, holdings, id) if one.sha256 == edition]
            fields, body = parts(texts[0] if texts else now, file=row.file)
        except PasserelleError as error:
            return member.refused(CATALOGUE, error)
        typed = replace(typed_of(fields, body), id=id)
        return show(request, member, holdings, typed, base=_base(now), earlier=bool(texts))

    @router.get(f"{CATALOGUE}/fiche")
    def unnamed(_member: Member = door.guard) -> Response:
        # Where a form was sent that had mistakes: its page has this address, and a login leads back to it.
        return RedirectResponse(CATALOGUE, status_code=303)

    @router.post(f"{CATALOGUE}/fiche")
    def save(request: Request, member: Member = door.guard) -> Response:
        typed = typed_from(member.form)
        is_new = member.form.get("new") == "1"
        seen = str(member.form.get("base", ""))
        try:
            holdings = read_holdings(opening)
            row = None if is_new else _known(holdings, typed.id)
            now = text_of(opening, holdings, row) if row else ""
            if member.form.get("act") == "more":
                return show(request, member, holdings, typed, new=is_new, base=seen, blank=_MORE)
            found = check(typed, holdings, new=is_new)
            if not isinstance(found, Sound):
                return show(request, member, holdings, typed, new=is_new, base=seen, mistakes=found)
            if row and seen != _base(now):
                return show(request, member, holdings, typed, base=_base(now), moved=True)
            if row and found.text == as_written_here(now, file=row.file):
                return member.back(f"{CATALOGUE}/fiche/{typed.id}", "catalogue.same")
            return _kept(opening, jobs, member, found)
        except PasserelleError as error:
            return member.refused(CATALOGUE, error)

    def show(
        request: Request,
        member: Member,
        holdings: Holdings,
        typed: Typed,
        *,
        new: bool = False,
        base: str = "",
        mistakes: Sequence[Mistake] = (),
        moved: bool = False,
        earlier: bool = False,
        blank: int = _BLANK,
    ) -> Response:
        language = language_of(request)
        pending = None if new else holdings.pending.get(typed.id)
        status = 422 if mistakes else 409 if moved else 200
        return team_page(
            pages, request, member, "team/catalogue/fiche.html", status=status, typed=typed, new=new,
            base=base, moved=moved, earlier=earlier, blank=blank, names=fields_of(typed.kind), shapes=SHAPES,
            pairs=PAIRS, wrong=said_at_fields(mistakes, language), themes=holdings.themes(),
            pending=pending is not None, waiting=holdings.waiting if pending and pending.is_held else None,
            beside={} if new else beside(typed, holdings.catalogue.get(typed.id)), place=CATALOGUE,
        )  # fmt: skip

    return router


def said_at_fields(mistakes: Sequence[Mistake], language: Language) -> Mapping[str, Sequence[str]]:
    """Return what is said at each field that has a mistake."""
    said: dict[str, list[str]] = {}
    for one in mistakes:
        reason = unbroken(str(in_french(one.reason))) if language == "fr" else one.reason
        if one.at is not None:
            reason = say("catalogue.wrong.at", language, number=one.at, reason=reason)
        said.setdefault(one.field, []).append(as_sentence(reason))
    return said


def beside(typed: Typed, fiche: Fiche | None) -> Mapping[str, str]:
    """Return what the catalogue takes from slides where the fiche itself says nothing."""
    if fiche is None:
        return {}
    whole = typed_of(fiche_to_json(fiche))
    found = {
        name: text.replace("\n", " · ") for name, text in whole.texts.items() if not typed.texts.get(name)
    }
    for name, pairs in whole.pairs.items():
        if pairs and not typed.pairs.get(name):
            found[name] = " · ".join(" ".join(filter(None, pair)) for pair in pairs)
    return found


def _begun(opening: Opening, holdings: Holdings, *, kind: str, name: str, out_of: str) -> Typed:
    """Return the form of a new fiche, filled with what slides say of it where it was read from some.

    Raises FicheUnknown.
    """
    if out_of:
        fiche = holdings.catalogue.get(out_of)
        if fiche is None or holdings.written(out_of):
            raise FicheUnknown(id=out_of)
        return typed_of(fiche_to_json(fiche), first_text(fiche.name, said_of(opening, holdings, fiche)))
    clean = " ".join(name.split())[:400]
    fields: dict[str, Any] = {"kind": kind if kind in KINDS else "initiative"}
    if clean:
        fields |= {"name": clean, "id": slug(clean)}
    return typed_of(fields, first_text(clean))


def _known(holdings: Holdings, id: str) -> DocumentRow:
    row = holdings.written(id)
    if row is None:
        raise FicheUnknown(id=id)
    return row


def _base(text: str) -> str:
    """Return what tells one edition of a file from another."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _kept(opening: Opening, jobs: Jobs, member: Member, sound: Sound) -> Response:
    """Put a fiche into the inbox, and begin to prepare a version with all that is in it."""
    inbox_of(opening).receive(sound.file, BytesIO(sound.text.encode("utf-8")))
    to, name = f"{CATALOGUE}#job", sound.fiche.name
    try:
        jobs.start(KIND, name, lambda progress: perform(opening, STAGE, [], progress))
    except JobRunning:
        return member.back(CATALOGUE, "catalogue.saved.later", name=name)
    return member.back(to, "catalogue.saved", name=name)
