"""Rankings: initiatives in the order of their years or of a figure, with how many of them have none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Draft, Support
from assistant.cues import NEWEST, OLDEST
from assistant.facts import carrier, counted_by
from assistant.filtering import FOUNDING
from assistant.framing import frame
from assistant.language import is_participle, is_verb
from assistant.question import Asked
from assistant.reply import Reply
from corpus.catalogue import Initiative
from corpus.documents import Language
from corpus.index import Index
from corpus.words import content, stem, stems

# "Emploie le plus de monde", "the fewest members": a number is compared, and of what.
_NUMBER = re.compile(
    r"\ble (?:plus|moins) (?:de |d )(?P<what>[a-z]+)\b|\bthe (?:most|fewest|least) (?P<of>[a-z]+)\b"
)
_LARGEST = re.compile(
    r"\bplus (?:grand|gros|important|eleve|petit|faible)\w* (?:nombre|effectif)s?"
    r"(?: (?:de |d )(?P<what>[a-z]+))?|"
    r"\b(?:plus (?:gros\w*|grand\w*|important\w*)|premi\w+|largest|biggest|main) employ(?:eu\w+|ers?)\b|"
    r"\b(?:largest|highest|smallest|lowest) (?:number of (?P<of>[a-z]+)|workforce|staff|headcount)"
)
_FEWEST = re.compile(r"moins|fewest|least|petit|faible|smallest|lowest")
_EMPLOYED = frozenset(stems("employé salarié emploi travailleur"))
_EMPLOYS = re.compile(
    r"\b(?:emplo\w+|embauch\w+|salarie\w*|travailleu\w+|effectifs?|workforce|staff|headcount)\b"
)
_PEOPLE = frozenset(stems("personnes gens monde people"))


@dataclass(frozen=True, slots=True)
class _Number:
    """What is compared by its number: stems of what is counted, of which one must be told."""

    counted: frozenset[str]
    qualifier: str
    """The stem of the word that narrows it down, "personnes handicapées"; empty without one."""

    fewest: bool


def asks_order(asked: Asked, index: Index) -> bool:
    """Say whether a question asks for an order: of years, or of a number that is documented of any."""
    found = NEWEST.search(asked.plain) or OLDEST.search(asked.plain)
    if found:
        told = set(found.group().split())
        return all(one.word in told or one.own.startswith(FOUNDING) for one in asked.terms)
    number = _number(asked)
    everyone = index.catalogue.initiatives if number else ()
    return any(number and counted_by(one, number.counted, index=index) for one in everyone)


def rank(asked: Asked, members: Sequence[Initiative], index: Index) -> Reply | None:
    """Order initiatives as a question asks, "la plus ancienne"; None where nothing is known of any."""
    return _by_year(asked, members, index) or rank_by_figure(asked, members, index)


def _by_year(asked: Asked, members: Sequence[Initiative], index: Index) -> Reply | None:
    """Order initiatives by founding year, and say how many have none."""
    newest = bool(NEWEST.search(asked.plain))
    if not newest and not OLDEST.search(asked.plain):
        return None
    dated = sorted((one for one in members if one.year), key=lambda one: one.year or 0, reverse=newest)
    lines = []
    for one in dated:
        for support in carrier(one, "year", index=index)[:1]:
            lines.append(line(one, support, asked.language))
    if not lines:
        return None
    opening = Draft(frame("ranked_new" if newest else "ranked_old", asked.language))
    blank = len(members) - len(lines)
    closing = [Draft(frame("coverage", asked.language, all=len(members), blank=blank))] if blank else []
    return Reply([opening, *lines, *closing], layout="list")


def rank_by_figure(asked: Asked, members: Sequence[Initiative], index: Index) -> Reply | None:
    """Order initiatives by the figure of what is counted, and say how many have none."""
    number = _number(asked)
    if not number:
        return None
    told = [
        (value, one, shown)
        for one in members
        for value, shown in counted_by(one, number.counted, index=index)[:1]
        if not number.qualifier or number.qualifier in stems(shown.quote)
    ]
    if len(told) < (2 if number.fewest else 1):
        return None  # the only one that is documented is not the one with the fewest
    told.sort(key=lambda each: each[0], reverse=not number.fewest)
    opening = Draft(frame("ranked_few" if number.fewest else "ranked_many", asked.language))
    lines = [line(one, shown, asked.language) for _, one, shown in told]
    blank = len(members) - len(lines)
    closing = (
        [Draft(frame("coverage.figure", asked.language, all=len(members), blank=blank))] if blank else []
    )
    return Reply([opening, *lines, *closing], layout="list")


def _number(asked: Asked) -> _Number | None:
    """Return what a question compares by its number, None where it does not.

    People are those employed only where that is said: "qui aide le plus de personnes ?" counts others.
    """
    found = _NUMBER.search(asked.plain) or _LARGEST.search(asked.plain)
    if not found:
        return None
    said = found.groupdict()
    what = said.get("what") or said.get("of")
    counted = frozenset([stem(what)] if what else ())
    if counted <= _PEOPLE | _EMPLOYED and _EMPLOYS.search(asked.plain):
        counted = _EMPLOYED
    after = asked.plain[found.end() :].split()[:1] if what else []
    qualifier = next((stem(word) for word in content(after) if not is_verb(word) or is_participle(word)), "")
    return _Number(counted - _PEOPLE, qualifier, bool(_FEWEST.search(found.group())))


def line(initiative: Initiative, support: Support, language: Language) -> Draft:
    quote = support.quote if language == "fr" else f"“{support.quote}”"
    named = any(name.casefold() in support.quote.casefold() for name in initiative.names)
    return Draft(quote if named else f"{initiative.name} — {quote}", (support,))
