"""Doubting: what a new document may be about, for somebody to say. Nothing doubtful is ever cited."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from corpus.catalogue import Catalogue, Theme
from corpus.documents import Passage
from corpus.names import Names
from corpus.records import LIKENESS, Doubt
from corpus.words import words
from ingest.reading import Loaded

# How far apart cosines of e5 lie that tell one subject from another: they are squeezed into a tenth.
_SPREAD = 0.02
_LIKELY = 0.5
_MISSPELT = 0.6
_MOST = 0.95
_KIND = (
    r"(?:l['’](?:association|initiative|entreprise (?:adaptée|d['’]insertion)|écodomaine)"
    r"|la (?:coopérative|SCIC|SCOP|régie(?: de quartier)?|ferme|ressourcerie|recyclerie|mutuelle|fondation)"
    r"|le (?:PTCE|tiers-lieu|pôle|collectif)|the (?:association|cooperative|initiative))"
)
_NAME = r"[A-ZÀ-Ý][\w’'-]+(?: (?:(?:du|de|des|la|le|les|en|sur) )*[A-ZÀ-Ý0-9][\w’'-]+){0,4}"
_NEW = re.compile(rf"\b(?i:{_KIND}) (?P<name>{_NAME})")
_MENTIONS = 2

Embed = Callable[[Sequence[str]], np.ndarray]


def doubts(
    loaded: Sequence[Loaded],
    *,
    tagged: Sequence[Passage],
    catalogue: Catalogue,
    names: Names,
    directions: Mapping[str, np.ndarray],
    embed: Embed,
) -> list[Doubt]:
    """Return what the new documents that are no fiches and no decks may be about.

    A name with a typo, a theme that a document without any lies close to, and what is called an association
    or the like, is named twice and has no fiche. `directions` are the documents' vectors by id.
    """
    plain = [one for one in loaded if not one.fiche and not one.derived]
    has_theme = {passage.document_id for passage in tagged if passage.themes}
    found = [doubt for one in plain for doubt in (*_misspelt(one, names, catalogue), *_new(one, names))]
    without = [one for one in plain if one.document.id not in has_theme and one.document.id in directions]
    if without and len(catalogue.themes) > 1:
        described = embed([_description(theme) for theme in catalogue.themes])
        for one in without:
            found += _near(one, catalogue.themes, described @ directions[one.document.id])
    surest: dict[tuple[str, str], Doubt] = {}
    for doubt in sorted(found, key=lambda one: one.confidence):
        surest[doubt.document, doubt.target] = doubt
    return list(surest.values())


def _misspelt(one: Loaded, names: Names, catalogue: Catalogue) -> Iterator[Doubt]:
    exact = {mention.fiche_id for mention in names.find(one.document.text, typos=False)}
    seen: set[str] = set()
    for line in one.document.text.split("\n"):
        for mention in names.find(line):
            fiche = catalogue.get(mention.fiche_id)
            if mention.exact or fiche is None or mention.fiche_id in exact | seen:
                continue
            if fiche.kind == "think-tank":
                continue
            seen.add(mention.fiche_id)
            why = " ".join(words(line)[mention.start : mention.end])
            yield _doubt(one, "theme" if fiche.kind == "theme" else "initiative", fiche.id, _MISSPELT, why)


def _new(one: Loaded, names: Names) -> Iterator[Doubt]:
    """Yield what is called an association or the like, is named at least twice, and has no fiche."""
    called = Counter(found["name"].rstrip("’'-") for found in _NEW.finditer(one.document.text))
    for name in called:
        times = one.document.text.count(name)
        if times >= _MENTIONS and not names.find(name):
            yield _doubt(one, "new initiative", name, min(0.9, 0.4 + 0.1 * times), f"× {times}")


def _near(one: Loaded, themes: Sequence[Theme], likeness: np.ndarray) -> Iterator[Doubt]:
    weights = np.exp((likeness - likeness.max()) / _SPREAD)
    shares = weights / weights.sum()
    best = int(np.argmax(shares))
    if shares[best] >= _LIKELY:
        why = f"{LIKENESS}{likeness[best]:.2f}"
        yield _doubt(one, "theme", themes[best].id, min(_MOST, float(shares[best])), why)


def _description(theme: Theme) -> str:
    return " — ".join(theme.names)


def _doubt(one: Loaded, kind: object, target: str, confidence: float, why: str) -> Doubt:
    document = one.document
    return Doubt(document.id, document.sha256, kind, target, round(confidence, 2), why)  # type: ignore[arg-type]
