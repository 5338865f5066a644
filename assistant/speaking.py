"""Speaking: which initiatives have a sentence on what a filter asks for."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Support
from assistant.demands import heading_stems
from assistant.evidence import coverage
from assistant.question import Term
from corpus.catalogue import Initiative
from corpus.index import Index
from corpus.sentences import clauses
from corpus.words import stems

# The share of a filter's words that a sentence of an initiative must speak to.
_MATCHES = 0.5
# Of several that do, the share of the best that the others must reach.
_NEARLY = 0.7


def speaking(
    members: Sequence[Initiative], alternatives: Sequence[Sequence[Term]], index: Index
) -> list[tuple[Initiative, Support]]:
    """Return the initiatives that speak of an alternative nearly as fully as the one that does most, each
    with the sentence that does.
    """
    kept: dict[str, tuple[Initiative, Support]] = {}
    for rest in alternatives:
        found = [
            (one, shows)
            for one in members
            if (shows := speaks_of(one, rest, index)) and _speaks_of_rarest(shows, rest)
        ]
        whole = [(one, shows) for one, shows in found if _speaks_wholly(shows, rest)]
        found = whole or found  # "créée par ses habitants": not where inhabitants are merely spoken of
        most = max((shows.score for _, shows in found), default=0.0)
        for one, shows in found:
            if shows.score >= _NEARLY * most:
                kept.setdefault(one.id, (one, shows))
    return [kept[one.id] for one in members if one.id in kept]


def _speaks_wholly(support: Support, rest: Sequence[Term]) -> bool:
    held = set(stems(support.quote))
    return all({term.own, *term.mates} & held for term in rest)


def _speaks_of_rarest(support: Support, rest: Sequence[Term]) -> bool:
    """Say whether what says most is said: "l'insertion par l'activité économique" is no other activity."""
    rarest = max(rest, key=lambda term: term.weight)
    return bool({rarest.own, *rarest.mates} & ({*stems(support.quote)} | heading_stems(support.passage)))


def speaks_of(initiative: Initiative, rest: Sequence[Term], index: Index) -> Support | None:
    scored = [
        (coverage(rest, clause, passage), -place, passage, clause)
        for passage in index.by_initiative.get(initiative.id, [])
        for place, clause in enumerate(clauses(passage.text))
        if clause.stems & {one for term in rest for one in (term.own, *term.mates)}
    ]
    best = max(scored, key=lambda one: one[:2], default=None)
    return Support(best[2], best[3].text, best[0]) if best and best[0] >= _MATCHES else None
