"""Choosing: which of the sentences that answer are shown: the fewest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.cues import Kind
from assistant.enumerating import whole_list
from assistant.evidence import Evidence, Source
from assistant.question import Asked
from corpus.sentences import Clause, clauses
from corpus.words import stem, words

MOST = 3
PRECISE = frozenset[Kind](["count", "date"])
"""The kinds of answer of which one is enough."""
# Further sentences are quoted when they come this close to the best; of a fiche one figure or date is enough.
_CLOSE: dict[Source, float] = {"fiche": 0.65, "prose": 0.65, "reread": 0.25}
_CLOSE_FIGURE: dict[Source, float] = {"fiche": 0.85, "prose": 0.85, "reread": 0.4}
# Of sentences as likely, the one that enumerates answers "quels sont les critères ?".
_SEVERAL = re.compile(
    r"\b(?:quel\w*|what|which) (?:sont|son|are|were|etaient)\b|\b(?:list|enumer|cite)\w*|^les \w+"
)
_PLURAL = re.compile(rf"{_SEVERAL.pattern}|\b(?:quels|quelles|lesquel\w+)\b|\b(?:which|what) [a-z]+s\b")
_ENUMERATES = re.compile(r"[,;][^,;]+(?:[,;]| et | and | ou | or )")
_NEARLY = 0.9
# What goes on about the sentence before it.
_GOES_ON = re.compile(r"(?:Ils?|Elles?|Cela|Ainsi|They|It|This)\b")
ASKS_HOW = re.compile(r"^(?:et |and )?(?:comment|how|de quelle (?:maniere|facon)|par quels? moyens?)\b")


def best_first(asked: Asked, answers: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences that answer, best first; one that lists all that is asked for leaves only itself.

    `answers` are likeliest first, one at least.
    """
    if not _SEVERAL.search(asked.plain):
        return list(answers)
    near = [one for one in answers if one.likelihood >= _NEARLY * answers[0].likelihood]
    listing = next((one for one in near if _enumerates(asked, one.clause)), None)
    return [listing] if listing else list(answers)


def enumerated(asked: Asked, answers: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences of a list, in reading order, where several things are asked for and one of the
    best answers is of it; the best of all stands with them.
    """
    if not _PLURAL.search(asked.plain):
        return []
    for one in answers[:MOST]:
        told = whole_list(one)
        if told:
            best = answers[0]
            if all(best.clause.text != item.clause.text for item in told):
                told = [best, *told]
            return sorted(told, key=lambda item: (item.passage.id != best.passage.id, item.rank))
    return []


def shown(asked: Asked, answers: Sequence[Evidence]) -> list[Evidence]:
    """Return at most three sentences that answer as well as the first does, in reading order."""
    best = answers[0]
    close = (_CLOSE_FIGURE if PRECISE & asked.kinds.keys() else _CLOSE)[best.source]
    kept = [one for one in answers if one.likelihood >= close * best.likelihood][:MOST]
    following = _following(asked, best) if len(kept) < MOST else None
    if following and (best.passage.id, following.rank) not in {(one.passage.id, one.rank) for one in kept}:
        kept.append(following)
    return sorted(kept, key=lambda one: (one.passage.id != best.passage.id, one.passage.id, one.rank))


def _following(asked: Asked, best: Evidence) -> Evidence | None:
    """Return the sentence that goes on about the best, "Il part de …", where it is asked how or why."""
    if not (ASKS_HOW.search(asked.plain) or "reason" in asked.kinds):
        return None
    after = clauses(best.passage.text)[best.rank + 1 : best.rank + 2]
    goes_on = bool(after) and _GOES_ON.match(after[0].text)
    return replace(best, clause=after[0], rank=best.rank + 1) if goes_on else None


def _enumerates(asked: Asked, clause: Clause) -> bool:
    """Say whether a sentence lists what is asked for in the plural: "quatre critères : le sens …"."""
    nouns = {one for term in asked.terms if not term.verb for one in (term.own, *term.mates)}
    plural = [word for word in words(clause.text) if stem(word) in nouns]
    return any(word.endswith(("s", "x")) for word in plural) and bool(_ENUMERATES.search(clause.text))
