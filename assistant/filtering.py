"""Filtering: which initiatives of the catalogue a question means, and the sentence that shows it of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Support
from assistant.cues import COMPLETE
from assistant.demands import is_placed, is_unknown_name
from assistant.excluding import Negated, negated
from assistant.facts import FIELD_OF, carrier, counted_by, presentation
from assistant.framing import enumerate_names, frame
from assistant.language import is_adverb, is_infinitive, is_participle
from assistant.question import Asked, Term
from assistant.speaking import speaking
from assistant.word_lists import NEUTRAL
from corpus.catalogue import Initiative
from corpus.index import Index
from corpus.words import STOP_WORDS, content, stem, words

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
    cut = negated(asked, index, forms=forms)
    if cut:
        return _left(cut, index, noun=noun, forms=forms)
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
    # "Quels PTCE": the theme says it, and some that come under it call themselves otherwise.
    under = {word for theme in themes for short in theme.acronyms for word in words(short)}
    said_form = [noun, *(term.word for term in rest)]
    asked_forms = [word for word in said_form if word.removesuffix("s") in forms - under]
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
        left = [one for one, _ in members]
        speak = speaking(left, alternatives, index) if alternatives else members
        whole = said or COMPLETE.search(asked.plain)
        if speak or not (whole and _is_turn_of_phrase(rest, asked)):
            members = speak
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


def _left(cut: Negated, index: Index, *, noun: str, forms: frozenset[str]) -> Filtered | None:
    """Return the initiatives that a question leaves after what it does not want."""
    kept = filtered(cut.rest, index, noun=noun, forms=forms) if cut.scopes else None
    if kept is None:
        return None
    members = kept.members
    said = kept.said
    for scope in cut.scopes:
        without = {one.id for one in scope.members(index)}
        members = tuple((one, support) for one, support in members if one.id not in without)
        said += ("," if said else "") + scope.said(cut.rest.language)
    return replace(kept, members=members, said=said, alone=True)


def _is_turn_of_phrase(rest: Sequence[Term], asked: Asked) -> bool:
    """Say whether what no initiative speaks of is one plain word: "qu'y a-t-il en magasin côté culture ?"."""
    asked_of = rest[0].attribute and rest[0].foreign
    named = is_unknown_name(rest[0], asked) or is_placed(rest[0], asked)
    return len(rest) == 1 and not asked_of and not named and not asked.numbers


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
        and (
            not term.verb
            or _is_noun(term.word, asked)
            or (not term.foreign and _is_participle(term.word, asked))
        )
        and term.own not in NEUTRAL
        and term.word in asked.plain
        and term.own not in forms
    ]
    return [term for term in told if not is_infinitive(term.word)] or told


def _is_noun(word: str, asked: Asked) -> bool:
    """Say whether what may be a verb stands as a noun: "sur la musique", not "qui la dirige"."""
    before = r"(?:sur|de|du|des|d|pour|dans|autour de|concernant|about|on|of) (?:(?:la|le|les|l|the) )?"
    return not is_infinitive(word) and bool(re.search(rf"\b{before}{re.escape(word)}\b", asked.plain))


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
