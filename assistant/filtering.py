"""Filtering: which initiatives of the catalogue a question means, and the sentence that shows it of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Support
from assistant.cues import COMPLETE, NEGATES
from assistant.demands import heading_stems, is_unknown_name
from assistant.evidence import coverage
from assistant.facts import FIELD_OF, carrier, counted_by, presentation
from assistant.framing import enumerate_names, frame
from assistant.language import is_adverb, is_infinitive, is_participle
from assistant.question import Asked, Term
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Initiative, Theme
from corpus.index import Index
from corpus.sentences import clauses
from corpus.words import STOP_WORDS, content, stem, stems, words

# The share of a filter's words that a sentence of an initiative must speak to.
_MATCHES = 0.5
# Of several that do, the share of the best that the others must reach.
_NEARLY = 0.7
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_BEFORE = re.compile(r"\b(?:avant|before|jusqu|anterieur\w*|until|prior|deja|already)\b")
# Of those, the words that leave the year itself out, and those that do so after it.
_STRICTLY = re.compile(r"\b(?:avant|before|anterieur\w*|prior)\b(?! (?:ou en|or in)\b)")
_QUOTED = re.compile(r"«([^»]+)»|“([^”]+)”|\"([^\"]+)\"")
_OR = re.compile(r" (?:ou|or) ")
_AFTER = re.compile(r"\b(?:apres|depuis|after|since|posterieur\w*|a partir|from)\b")
_LATER = re.compile(r"\b(?:apres|after|posterieur\w*)\b")
_NO_END = 9999
FOUNDING = ("cre", "fond", "lanc", "nai", "found", "establish", "start", "exist", "anne", "year", "dat")
_BOUND = re.compile(
    r"\b(?:plus|moins|more|less|fewer|over|under|au moins|at least) (?:(?:de|d|que|than) )?"
    r"(?P<bound>\d+(?: \d{3})*) [a-z]+"
)
_MORE = re.compile(r"plus|more|over|au moins|at least")
# Words of a territory that many places share.
_GENERIC_PLACES = frozenset(
    [
        "commune",
        "ville",
        "agglomeration",
        "bassin",
        "emploi",
        "territoire",
        "region",
        "departement",
        "quartier",
        "pays",
    ]
)


@dataclass(frozen=True, slots=True)
class Filtered:
    """Initiatives that passed, each with the sentence that shows it, and the filter in words."""

    members: tuple[tuple[Initiative, Support], ...]
    said: str
    examined: int = 0
    """How many initiatives were looked at."""
    field: str = ""
    """The field of the catalogue that the filter looks at, "year" or "territory"."""
    blank: int = 0
    """Of how many of those examined the field is not documented: any of them may be missing here."""
    alone: bool = False
    """Whether nothing but years, a theme or a figure was asked for: that none passes is then an answer."""


def _allowed(asked: Asked, index: Index) -> list[Initiative]:
    """Return the initiatives of the themes that the question is restricted to, all when it is to none."""
    return [
        one for one in index.catalogue.initiatives if not asked.themes or set(asked.themes) & set(one.themes)
    ]


def members_of(asked: Asked, index: Index) -> list[Initiative]:
    """Return the initiatives under every theme that the question names, or any where none is under all.

    Those outside the themes that it is restricted to are left out.
    """
    themes = {one for one in asked.entities if index.catalogue.theme(one)}
    allowed = _allowed(asked, index)
    under_all = [one for one in allowed if themes <= set(one.themes)]
    return under_all or [one for one in allowed if themes & set(one.themes)]


def filtered(asked: Asked, index: Index, *, noun: str, forms: frozenset[str]) -> Filtered | None:
    """Apply every filter of the question; None when it narrows in a way that no initiative answers."""
    said: list[str] = []
    language = asked.language
    members: list[tuple[Initiative, Support]] = [
        (one, support) for one in members_of(asked, index) if (support := presentation(one.id, index=index))
    ]
    themes = [theme for one in asked.entities if (theme := index.catalogue.theme(one))]
    if NEGATES.search(asked.plain):
        return _without(asked, themes, index)
    if themes:
        name = " », « ".join(theme.called(language) for theme in themes)
        said.append(frame("filter.theme", language, name=name))
    for theme in themes:
        members = [
            (one, replace(support, theme_id=theme.id) if theme.id in one.themes else support)
            for one, support in members
        ]
    rest = list(narrowing(asked, noun))
    year = _YEAR.search(asked.plain)
    for kind in asked.kinds:
        # "Quelles initiatives ont un site ?": those whose fiche documents the field, shown by its words.
        if kind in FIELD_OF and kind not in ("form", "theme") and not year:
            name = FIELD_OF[kind]
            members = [
                (one, carried[0]) for one, _ in members if (carried := carrier(one, name, index=index))
            ]
            rest = _without_founding(rest) if kind == "date" else rest
    asked_forms = [word for word in (noun, *(term.word for term in rest)) if word.removesuffix("s") in forms]
    for word in asked_forms[:1]:
        form = word.removesuffix("s")
        members = [(one, support) for one, support in members if form in words(one.form or "")]
        rest = [term for term in rest if term.word != word]
        if not said:
            said.append(frame("filter.form", language, name=asked.spelt(word)))
    among = [one for one, _ in members]
    members, rest, place = _in_territory(members, rest, index)
    said += [frame("filter.place", language, name=place)] if place else []
    field = "year" if year else "territory" if place else ""
    if year:
        members, years = _by_year(members, asked, index)
        said.append(years)
        rest = _without_founding(rest)
    bounded = _BOUND.search(asked.plain)
    if bounded and rest and not year:
        members = _by_figure(members, bounded, rest, index)
        spelt = " ".join(map(asked.spelt, bounded.group().split()))
        said.append(frame("filter.words", language, name=spelt))
    elif rest:
        alternatives = _alternatives(rest, asked)
        speaking = _speaking(members, alternatives, index) if alternatives else members
        whole = said or COMPLETE.search(asked.plain)
        if speaking or not (whole and _is_turn_of_phrase(rest, asked)):
            members = speaking
            spelt = " ".join(asked.spelt(term.word) for term in rest)
            said.append(frame("filter.words", language, name=spelt))
    return Filtered(
        tuple(members),
        "".join(said),
        examined=len(_allowed(asked, index)),
        field=field,
        blank=sum(getattr(one, field) is None for one in among) if field else 0,
        alone=bool(bounded) or (bool(year) != bool(themes) and not rest and not asked_forms and not place),
    )


def _without(asked: Asked, themes: Sequence[Theme], index: Index) -> Filtered | None:
    """Return the initiatives under none of the themes, or whose fiche lacks a field: "n'ont pas de site"."""
    ids = {theme.id for theme in themes}
    fields = [FIELD_OF[kind] for kind in asked.kinds if kind in FIELD_OF and kind not in ("form", "theme")]
    if not ids and not fields:
        return None
    members = [
        (one, support)
        for one in _allowed(asked, index)
        if not ids & set(one.themes)
        and all(getattr(one, name) is None for name in fields)
        and (support := presentation(one.id, index=index))
    ]
    names = " », « ".join(theme.called(asked.language) for theme in themes)
    said = frame("filter.outside", asked.language, name=names) if names else ""
    for name in fields:
        said += frame("filter.lacking", asked.language, name=frame(f"label.{name}", asked.language))
    return Filtered(tuple(members), said, examined=len(_allowed(asked, index)))


def _is_turn_of_phrase(rest: Sequence[Term], asked: Asked) -> bool:
    """Say whether what no initiative speaks of is one plain word: "qu'y a-t-il en magasin côté culture ?"."""
    asked_of = rest[0].attribute and rest[0].foreign
    plain = len(rest) == 1 and not asked_of and not is_unknown_name(rest[0], asked)
    return plain and not asked.numbers


def _without_founding(rest: Sequence[Term]) -> list[Term]:
    """Leave out the words that say when: "fondées", "avant", "2016"."""
    return [
        term
        for term in rest
        if not term.own.isdigit()
        and not term.own.startswith(FOUNDING)
        and not _BEFORE.fullmatch(term.word)
        and not _AFTER.fullmatch(term.word)
    ]


def narrowing(asked: Asked, noun: str) -> list[Term]:
    """Return the words of the question that say which members are meant.

    What is done counts where nothing else does: "qui cherchent à renforcer le lien social" asks for the bond.
    """
    forms = {stem(form) for word in words(noun) for form in (word, word.removesuffix("s"))}
    quoted = {word for some in _QUOTED.findall(asked.standalone) for word in words(" ".join(some))}
    literal = [replace(term, mates=frozenset()) for term in asked.terms if term.word in quoted]
    if literal:
        return literal
    told = [
        term
        for term in asked.terms
        if not is_adverb(term.word)
        and (not term.verb or (not term.foreign and _is_participle(term.word, asked)))
        and term.own not in NEUTRAL
        and term.word in asked.plain
        and term.own not in forms
    ]
    return [term for term in told if not is_infinitive(term.word)] or told


def _is_participle(word: str, asked: Asked) -> bool:
    """Say whether a folded word is a participle: not "aide" in "qui aide les écoles"."""
    return is_participle(word) and not re.search(rf"\bqui {re.escape(word)}\b", asked.plain)


def form_nouns(index: Index) -> frozenset[str]:
    return frozenset(
        word
        for one in index.catalogue.initiatives
        for part in (one.form or "").split(",")
        for word in words(part)[:1]
        if word not in STOP_WORDS and word not in ("projet", "circuit", "commune")
    )


def _in_territory(
    members: Sequence[tuple[Initiative, Support]], rest: Sequence[Term], index: Index
) -> tuple[list[tuple[Initiative, Support]], list[Term], str]:
    """Keep the initiatives whose territory the question names, if it names one."""
    kept: list[tuple[Initiative, Support]] = []
    used: set[str] = set()
    for one, _ in members:
        places = {stem(word) for word in content(words(one.territory or "")) if word not in _GENERIC_PLACES}
        shared = {term.own for term in rest} & places
        supports = carrier(one, "territory", index=index)
        if shared and supports:
            used |= shared
            kept.append((one, supports[0]))
    if not kept:
        return list(members), list(rest), ""
    left = [term for term in rest if term.own not in used and term.word not in _GENERIC_PLACES]
    return kept, left, enumerate_names([one.territory or "" for one, _ in kept], "fr")


def _by_year(
    members: Sequence[tuple[Initiative, Support]], asked: Asked, index: Index
) -> tuple[list[tuple[Initiative, Support]], str]:
    """Keep the initiatives founded in the years that a question names; say which in words."""
    named = [int(one) for one in _YEAR.findall(asked.plain)]
    low, high, key = _span(named, asked.plain)
    kept = [
        (one, carrier(one, "year", index=index)) for one, _ in members if one.year and low <= one.year <= high
    ]
    said = frame(f"filter.{key}", asked.language, year=min(named), until=max(named))
    return [(one, found[0]) for one, found in kept if found], said


def _span(named: Sequence[int], plain: str) -> tuple[int, int, str]:
    """Return the first and the last year that are meant, and the key of the filter's wording."""
    if len(named) > 1:
        return min(named), max(named), "between"
    (year,) = named
    before, after = _BEFORE.search(plain), _AFTER.search(plain)
    if before and not after:
        return (0, year - 1, "before") if _STRICTLY.search(plain) else (0, year, "until")
    if after and not before:
        return (year + 1, _NO_END, "after") if _LATER.search(plain) else (year, _NO_END, "since")
    return year, year, "in"


def _alternatives(rest: Sequence[Term], asked: Asked) -> list[list[Term]]:
    """Return the words as the question puts them one beside the other: "l'écologie ou l'agriculture"."""
    parts = [set(part.split()) for part in _OR.split(asked.plain)]
    groups = [[term for term in rest if term.word in part] for part in parts]
    if len(groups) > 1 and not groups[0]:
        return []  # "des PTCE, ou en train d'en bâtir un": the first is what was filtered by already
    return [group for group in groups if group] if all(groups[1:]) else [list(rest)]


def _speaking(
    members: Sequence[tuple[Initiative, Support]], alternatives: Sequence[Sequence[Term]], index: Index
) -> list[tuple[Initiative, Support]]:
    """Keep the initiatives that speak of an alternative nearly as fully as the one that does most."""
    kept: dict[str, tuple[Initiative, Support]] = {}
    for rest in alternatives:
        found = [
            (one, shows)
            for one, _ in members
            if (shows := speaks_of(one, rest, index)) and _speaks_of_rarest(shows, rest)
        ]
        whole = [(one, shows) for one, shows in found if _speaks_wholly(shows, rest)]
        found = whole or found  # "créée par ses habitants": not where inhabitants are merely spoken of
        most = max((shows.score for _, shows in found), default=0.0)
        for one, shows in found:
            if shows.score >= _NEARLY * most:
                kept.setdefault(one.id, (one, shows))
    return [kept[one.id] for one, _ in members if one.id in kept]


def _speaks_wholly(support: Support, rest: Sequence[Term]) -> bool:
    held = set(stems(support.quote))
    return all({term.own, *term.mates} & held for term in rest)


def _speaks_of_rarest(support: Support, rest: Sequence[Term]) -> bool:
    """Say whether what says most is said: "l'insertion par l'activité économique" is no other activity."""
    rarest = max(rest, key=lambda term: term.weight)
    return bool({rarest.own, *rarest.mates} & ({*stems(support.quote)} | heading_stems(support.passage)))


def _by_figure(
    members: Sequence[tuple[Initiative, Support]], found: re.Match[str], rest: Sequence[Term], index: Index
) -> list[tuple[Initiative, Support]]:
    """Keep the initiatives with a figure of what is counted beyond a bound: "plus de 500 salariés"."""
    bound, more = int(found.group("bound").replace(" ", "")), bool(_MORE.match(found.group()))
    counts = {word for term in rest for word in (term.own, *term.mates)}
    return [
        (one, shown[0])
        for one, _ in members
        if (
            shown := [
                said
                for value, said in counted_by(one, counts, index=index)
                if (value > bound if more else value < bound)
            ]
        )
    ]


def speaks_of(initiative: Initiative, rest: Sequence[Term], index: Index) -> Support | None:
    scored = [
        (coverage(rest, clause, passage), -place, passage, clause)
        for passage in index.by_initiative.get(initiative.id, [])
        for place, clause in enumerate(clauses(passage.text))
        if clause.stems & {one for term in rest for one in (term.own, *term.mates)}
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return Support(best[2], best[3].text, best[0]) if best and best[0] >= _MATCHES else None
