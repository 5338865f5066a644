"""Rankings: initiatives in the order of their years or of a figure, with how many of them have none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Draft, Support
from assistant.cues import NEWEST, OLDEST
from assistant.facts import carrier, counted_by
from assistant.framing import frame
from assistant.question import Asked
from assistant.reply import Reply
from corpus.catalogue import Initiative
from corpus.documents import Language
from corpus.index import Index
from corpus.words import stem, stems

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


def asks_order(asked: Asked) -> bool:
    """Say whether a question asks for an order: of years, or of a number."""
    patterns = (NEWEST, OLDEST, _NUMBER, _LARGEST)
    return any(pattern.search(asked.plain) for pattern in patterns)


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
    found = _NUMBER.search(asked.plain) or _LARGEST.search(asked.plain)
    if not found:
        return None
    said = found.groupdict()
    what = said.get("what") or said.get("of")
    counted = {stem(what), *_mates(asked, what)} if what else set(_EMPLOYED)
    if counted & _EMPLOYED:
        counted |= _EMPLOYED
    told = [
        (value, one, shown) for one in members for value, shown in counted_by(one, counted, index=index)[:1]
    ]
    if not told:
        return None
    fewest = bool(_FEWEST.search(found.group()))
    told.sort(key=lambda each: each[0], reverse=not fewest)
    opening = Draft(frame("ranked_few" if fewest else "ranked_many", asked.language))
    lines = [line(one, shown, asked.language) for _, one, shown in told]
    blank = len(members) - len(lines)
    closing = (
        [Draft(frame("coverage.figure", asked.language, all=len(members), blank=blank))] if blank else []
    )
    return Reply([opening, *lines, *closing], layout="list")


def _mates(asked: Asked, word: str) -> frozenset[str]:
    return next((term.mates for term in asked.terms if term.word == word), frozenset())


def line(initiative: Initiative, support: Support, language: Language) -> Draft:
    quote = support.quote if language == "fr" else f"“{support.quote}”"
    named = any(name.casefold() in support.quote.casefold() for name in initiative.names)
    return Draft(quote if named else f"{initiative.name} — {quote}", (support,))
