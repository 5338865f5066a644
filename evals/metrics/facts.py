"""Facts: whether an answer holds what the case wants, about the right thing and in the right language."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.language import language_of
from evals.golden import Case, holds

LISTS = frozenset({"list", "cross-initiative", "comparison"})
_WORDS_THAT_TELL = 4


def fact_recall(case: Case, answer: Answer) -> float | None:
    """Return the share of the groups of facts of which the answer holds one alternative, 0 when it refuses.

    None for an unanswerable case.
    """
    if not case.answerable:
        return None
    if answer.abstained:
        return 0.0
    return sum(holds(answer.text, [group]) for group in case.facts) / len(case.facts)


def completeness(case: Case, answer: Answer) -> float | None:
    """Return the share of the wanted items that a list holds; None for a case that asks for no list."""
    return fact_recall(case, answer) if case.kind in LISTS or len(case.facts) > 2 else None


def cited_rightly(case: Case, answer: Answer) -> bool | None:
    """Say whether a citation names the case's initiative and one its theme.

    Where the case names neither, one must be of a gold document; None where it names nothing at all. What a
    refusal cites beside it is no answer.
    """
    if not case.answerable or not (case.initiative or case.theme or case.documents):
        return None
    if answer.abstained:
        return False
    if case.initiative:
        return any(one.initiative and one.initiative.id == case.initiative for one in answer.citations)
    if case.theme:
        return any(one.theme and one.theme.id == case.theme for one in answer.citations)
    return any(one.document.id in case.documents for one in answer.citations)


def right_theme(case: Case, answer: Answer) -> bool | None:
    """Say whether a citation is filed under the case's theme; None for a case without one."""
    if not case.answerable or not case.theme:
        return None
    if answer.abstained:
        return False
    return any(one.theme and one.theme.id == case.theme for one in answer.citations)


def language_matches(case: Case, answer: Answer) -> bool:
    """Say whether the answer is announced in the case's language, and its own words are in it.

    Sentences with a citation are quotes, in the language of the material; the others are our own.
    """
    own = " ".join(one.text for one in answer.sentences if not one.markers)
    if len(own.split()) < _WORDS_THAT_TELL:
        return answer.language == case.language
    return answer.language == case.language == language_of(own, default=case.language)
