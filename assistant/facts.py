"""Facts: single fields of the catalogue, each with the words of the fiche that carry it."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from assistant.answer import Draft, Support
from assistant.cues import Kind
from assistant.demands import numbers_in
from assistant.framing import frame, listed
from assistant.question import Asked
from corpus.catalogue import Catalogue, Initiative
from corpus.documents import Language, Passage
from corpus.index import Index
from corpus.sentences import Clause, clauses
from corpus.words import fold, stems, words

FIELDS = ("form", "themes", "territory", "year", "figures", "strength", "site")
FIELD_OF: dict[Kind, str] = {
    "place": "territory",
    "link": "site",
    "strength": "strength",
    "theme": "themes",
    "form": "form",
    "date": "year",
}
_COPULAS = frozenset(["est", "sont", "designe", "designent", "is", "are"])
_ONE_OF = re.compile(r"\b(?:est|is) (?:(?:l )?une? des?|one of)\b")
_ARTICLES = frozenset(["le", "la", "les", "l", "un", "une", "the", "a"])
# As many words as a heading seldom has.
_SENTENCE = 8
# How far behind the name the verb may stand: brackets and appositions come between.
_NEAR = 12
# The share of a value's words that a sentence must hold to carry it.
_HELD = 0.6


def value_of(initiative: Initiative, name: str, *, catalogue: Catalogue, language: Language) -> str | None:
    """Return a field as it is shown, None when it is not documented."""
    if name == "themes":
        found = [theme.called(language) for one in initiative.themes if (theme := catalogue.theme(one))]
        return listed(found, language)
    if name == "figures":
        return listed((f"{one.value} {one.counts}" for one in initiative.figures), language) or None
    value = getattr(initiative, name)
    return None if value is None else str(value)


def carrier(initiative: Initiative, name: str, *, index: Index) -> list[Support]:
    """Return the sentences of the initiative's passages that carry a field, none when no sentence does."""
    passages = index.by_initiative.get(initiative.id, [])
    found: list[Support | None]
    if name == "themes":
        names = [theme.names for one in initiative.themes if (theme := index.catalogue.theme(one))]
        found = [naming(passages, some[:1]) or naming(passages, some) for some in names]
    elif name == "figures":
        found = [best_clause(passages, f"{figure.value} {figure.counts}") for figure in initiative.figures]
    else:
        value = getattr(initiative, name)
        found = [best_clause(passages, str(value))] if value is not None else []
    return list(dict.fromkeys(support for support in found if support))


def best_clause(passages: Sequence[Passage], value: str) -> Support | None:
    """Return the sentence that holds a value: its link, or all its figures and most of its words."""
    if value.startswith("http"):
        pairs = ((passage, clause) for passage in passages for clause in clauses(passage.text))
        return next((Support(p, c.text, 1.0) for p, c in pairs if value in c.text), None)
    wanted, figures = set(stems(value)), numbers_in(value)
    scored = [
        (len(wanted & (clause.stems | _digits(clause))) / len(wanted), passage, clause)
        for passage in passages
        for clause in clauses(passage.text)
        if wanted and figures <= numbers_in(clause.text)
    ]
    best = max(scored, key=lambda one: one[0], default=None)
    return Support(best[1], best[2].text, 1.0) if best and best[0] >= _HELD else None


def counted_by(initiative: Initiative, counted: Set[str], *, index: Index) -> list[tuple[int, Support]]:
    """Return the figures that count something, by stems of its name, each with the sentence that says it."""
    passages = index.by_initiative.get(initiative.id, [])
    return [
        (value, shown)
        for figure in initiative.figures
        if counted & set(stems(figure.counts))
        and (value := max(map(int, numbers_in(figure.value)), default=None)) is not None
        and (shown := best_clause(passages, f"{figure.value} {figure.counts}"))
    ]


def presentation(fiche_id: str, *, index: Index) -> Support | None:
    """Return the sentence that says what a theme or initiative is: the first of its fiche."""
    return next(iter(opening(fiche_id, index=index, sentences=1)), None)


def opening(fiche_id: str, *, index: Index, sentences: int) -> list[Support]:
    """Return at most so many sentences from the beginning of a fiche, links left out.

    They begin with the first that says what it is, where one does: slides open with figures and headings.
    """
    fiche = index.catalogue.get(fiche_id)
    passages = index.by_fiche.get(fiche_id, [])
    told = [Support(p, c.text, 1.0) for p in passages for c in clauses(p.text) if not c.has_link]
    names = [words(name) for name in fiche.names] if fiche else []
    defines = next((place for place, one in enumerate(told) if _defines(one.quote, names)), 0)
    if told and _begins(told[0].quote, names) and len(words(told[0].quote)) >= _SENTENCE:
        defines = 0  # "Les circuits courts impliquent tous les acteurs": people define by other verbs too
    return told[defines : defines + sentences]


def _defines(sentence: str, names: Sequence[Sequence[str]]) -> bool:
    """Say whether a sentence begins with a name and what its bearer is: "Les PTCE sont constitués …".

    To be one of several tells little: "X est l'un des thèmes".
    """
    spoken = words(sentence)
    name = _begins(sentence, names)
    after = spoken[spoken.index(name[0]) + len(name) :][:_NEAR] if name else []
    return not _ONE_OF.search(" ".join(spoken)) and any(word in _COPULAS for word in after)


def _begins(sentence: str, names: Sequence[Sequence[str]]) -> Sequence[str]:
    """Return the longest of the names that a sentence begins with, none when it begins otherwise."""
    spoken = words(sentence)
    while spoken and spoken[0] in _ARTICLES:
        spoken = spoken[1:]
    return max((name for name in names if name and spoken[: len(name)] == list(name)), key=len, default=())


def state(asked: Asked, kind: Kind, initiative: Initiative, *, index: Index) -> list[Draft]:
    """Return the sentences that answer for one field of one initiative, none when it is not documented."""
    name = FIELD_OF[kind]
    supports = carrier(initiative, name, index=index)
    if asked.language == "fr":
        return [Draft(support.quote, (support,)) for support in supports]
    label = frame(f"label.{name}", "en")
    if name in ("year", "territory"):
        label = frame("labelled", "en", label=label, value=getattr(initiative, name))
    return [
        Draft(
            frame("labelled", "en", label=f"{short_name(initiative)} — {label}", value=f"“{one.quote}”"),
            (one,),
        )
        for one in supports
    ]


def short_name(initiative: Initiative) -> str:
    """Return the name without what stands in brackets."""
    return initiative.name.split(" (")[0]


def naming(passages: Sequence[Passage], names: Sequence[str]) -> Support | None:
    """Return the first sentence that holds one of the names."""
    folded = [fold(name) for name in names]
    pairs = [(passage, clause) for passage in passages for clause in clauses(passage.text)]
    return next(
        (Support(p, c.text, 1.0) for p, c in pairs if any(name in fold(c.text) for name in folded)), None
    )


def one_of_several(passages: Sequence[Passage], names: Sequence[str]) -> Support | None:
    """Return the sentence that calls what is named one of several, "« Culture » est l'un des axes …"."""
    pairs = ((passage, clause) for passage in passages for clause in clauses(passage.text))
    told = ((p, c) for p, c in pairs if _ONE_OF.search(" ".join(words(c.text))))
    folded = [fold(name) for name in names]
    return next(
        (Support(p, c.text, 1.0) for p, c in told if any(one in fold(c.text) for one in folded)), None
    )


def _digits(clause: Clause) -> frozenset[str]:
    return numbers_in(clause.text)


def quoted(asked: Asked, support: Support) -> Draft:
    """Return a sentence of a document as it is shown."""
    return Draft(frame("quoted", asked.language, quote=support.quote), (support,))
