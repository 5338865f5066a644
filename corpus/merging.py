"""Merging: what a document says of an initiative or theme joins the fiche that there is of it already."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from rapidfuzz import fuzz

from corpus.catalogue import Carried, Fiche, Initiative, joined
from corpus.words import content, words

# Percent of letters alike, for names of eight letters or more: a scanner's slip, never another name.
_ALIKE = 90
_SHORTEST = 8


def merge(written: Sequence[Carried], derived: Sequence[Carried]) -> tuple[list[Carried], dict[str, str]]:
    """Return one fiche for each initiative and theme, and which other id became which.

    A written fiche keeps all that it says, and takes over what it leaves open; of several derived ones the
    first leads. They are the same if they share an id, a name, nearly a name, or a link that is not the front
    page of several. Two that were written are the same if what they are called is, or nearly.
    """
    fiches, merged = _twins_joined(written)
    shared = _shared([("", "", one) for _, _, one in written]) | _shared(derived)
    for file, document, fiche in derived:
        place = next((at for at, (_, _, one) in enumerate(fiches) if _is_same(one, fiche, shared)), None)
        new = _under(fiche, merged)
        if place is None:
            fiches.append((file, document, _without_claimed(new, [one for _, _, one in fiches])))
            continue
        own_file, own_document, own = fiches[place]
        merged[fiche.id] = own.id
        others = [one for at, (_, _, one) in enumerate(fiches) if at != place]
        fiches[place] = (own_file, own_document, _without_claimed(_joined(own, new), others, keep=own))
    return fiches, merged


def _twins_joined(written: Sequence[Carried]) -> tuple[list[Carried], dict[str, str]]:
    """Return the written fiches, those of one thing as one: the fullest leads, whatever their order."""
    fiches: list[Carried] = []
    merged: dict[str, str] = {}
    for one in sorted(written, key=lambda carried: (-_fullness(carried[2]), carried[2].id)):
        place = next((at for at, other in enumerate(fiches) if _is_twin(other[2], one[2])), None)
        if place is None:
            fiches.append(one)
            continue
        file, document, own = fiches[place]
        merged[one[2].id] = own.id
        fiches[place] = (file, document, _joined(own, one[2], themes=True))
    order = {carried[2].id: at for at, carried in enumerate(written)}
    fiches = [(file, document, _under(fiche, merged)) for file, document, fiche in fiches]
    return sorted(fiches, key=lambda carried: order[carried[2].id]), merged


def _fullness(fiche: Fiche) -> int:
    """Return how many fields of a fiche say something."""
    return len(fiche.model_dump(exclude_defaults=True))


def _is_twin(one: Fiche, other: Fiche) -> bool:
    """Say whether two fiches that people wrote are of one thing: by what they are called, never by a link.

    An id given twice is a mistake that is told.
    """
    if one.kind != other.kind or one.id == other.id:
        return False
    return joined(one.name) == joined(other.name) or _is_near(one.name, other.name)


def _shared(fiches: Sequence[Carried]) -> frozenset[str]:
    """Return the front pages that one document links to for several initiatives: a network's, say."""
    own = {
        (document, _place(one.site), joined(one.name))
        for _, document, one in fiches
        if isinstance(one, Initiative) and one.site
    }
    bearers = Counter((document, place) for document, place, _ in own if "/" not in place)
    return frozenset(place for (_, place), number in bearers.items() if number > 1)


def _is_same(one: Fiche, other: Fiche, shared: frozenset[str]) -> bool:
    if one.kind != other.kind:
        return False
    names, others = ({joined(name) for name in fiche.names} for fiche in (one, other))
    if one.id == other.id or names & others:
        return True
    if isinstance(one, Initiative) and isinstance(other, Initiative) and one.site and other.site:
        place = _place(one.site)
        if place != _place(other.site):
            return False
        if place not in shared:
            return True
    return any(_is_near(name, another) for name in one.names for another in other.names)


def _is_near(name: str, another: str) -> bool:
    """Say whether two names are one that was misread: neither a number nor a word more or less."""
    if min(len(joined(name)), len(joined(another))) < _SHORTEST:
        return False
    if re.findall(r"\d+", name) != re.findall(r"\d+", another):
        return False
    own, others = (set(content(words(one))) for one in (name, another))
    return not (own < others or others < own) and fuzz.ratio(joined(name), joined(another)) >= _ALIKE


def _place(link: str) -> str:
    parts = urlsplit(link)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}".casefold()


def _under(fiche: Fiche, merged: dict[str, str]) -> Fiche:
    """Return a fiche under the ids that its themes have become."""
    if not isinstance(fiche, Initiative):
        return fiche
    themes = dict.fromkeys(merged.get(one, one) for one in fiche.themes)
    return fiche.model_copy(update={"themes": tuple(themes)})


def _joined(own: Fiche, new: Fiche, *, themes: bool = False) -> Fiche:
    """Return a fiche with what it leaves open filled from another, every source kept.

    Its themes stay its own, unless those of both are asked for.
    """
    said = {joined(name) for name in own.names}
    more: dict[str, object] = {
        "aliases": (*own.aliases, *(name for name in new.names if joined(name) not in said)),
        "figures": own.figures or new.figures,
        "sources": tuple(dict.fromkeys((*own.sources, *new.sources))),
    }
    if isinstance(own, Initiative) and isinstance(new, Initiative):
        for field in ("form", "site", "territory", "year", "strength", "objectives"):
            more[field] = getattr(own, field) or getattr(new, field)
        more["themes"] = tuple(dict.fromkeys((*own.themes, *new.themes))) if themes else own.themes
    return own.model_copy(update=more)


def _without_claimed(fiche: Fiche, others: Sequence[Fiche], *, keep: Fiche | None = None) -> Fiche:
    """Return a fiche without the further names that others bear: a doubtful name is no name."""
    taken = {joined(name) for one in others for name in one.names}
    kept = {joined(name) for name in keep.names} if keep else set()

    def free(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for name in names if joined(name) not in taken or joined(name) in kept)

    return fiche.model_copy(update={"aliases": free(fiche.aliases), "acronyms": free(fiche.acronyms)})
