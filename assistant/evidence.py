"""Evidence: how well one sentence of a passage answers a question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.question import Asked, Term
from assistant.sentences import Clause, clauses
from corpus.documents import Hit, Passage
from corpus.words import NUMBER_WORDS, stems, words

# What a matched word is worth: said in the sentence, by a synonym, only in the heading above it.
_OWN, _MATE, _HEADING, _NEIGHBOUR = 1.0, 0.85, 0.8, 0.5

_PERSON = re.compile(
    r"\b[A-ZÀ-Þ][a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)? (?:(?:de|du|von|van|le|la) )?[A-ZÀ-Þ][a-zà-ÿ]+\b"
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence and what it answers.

    `coverage` is the share of the question's weighted words that it speaks to, 0 to 1; `fits` says whether it
    holds what was asked for (a number, a date, a link); `rank` is its place in the passage's text.
    """

    passage: Passage
    clause: Clause
    coverage: float
    fits: bool
    prior: float
    rank: int

    @property
    def score(self) -> float:
        """What evidence is ordered by: coverage first, then how high the passage was retrieved."""
        return self.coverage + 0.25 * self.prior + (0.1 if self.fits else 0.0) - 0.005 * self.rank


def weigh(asked: Asked, hits: Iterable[Hit]) -> list[Evidence]:
    """Return the sentences of the passages as evidence, best first."""
    found = [
        Evidence(
            passage=hit.passage,
            clause=clause,
            coverage=coverage(asked.terms, clause, hit.passage),
            fits=fits(asked, clause),
            prior=hit.score,
            rank=rank,
        )
        for hit in hits
        for rank, clause in enumerate(clauses(hit.passage.text))
    ]
    return sorted(found, key=lambda one: -one.score)


def coverage(terms: Iterable[Term], clause: Clause, passage: Passage) -> float:
    """Return the weighted share of the terms that a sentence, its heading or its neighbours speak to; 1 without terms."""
    heading = set(stems(f"{passage.section} {passage.title}"))
    around = {one for other in clauses(passage.text) for one in other.stems}
    gained = total = 0.0
    for term in terms:
        total += term.weight
        gained += term.weight * max(
            _OWN * (term.own in clause.stems),
            _MATE * bool(term.mates & clause.stems),
            _HEADING * (term.own in heading or bool(term.mates & heading)),
            _NEIGHBOUR * (term.own in around or bool(term.mates & around)),
        )
    return gained / total if total else 1.0


def fits(asked: Asked, clause: Clause) -> bool:
    """Say whether a sentence holds the kind of thing asked for."""
    if "date" in asked.kinds and not clause.has_date:
        return False
    if "link" in asked.kinds and not clause.has_link:
        return False
    return not ("count" in asked.kinds and not clause.has_number)


def numbers_in(text: str) -> frozenset[str]:
    """Return the figures of a text, number words up to twelve as digits and digit groups joined."""
    joined = re.sub(r"(?<=\d)[\s\u202f\u00a0](?=\d{3}\b)", "", text)
    found = {NUMBER_WORDS.get(word, word) for word in words(joined)}
    return frozenset(word for word in found if word[0].isdigit())


def names_somebody(text: str) -> bool:
    """Say whether a sentence holds what looks like a person's first and last name."""
    return bool(_PERSON.search(text))


def speaks_to(term: Term, clause: Clause, passage: Passage) -> bool:
    """Say whether a sentence or the heading above it has a word, or one that may answer for it."""
    return bool({term.own, *term.mates} & (clause.stems | set(stems(f"{passage.section} {passage.title}"))))
