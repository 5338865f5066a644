"""Merging: what a document says of an initiative or theme joins the fiche that there is of it already."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from corpus.catalogue import Carried, Fiche, Initiative, joined

# Percent of letters alike, for names of eight letters or more: a scanner's slip, never another name.
_ALIKE = 90
_SHORTEST = 8


def merge(written: Sequence[Carried], derived: Sequence[Carried]) -> tuple[list[Carried], dict[str, str]]:
    """Return one fiche for each initiative and theme, and which derived id became which.

    A written fiche keeps all that it says, and takes over what it leaves open; of several derived ones the
    first leads. They are the same if they share an id, a name, nearly a name, or a link that is not the front
    page of several.
    """
    fiches = list(written)
    merged: dict[str, str] = {}
    for file, document, fiche in derived:
        place = next((at for at, (_, _, one) in enumerate(fiches) if _is_same(one, fiche)), None)
        new = _under(fiche, merged)
        if place is None:
            fiches.append((file, document, _without_claimed(new, [one for _, _, one in fiches])))
            continue
        own_file, own_document, own = fiches[place]
        merged[fiche.id] = own.id
        others = [one for at, (_, _, one) in enumerate(fiches) if at != place]
        fiches[place] = (own_file, own_document, _without_claimed(_joined(own, new), others, keep=own))
    return fiches, merged


def _is_same(one: Fiche, other: Fiche) -> bool:
    if one.kind != other.kind:
        return False
    names, others = ({joined(name) for name in fiche.names} for fiche in (one, other))
    if one.id == other.id or names & others:
        return True
    if isinstance(one, Initiative) and isinstance(other, Initiative) and one.site and other.site:
        return _place(one.site) == _place(other.site)
    near = (
        fuzz.ratio(name, another)
        for name in names
        for another in others
        if min(len(name), len(another)) >= _SHORTEST
    )
    return any(ratio >= _ALIKE for ratio in near)


def _place(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".casefold()


def _under(fiche: Fiche, merged: dict[str, str]) -> Fiche:
    """Return a fiche under the ids that its themes have become."""
    if not isinstance(fiche, Initiative):
        return fiche
    return fiche.model_copy(update={"themes": tuple(merged.get(one, one) for one in fiche.themes)})


def _joined(own: Fiche, new: Fiche) -> Fiche:
    """Return a fiche with what it leaves open filled from another, every source kept."""
    said = {joined(name) for name in own.names}
    more: dict[str, object] = {
        "aliases": (*own.aliases, *(name for name in new.names if joined(name) not in said)),
        "figures": own.figures or new.figures,
        "sources": tuple(dict.fromkeys((*own.sources, *new.sources))),
    }
    if isinstance(own, Initiative) and isinstance(new, Initiative):
        for field in ("form", "site", "territory", "year", "strength", "objectives"):
            more[field] = getattr(own, field) or getattr(new, field)
        more["themes"] = own.themes
    return own.model_copy(update=more)


def _without_claimed(fiche: Fiche, others: Sequence[Fiche], *, keep: Fiche | None = None) -> Fiche:
    """Return a fiche without the further names that others bear: a doubtful name is no name."""
    taken = {joined(name) for one in others for name in one.names}
    kept = {joined(name) for name in keep.names} if keep else set()

    def free(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if joined(name) not in taken or joined(name) in kept)

    return fiche.model_copy(update={"aliases": free(fiche.aliases), "acronyms": free(fiche.acronyms)})
