"""Conflicts: documents that give different figures or dates for the same thing are both told."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Draft, Support
from assistant.demands import fits, numbers_in
from assistant.evidence import Evidence
from assistant.framing import frame
from assistant.question import Asked
from assistant.verification import is_supported
from corpus.documents import Passage
from corpus.sentences import undated, years
from corpus.words import stems

_PLANNED = re.compile(
    r"\b(?:devrait|devraient|passera|passeront|sera|seront|aura|auront|prévoi\w+|prévue?s?|objectif de|"
    r"d['’]ici|vise\w*|souhaite\w*|projette\w*|will|should|planned|by 20\d\d)\b",
    re.IGNORECASE,
)


def conflicting(asked: Asked, told: Support, evidence: Sequence[Evidence]) -> Support | None:
    """Return the likeliest sentence of another document that gives another figure for what is asked.

    The sentence told must speak to every noun of the question, or they may well tell of two things; the other
    to every word that it speaks to, itself and with its heading. None where nothing countable is asked, or
    where the documents agree.
    """
    nouns = {term.word for term in asked.terms if not term.verb}
    if not {"count", "date"} & asked.kinds.keys() or not nouns <= _headed(asked, told.passage, told.quote):
        return None
    if not nouns and not asked.entities:
        return None
    if nouns and not _spoken(asked, told.quote):
        return None
    figures = _figures(asked, told.quote)
    for one in evidence:
        other, quote = _figures(asked, one.clause.text), one.clause.text
        if (
            one.passage.document_id != told.passage.document_id
            and not _of_another(told.passage, one.passage)
            and fits(asked, one.clause, one.passage)
            and _spoken(asked, told.quote) <= _spoken(asked, quote)
            and _headed(asked, told.passage, told.quote) <= _headed(asked, one.passage, quote)
            and figures
            and other
            and figures.isdisjoint(other)
            and _same_thing(asked, told.quote, quote)
        ):
            return Support(one.passage, quote, one.likelihood)
    return None


def _same_thing(asked: Asked, told: str, other: str) -> bool:
    """Say whether two sentences tell of one thing, in the year asked for, as it is and not as it is to be.

    A noun that they put in different words ("salariés", "personnes") may be two things.
    """
    held = [set(stems(told)), set(stems(other))]
    shared = all(
        {term.own, *term.mates} & held[0] & held[1]
        for term in asked.terms
        if not term.verb and {term.own, *term.mates} & held[0]
    )
    wanted = years(asked.plain)
    dated = not wanted or not years(other) or bool(wanted & years(other))
    return shared and dated and not any(_PLANNED.search(text) for text in (told, other))


def _of_another(told: Passage, other: Passage) -> bool:
    """Say whether two passages belong to different fiches: they tell of two things."""
    return bool(told.entry and other.entry and told.entry != other.entry)


def both(asked: Asked, supports: Sequence[Support]) -> list[Draft]:
    """Return the sentences that disagree, each under the name of its document."""
    drafts = [Draft(frame("conflict", asked.language))]
    for one in supports:
        quote = frame("quoted", asked.language, quote=one.quote)
        # A title is named only where the passage holds its names and figures: what is cited must say it all.
        titled = Draft(f"{one.passage.title} — {quote}", (one,))
        drafts.append(titled if is_supported(titled) else Draft(quote, (one,)))
    return drafts


def _spoken(asked: Asked, text: str) -> set[str]:
    """Return the words of the question that a text speaks to."""
    held = set(stems(text))
    return {term.word for term in asked.terms if {term.own, *term.mates} & held}


def _headed(asked: Asked, passage: Passage, quote: str) -> set[str]:
    return _spoken(asked, f"{passage.title} {passage.section} {quote}")


def _figures(asked: Asked, text: str) -> frozenset[str]:
    """Return the years of a sentence where a date is asked for, else its other figures."""
    return years(text) if "date" in asked.kinds else numbers_in(undated(text))
