"""Enumerating: a list in running text is quoted whole, not the three likeliest of its items."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.evidence import Evidence
from corpus.sentences import clauses

_ITEM = re.compile(r"^\s*(?:[-*•·–▪◦‣]|\(?(?:\d{1,2}|[a-z])[.)])\s+\S")
_INTRODUCES = re.compile(r":\s*$")
_LEAST, _MOST = 2, 12
"""Items: of more, a part would be shown as if it were all."""


def whole_list(best: Evidence) -> list[Evidence]:
    """Return the sentences of the list that a sentence introduces or is an item of, in reading order; none
    where it does neither.
    """
    lines = [line for line in best.passage.text.split("\n") if line.strip()]
    at = next((place for place, line in enumerate(lines) if best.clause.text in line), None)
    if at is None:
        return []
    # Word processors leave no mark before an item, but writers put semicolons.
    ended = [line.rstrip().endswith(";") for line in lines]
    follows = [False, *ended[:-1]]
    listed = [
        bool(_ITEM.match(line)) or ends or after
        for line, ends, after in zip(lines, ended, follows, strict=True)
    ]
    first = at if listed[at] else at + 1
    if not listed[at] and not _INTRODUCES.search(lines[at]):
        return []
    while first > 0 and listed[at] and listed[first - 1]:
        first -= 1
    last = first
    while last < len(lines) and listed[last]:
        last += 1
    if not _LEAST <= last - first <= _MOST:
        return []
    introduced = first > 0 and bool(_INTRODUCES.search(lines[first - 1]))
    block = lines[first - 1 if introduced else first : last]
    return [
        replace(best, clause=one, rank=place)
        for place, one in enumerate(clauses(best.passage.text))
        if any(one.text in line for line in block)
    ]
