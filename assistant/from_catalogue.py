"""Answers from the catalogue: lists, counts, rankings and comparisons, complete and cited line by line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Draft, Support
from assistant.cues import COMPARE, INITIATIVES, RANK, THEMES, WHICH_OF, asks_for
from assistant.evidence import coverage
from assistant.facts import FIELD_OF, FIELDS, best_clause, carrier, presentation, value_of
from assistant.framing import enumerate_names, frame
from assistant.question import Asked, Term
from assistant.reply import Reply
from assistant.sentences import clauses
from corpus.catalogue import Initiative, Theme
from corpus.documents import Language
from corpus.index import Index
from corpus.words import STOP_WORDS, content, stem, words

# The share of a filter's words that a sentence of an initiative must speak to.
_MATCHES = 0.5
# Words that ask for members of the catalogue without narrowing which.
_NEUTRAL = frozenset(
    stem(word)
    for word in words(
        "theme themes thematique axe axes sujet relevent releve relevant rattache rattachees lie liees soutenu presente "
        "presentees presentes recense repertorie illustre illustrent illustrer domaine categorie catalogue base fiche fiches document "
        "labo ess think tank deck travaille travaillent traite traitent aborde couvre corpus initiative projet exemple "
        "total compte y a t il parmi concernent concerne autour inscrit inscrites statut forme type kind under come belong "
        "belongs related linked part presented listed covered cover fall within about work works have are there total all "
        "complet complete terrain avant deck differents divers mise valeur france territoires exhaustif liste fond "
        "topic topics subject subjects area project example catalogue focus known lab ensemble appartiennent portent sur deal dealing"
    )
)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_BEFORE = re.compile(r"\b(?:avant|before|jusqu|anterieur\w*|until|prior)\b")
_AFTER = re.compile(r"\b(?:apres|depuis|after|since|posterieur\w*|a partir|from)\b")
_ENUMERATES = re.compile(r"\b(?:enumere\w*|list\w*|cite\w*|nomme\w*|donne\w*|quels|quelles|lesquels|which|name)\b")
_FOUNDING = ("cre", "fond", "lanc", "nai", "found", "establish", "start", "exist", "anne", "year", "date")
# Words of a territory that many places share.
_GENERIC_PLACES = frozenset("commune ville agglomeration bassin emploi territoire region departement quartier pays".split())


@dataclass(frozen=True, slots=True)
class _Filtered:
    """Initiatives that passed, each with the sentence that shows it, and the filter in words."""

    members: tuple[tuple[Initiative, Support], ...]
    said: str


def from_catalogue(asked: Asked, index: Index) -> Reply | None:
    """Answer from the catalogue, or return None when the question is not of that kind."""
    compared = _compare(asked, index)
    if compared:
        return compared
    chosen = _which_of(asked, index)
    if chosen:
        return chosen
    named = [one for one in asked.entities if index.catalogue.initiative(one)]
    if named:
        return None
    ranked = _rank(asked, index.catalogue.initiatives, index) if asks_for(asked.plain, INITIATIVES) else None
    return ranked or _list_themes(asked, index) or _list_initiatives(asked, index)


def _which_of(asked: Asked, index: Index) -> Reply | None:
    """Choose among the initiatives named, or among those of the theme named: "lequel aide à l'insertion ?"."""
    members = [found for one in asked.entities if (found := index.catalogue.initiative(one))]
    if not members and len(asked.entities) == 1:
        members = list(index.catalogue.initiatives_of(asked.entities[0]))
    if len(members) < 2 or not WHICH_OF.search(asked.plain):
        return None
    ranked = _rank(asked, members, index)
    if ranked:
        return ranked
    rest = [term for term in asked.terms if term.own not in _NEUTRAL]
    shown = [(one, found) for one in members if (found := _speaks_of(one, rest, index))] if rest else []
    return Reply([_line(one, found, asked.language) for one, found in shown], layout="list") if shown else None


def compare_table(asked: Asked, index: Index) -> Reply | None:
    """Put the initiatives that a question names side by side, field by field."""
    initiatives = [found for one in asked.entities if (found := index.catalogue.initiative(one))]
    if len(initiatives) < 2:
        return None
    fields = [FIELD_OF[kind] for kind in asked.kinds if kind in FIELD_OF] or list(FIELDS)
    names = enumerate_names([one.name for one in initiatives], asked.language)
    drafts = [Draft(frame("compared", asked.language, names=names))]
    if len(fields) > 1:
        drafts += _row("presentation", initiatives, asked.language, index)
    for name in fields:
        drafts += _row(name, initiatives, asked.language, index)
    return Reply(drafts, layout="table")


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
    what = frame("themes" if len(lines) > 1 else "theme", asked.language, count=len(lines))
    return Reply([Draft(frame("catalogue", asked.language, what=what, filter="")), *lines], layout="list")


def _theme_line(theme: Theme, index: Index) -> Support | None:
    passages = index.by_document.get(index.catalogue.documents.get(theme.id, ""), [])
    return best_clause(passages, theme.name) or presentation(theme.id, index=index)


def _list_initiatives(asked: Asked, index: Index) -> Reply | None:
    forms = _form_nouns(index)
    found = asks_for(asked.plain, INITIATIVES) or asks_for(asked.plain, rf"(?:{'|'.join(sorted(forms))})s?" if forms else "$^")
    if not found:
        found = _asks_for_theme_members(asked, index)
    if not found:
        return None
    filtered = _filter(asked, index, noun=found.group("noun"), forms=forms)
    if filtered is None or not filtered.members:
        return None
    language = asked.language
    key = "initiatives" if len(filtered.members) > 1 else "initiative"
    what = frame(key, language, count=len(filtered.members))
    lines = [_line(initiative, support, language) for initiative, support in filtered.members]
    return Reply([Draft(frame("catalogue", language, what=what, filter=filtered.said)), *lines], layout="list")


def _asks_for_theme_members(asked: Asked, index: Index) -> re.Match[str] | None:
    """Match "énumère les pôles territoriaux …": a theme's name asked for in the plural, whose members bear it."""
    theme = index.catalogue.theme(asked.entities[0]) if len(asked.entities) == 1 else None
    borne = theme and any(
        acronym in (one.form or "") for acronym in theme.acronyms for one in index.catalogue.initiatives_of(theme.id)
    )
    if not borne or _narrowing(asked, "les") or not _ENUMERATES.search(asked.plain):
        return None
    return re.search(r"(?P<noun>\bles\b|\bdes\b|\ball\b|\bthe\b)", asked.plain)


def _filter(asked: Asked, index: Index, *, noun: str, forms: frozenset[str]) -> _Filtered | None:
    """Apply every filter of the question; None when it narrows in a way that no initiative answers."""
    said: list[str] = []
    language = asked.language
    members: list[tuple[Initiative, Support]] = [
        (one, support) for one in index.catalogue.initiatives if (support := presentation(one.id, index=index))
    ]
    for theme in (found for one in asked.entities if (found := index.catalogue.theme(one))):
        members = [(one, _shows(one, theme, index) or support) for one, support in members if theme.id in one.themes]
        said.append(frame("filter.theme", language, name=theme.called(language)))
    rest = list(_narrowing(asked, noun))
    year = _YEAR.search(asked.plain)
    for kind in asked.kinds:
        # "Quelles initiatives ont un site ?": those whose fiche documents the field, shown by its words.
        if kind in FIELD_OF and kind not in ("form", "theme") and not year:
            name = FIELD_OF[kind]
            members = [(one, found[0]) for one, _ in members if (found := carrier(one, name, index=index))]
            rest = _without_founding(rest) if kind == "date" else rest
    if noun.removesuffix("s") in forms:
        members = [(one, support) for one, support in members if noun.removesuffix("s") in words(one.form or "")]
        if not said:
            said.append(frame("filter.form", language, name=noun))
    members, rest, place = _in_territory(members, rest, index)
    said += [frame("filter.place", language, name=place)] if place else []
    if year:
        members, key = _by_year(members, int(year.group()), asked.plain, index)
        said.append(frame(key, language, year=year.group()))
        rest = _without_founding(rest)
    if rest:
        members = [(one, found) for one, _ in members if (found := _speaks_of(one, rest, index))]
        said.append(frame("filter.words", language, name=" ".join(term.word for term in rest)))
    return _Filtered(tuple(members), "".join(said))


def _without_founding(rest: Sequence[Term]) -> list[Term]:
    return [term for term in rest if not term.own.isdigit() and not term.own.startswith(_FOUNDING)]


def _narrowing(asked: Asked, noun: str) -> list[Term]:
    """Return the words of the question that say which members are meant."""
    forms = {stem(noun), stem(noun.removesuffix("s"))}
    return [
        term for term in asked.terms if not term.verb and term.own not in _NEUTRAL and term.own not in forms
    ]


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
    kept = [(one, carrier(one, "year", index=index)) for one, _ in members if one.year and low <= one.year <= high]
    return [(one, found[0]) for one, found in kept if found], "filter.until" if before else "filter.since"


def _shows(initiative: Initiative, theme: Theme, index: Index) -> Support | None:
    """Return a sentence that says what the initiative is, cited under the theme that was asked for."""
    support = presentation(initiative.id, index=index)
    return Support(support.passage, support.quote, 1.0, theme.id) if support else None


def _speaks_of(initiative: Initiative, rest: Sequence[Term], index: Index) -> Support | None:
    scored = [
        (coverage(rest, clause, passage), -place, passage, clause)
        for passage in index.by_initiative.get(initiative.id, [])
        for place, clause in enumerate(clauses(passage.text))
        if clause.stems & {one for term in rest for one in (term.own, *term.mates)}
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return Support(best[2], best[3].text, best[0]) if best and best[0] >= _MATCHES else None


def _line(initiative: Initiative, support: Support, language: Language) -> Draft:
    quote = support.quote if language == "fr" else f"“{support.quote}”"
    named = any(name.casefold() in support.quote.casefold() for name in initiative.names)
    return Draft(quote if named else f"{initiative.name} — {quote}", (support,))


def _rank(asked: Asked, members: Sequence[Initiative], index: Index) -> Reply | None:
    """Order initiatives by founding year, and say how many have none."""
    order = RANK.search(asked.plain)
    if not order:
        return None
    newest = bool(order.group("new") or order.group("new2"))
    dated = sorted((one for one in members if one.year), key=lambda one: one.year or 0, reverse=newest)
    lines = []
    for one in dated:
        for support in carrier(one, "year", index=index)[:1]:
            lines.append(_line(one, support, asked.language))
    if not lines:
        return None
    opening = Draft(frame("ranked_new" if newest else "ranked_old", asked.language))
    blank = len(members) - len(lines)
    closing = [Draft(frame("coverage", asked.language, all=len(members), blank=blank))] if blank else []
    return Reply([opening, *lines, *closing], layout="list")


def _compare(asked: Asked, index: Index) -> Reply | None:
    if len(asked.entities) < 2:
        return None
    initiatives = [found for one in asked.entities if (found := index.catalogue.initiative(one))]
    if len(initiatives) == len(asked.entities) and "definition" not in asked.kinds:
        ranked = _rank(asked, initiatives, index)
        if ranked:
            return ranked
    if not COMPARE.search(asked.plain):
        return None
    if len(initiatives) < 2:
        return _side_by_side(asked, index)
    asks_field = any(kind in FIELD_OF for kind in asked.kinds)
    if not asks_field and any(not term.foreign and term.own not in _NEUTRAL for term in asked.terms):
        return None  # compared on something else than a field: each is asked for it
    return compare_table(asked, index)


def _row(name: str, initiatives: Sequence[Initiative], language: Language, index: Index) -> list[Draft]:
    """Return the cells of one row, none when no initiative documents the field."""
    cells = []
    for one in initiatives:
        value: str | None
        if name == "presentation":
            support = presentation(one.id, index=index)
            value, supports = (support.quote, [support]) if support else (None, [])
        else:
            value = value_of(one, name, catalogue=index.catalogue, language=language)
            supports = carrier(one, name, index=index)
        cell = (frame(f"label.{name}", language), one.name)
        documented = value is not None and bool(supports)
        text = value if documented and value is not None else frame("blank", language)
        cells.append(Draft(text, tuple(supports) if documented else (), cell=cell))
    return cells if any(cell.support for cell in cells) else []


def _side_by_side(asked: Asked, index: Index) -> Reply | None:
    """Put what each theme is next to the other: themes have no fields to make a table of."""
    names = []
    lines = []
    for one in asked.entities:
        fiche, support = index.catalogue.get(one), presentation(one, index=index)
        if fiche and support:
            names.append(fiche.called(asked.language))
            quote = support.quote if asked.language == "fr" else f"“{support.quote}”"
            lines.append(Draft(quote, (support,)))
    if len(lines) < 2:
        return None
    opening = Draft(frame("compared", asked.language, names=enumerate_names(names, asked.language)))
    return Reply([opening, *lines], layout="list")


