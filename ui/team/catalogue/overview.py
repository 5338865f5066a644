"""The catalogue as a list: every theme and initiative, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from corpus.catalogue import Fiche, Initiative, read_fiche
from corpus.documents import Language
from corpus.errors import PasserelleError
from corpus.words import fold
from ui.opening import Opening
from ui.reader.address import reader_address
from ui.team.catalogue.editing import CATALOGUE
from ui.team.catalogue.editions import compare, read_editions
from ui.team.catalogue.holdings import Holdings, read_holdings
from ui.team.catalogue.typed import KINDS
from ui.team.catalogue.writing import as_written_here
from ui.team.documents.overview import KIND
from ui.team.door import Door, Member
from ui.team.following import shown_job
from ui.team.framing import team_page
from ui.team.jobs import Jobs
from ui.web.language import language_of
from ui.web.pages import Pages


@dataclass(frozen=True, slots=True)
class Entry:
    """A theme or an initiative in the list.

    `written` says that somebody wrote a fiche of it, else it was read from slides; `source` is then where
    they can be seen. `joined` is the name of the other fiche that says the same, "" for most.
    """

    id: str
    kind: str
    name: str
    themes: tuple[str, ...]
    territory: str
    written: bool
    pending: bool = False
    source: str = ""
    joined: str = ""


def overview_routes(pages: Pages, door: Door, opening: Opening, jobs: Jobs) -> APIRouter:
    """Return the routes."""
    router = APIRouter()

    @router.get(CATALOGUE)
    def overview(request: Request, q: str = "", member: Member = door.guard) -> Response:
        language = language_of(request)
        job = jobs.latest(KIND)  # before what it makes: what is said to be done is there
        try:
            holdings = read_holdings(opening)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        every = entries(holdings, language)
        found = [one for one in every if is_wanted(one, q)]
        return team_page(
            pages, request, member, "team/catalogue/overview.html",
            wanted=q, total=len(every), found=len(found),
            groups=[(kind, some) for kind in KINDS if (some := [one for one in found if one.kind == kind])],
            waiting=holdings.waiting, left=sum(not one.is_held for one in holdings.pending.values()),
            job=shown_job(job, language) if job else None, here=CATALOGUE, place=CATALOGUE,
        )  # fmt: skip

    @router.get(f"{CATALOGUE}/fiche/{{id}}/history")
    def history(
        request: Request, id: str, before: str = "", after: str = "", member: Member = door.guard
    ) -> Response:
        try:
            holdings = read_holdings(opening)
            found = read_editions(opening, holdings, id)
        except PasserelleError as error:
            return pages.refuse(request, error, status=503)
        places = {one.sha256: place for place, one in enumerate(found)}
        new = places.get(after, 0)
        old = places.get(before, min(new + 1, len(found) - 1))
        row = holdings.written(id)
        return team_page(
            pages, request, member, "team/catalogue/history.html", id=id, name=row.title if row else id,
            editions=found, new=new, old=old, place=CATALOGUE, known=row is not None,
            lines=compare(*(as_written_here(found[at].text, file=id) for at in (old, new))) if found else [],
        )  # fmt: skip

    return router


def entries(holdings: Holdings, language: Language) -> list[Entry]:
    """Return every theme and initiative, pending ones too, by name."""
    catalogue = holdings.catalogue
    found: dict[str, Entry] = {}
    for row in holdings.rows:
        if row.written:
            fiche = read_fiche(row.written, file=row.file)
            other = catalogue.get(catalogue.merged.get(fiche.id))
            joined = other.called(language) if other and other.id != fiche.id else ""
            found[fiche.id] = _entry(catalogue.get(fiche.id) or fiche, holdings, language, joined=joined)
    for fiche in catalogue:
        if fiche.id not in found:
            found[fiche.id] = _entry(fiche, holdings, language, source=_source(fiche, holdings))
    for id, one in holdings.pending.items():
        found[id] = _entry(read_fiche(one.row.written or {}, file=one.row.file), holdings, language)
    return sorted(found.values(), key=lambda one: (fold(one.name), one.id))


def is_wanted(entry: Entry, wanted: str) -> bool:
    """Say whether an entry has every word wanted in its name, id, territory or themes."""
    said = fold(" ".join([entry.name, entry.id, entry.territory, *entry.themes]))
    return all(word in said for word in fold(wanted).split())


def _entry(
    fiche: Fiche, holdings: Holdings, language: Language, *, source: str = "", joined: str = ""
) -> Entry:
    known = {one.id: one.called(language) for one in holdings.themes()}
    own = fiche.themes if isinstance(fiche, Initiative) else ()
    return Entry(
        id=fiche.id,
        kind=fiche.kind,
        name=fiche.called(language),
        themes=tuple(known.get(one, one) for one in own),
        territory=(fiche.territory or "") if isinstance(fiche, Initiative) else "",
        written=holdings.written(fiche.id) is not None,
        pending=fiche.id in holdings.pending,
        source=source,
        joined=joined,
    )


def _source(fiche: Fiche, holdings: Holdings) -> str:
    """Return where the slides that a fiche was read from can be seen."""
    document = holdings.catalogue.documents.get(fiche.id, "")
    slide = next((one.slide for one in fiche.sources if one.slide), None)
    return reader_address(document, slide, "") if document else ""
