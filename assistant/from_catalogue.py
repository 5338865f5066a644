"""Answers from the catalogue: lists, counts, rankings and comparisons, complete and cited line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Draft, Support
from assistant.comparing import compare, line, rank
from assistant.cues import (
    CHOOSES,
    COMPLETE,
    ENUMERATES,
    INITIATIVES,
    LISTED_FIELDS,
    NEGATES,
    THEMES,
    asks_for,
)
from assistant.evidence import coverage, is_unknown_name
from assistant.facts import FIELD_OF, best_clause, carrier, presentation
from assistant.framing import enumerate_names, frame
from assistant.language import is_infinitive, is_participle
from assistant.question import Asked, Term
from assistant.reply import Reply
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Initiative, Theme
from corpus.index import Index
from corpus.sentences import clauses
from corpus.words import STOP_WORDS, content, stem, words

# The share of a filter's words that a sentence of an initiative must speak to.
_MATCHES = 0.5
# Of several that do, the share of the best that the others must reach.
_NEARLY = 0.7
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_BEFORE = re.compile(r"\b(?:avant|before|jusqu|anterieur\w*|until|prior|deja|already)\b")
_OR = re.compile(r" (?:ou|or) ")
_AFTER = re.compile(r"\b(?:apres|depuis|after|since|posterieur\w*|a partir|from)\b")
_FOUNDING = ("cre", "fond", "lanc", "nai", "found", "establish", "start", "exist", "anne", "year", "date")
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
class _Filtered:
    """Initiatives that passed, each with the sentence that shows it, and the filter in words."""

    members: tuple[tuple[Initiative, Support], ...]
    said: str


def from_catalogue(asked: Asked, index: Index) -> Reply | None:
    """Answer from the catalogue, or return None when the question is not of that kind."""
    compared = compare(asked, index)
    if compared:
        return compared
    chosen = _which_of(asked, index)
    if chosen:
        return chosen
    named = [one for one in asked.entities if index.catalogue.initiative(one)]
    if named:
        return None
    ranked = rank(asked, _members(asked, index), index) if re.search(INITIATIVES, asked.plain) else None
    if ranked:
        return ranked
    return _list_field(asked, index) or _list_themes(asked, index) or _list_initiatives(asked, index)


def _allowed(asked: Asked, index: Index) -> list[Initiative]:
    """Return the initiatives of the themes that the question is restricted to, all when it is to none."""
    return [
        one for one in index.catalogue.initiatives if not asked.themes or set(asked.themes) & set(one.themes)
    ]


def _members(asked: Asked, index: Index) -> list[Initiative]:
    """Return the initiatives under every theme that the question names, or any where none is under all.

    Those outside the themes that it is restricted to are left out.
    """
    themes = {one for one in asked.entities if index.catalogue.theme(one)}
    allowed = _allowed(asked, index)
    under_all = [one for one in allowed if themes <= set(one.themes)]
    return under_all or [one for one in allowed if themes & set(one.themes)]


def _which_of(asked: Asked, index: Index) -> Reply | None:
    """Choose among the initiatives named, or those of the theme named: "lequel aide à l'insertion ?"."""
    members = [member for one in asked.entities if (member := index.catalogue.initiative(one))]
    if not members and len(asked.entities) == 1:
        members = list(index.catalogue.initiatives_of(asked.entities[0]))
    if len(members) < 2 or not CHOOSES.search(asked.plain):
        return None
    ranked = rank(asked, members, index)
    if ranked:
        return ranked
    rest = [term for term in asked.terms if term.own not in NEUTRAL]
    shown = [(one, shows) for one in members if (shows := _speaks_of(one, rest, index))] if rest else []
    return Reply([line(one, shows, asked.language) for one, shows in shown], layout="list") if shown else None


def _list_field(asked: Asked, index: Index) -> Reply | None:
    """List one field of every initiative: "donne la liste des sites internet"."""
    kinds = [kind for kind in FIELD_OF if kind in asked.kinds and kind not in ("theme", "form")]
    found = asks_for(asked.plain, LISTED_FIELDS)
    about_themes = asked.entities and not re.search(INITIATIVES, asked.plain)
    if len(kinds) != 1 or not found or about_themes or _narrowing(asked, found.group("noun")):
        return None
    carried = [(one, carrier(one, FIELD_OF[kinds[0]], index=index)) for one in _members(asked, index)]
    lines = [line(one, supports[0], asked.language) for one, supports in carried if supports]
    if len(lines) < 2:
        return None
    label = frame(f"label.{FIELD_OF[kinds[0]]}", asked.language)
    what = frame("initiatives", asked.language, count=len(lines))
    return Reply([Draft(frame("field", asked.language, name=label, what=what)), *lines], layout="list")


def _list_themes(asked: Asked, index: Index) -> Reply | None:
    found = asks_for(asked.plain, THEMES)
    if not found or asks_for(asked.plain, INITIATIVES) or _narrowing(asked, found.group("noun")):
        return None
    if any(index.catalogue.theme(one) for one in asked.entities):
        return None
    lines = []
    for theme in index.catalogue.themes:
        support = _theme_line(theme, index)
        if support:
            english = f"{theme.name_en} ({theme.name})" if theme.name_en else theme.name
            lines.append(Draft(theme.name if asked.language == "fr" else english, (support,)))
    if not lines:
        return None
    what = frame("themes" if len(lines) > 1 else "theme", asked.language, count=len(lines))
    return Reply([Draft(frame("catalogue", asked.language, what=what, filter="")), *lines], layout="list")


def _theme_line(theme: Theme, index: Index) -> Support | None:
    passages = index.by_fiche.get(theme.id, [])
    return best_clause(passages, theme.name) or presentation(theme.id, index=index)


def _list_initiatives(asked: Asked, index: Index) -> Reply | None:
    forms = _form_nouns(index)
    found = asks_for(asked.plain, INITIATIVES) or asks_for(
        asked.plain, rf"(?:{'|'.join(sorted(forms))})s?" if forms else "$^"
    )
    if not found:
        found = _asks_for_theme_members(asked, index)
    if not found or ("yes-no" in asked.kinds and COMPLETE.search(asked.plain)):
        return None  # "y a-t-il des PTCE dans tous les secteurs ?" asks for no list
    filtered = _filter(asked, index, noun=found.group("noun"), forms=forms)
    if filtered is None or not filtered.members:
        return None
    language = asked.language
    key = "initiatives" if len(filtered.members) > 1 else "initiative"
    what = frame(key, language, count=len(filtered.members))
    lines = [line(initiative, support, language) for initiative, support in filtered.members]
    return Reply(
        [Draft(frame("catalogue", language, what=what, filter=filtered.said)), *lines], layout="list"
    )


def _asks_for_theme_members(asked: Asked, index: Index) -> re.Match[str] | None:
    """Match "énumère les pôles territoriaux …": a theme whose members bear its name."""
    theme = index.catalogue.theme(asked.entities[0]) if len(asked.entities) == 1 else None
    borne = theme and any(
        acronym in (one.form or "")
        for acronym in theme.acronyms
        for one in index.catalogue.initiatives_of(theme.id)
    )
    if not borne or _narrowing(asked, "les") or not ENUMERATES.search(asked.plain):
        return None
    return re.search(r"(?P<noun>\bles\b|\bdes\b|\ball\b|\bthe\b)", asked.plain)


def _filter(asked: Asked, index: Index, *, noun: str, forms: frozenset[str]) -> _Filtered | None:
    """Apply every filter of the question; None when it narrows in a way that no initiative answers."""
    said: list[str] = []
    language = asked.language
    members: list[tuple[Initiative, Support]] = [
        (one, support) for one in _members(asked, index) if (support := presentation(one.id, index=index))
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
    rest = list(_narrowing(asked, noun))
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
    members, rest, place = _in_territory(members, rest, index)
    said += [frame("filter.place", language, name=place)] if place else []
    if year:
        members, key = _by_year(members, int(year.group()), asked.plain, index)
        said.append(frame(key, language, year=year.group()))
        rest = _without_founding(rest)
    if rest:
        speaking = _speaking(members, _alternatives(rest, asked), index)
        whole = said or COMPLETE.search(asked.plain)
        if speaking or not (whole and _is_turn_of_phrase(rest, asked)):
            members = speaking
            spelt = " ".join(asked.spelt(term.word) for term in rest)
            said.append(frame("filter.words", language, name=spelt))
    return _Filtered(tuple(members), "".join(said))


def _without(asked: Asked, themes: Sequence[Theme], index: Index) -> _Filtered | None:
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
    return _Filtered(tuple(members), said)


def _is_turn_of_phrase(rest: Sequence[Term], asked: Asked) -> bool:
    """Say whether what no initiative speaks of is one plain word: "qu'y a-t-il en magasin côté culture ?"."""
    asked_of = rest[0].attribute and rest[0].foreign
    plain = len(rest) == 1 and not asked_of and not is_unknown_name(rest[0], asked)
    return plain and not asked.numbers


def _without_founding(rest: Sequence[Term]) -> list[Term]:
    return [term for term in rest if not term.own.isdigit() and not term.own.startswith(_FOUNDING)]


def _narrowing(asked: Asked, noun: str) -> list[Term]:
    """Return the words of the question that say which members are meant.

    What is done counts where nothing else does: "qui cherchent à renforcer le lien social" asks for the bond.
    """
    forms = {stem(noun), stem(noun.removesuffix("s"))}
    told = [
        term
        for term in asked.terms
        if (not term.verb or (not term.foreign and is_participle(term.word)))
        and term.own not in NEUTRAL
        and term.word in asked.plain
        and term.own not in forms
    ]
    return [term for term in told if not is_infinitive(term.word)] or told


def _form_nouns(index: Index) -> frozenset[str]:
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
    members: Sequence[tuple[Initiative, Support]], year: int, plain: str, index: Index
) -> tuple[list[tuple[Initiative, Support]], str]:
    before, after = _BEFORE.search(plain), _AFTER.search(plain)
    low, high = (year if after or not before else 0), (year if before or not after else 9999)
    kept = [
        (one, carrier(one, "year", index=index)) for one, _ in members if one.year and low <= one.year <= high
    ]
    return [(one, found[0]) for one, found in kept if found], "filter.until" if before else "filter.since"


def _alternatives(rest: Sequence[Term], asked: Asked) -> list[list[Term]]:
    """Return the words as the question puts them one beside the other: "l'écologie ou l'agriculture"."""
    parts = [set(part.split()) for part in _OR.split(asked.plain)]
    groups = [[term for term in rest if term.word in part] for part in parts]
    return [group for group in groups if group] if all(groups[1:]) else [list(rest)]


def _speaking(
    members: Sequence[tuple[Initiative, Support]], alternatives: Sequence[Sequence[Term]], index: Index
) -> list[tuple[Initiative, Support]]:
    """Keep the initiatives that speak of an alternative nearly as fully as the one that does most."""
    kept: dict[str, tuple[Initiative, Support]] = {}
    for rest in alternatives:
        found = [(one, shows) for one, _ in members if (shows := _speaks_of(one, rest, index))]
        most = max((shows.score for _, shows in found), default=0.0)
        for one, shows in found:
            if shows.score >= _NEARLY * most:
                kept.setdefault(one.id, (one, shows))
    return [kept[one.id] for one, _ in members if one.id in kept]


def _speaks_of(initiative: Initiative, rest: Sequence[Term], index: Index) -> Support | None:
    scored = [
        (coverage(rest, clause, passage), -place, passage, clause)
        for passage in index.by_initiative.get(initiative.id, [])
        for place, clause in enumerate(clauses(passage.text))
        if clause.stems & {one for term in rest for one in (term.own, *term.mates)}
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return Support(best[2], best[3].text, best[0]) if best and best[0] >= _MATCHES else None
