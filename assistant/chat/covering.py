"""Covering: whether the sentences of a chat model tell what the rules would have quoted."""

from __future__ import annotations

from collections.abc import Callable

from assistant.answer import Draft
from assistant.claims import Likeness, links
from assistant.demands import fits
from assistant.novelty import shared
from assistant.quantities import figures
from assistant.question import Asked
from corpus.catalogue import Catalogue
from corpus.documents import Passage
from corpus.sentences import clauses
from corpus.words import fold, stems

_TOLD = 0.5
"""The share of a quote's words, those of the question aside, that tell it."""
_ALIKE = 0.9


class Covering:
    """What has been told of the answer to one question."""

    def __init__(
        self,
        asked: Asked,
        catalogue: Catalogue,
        *,
        answers: Callable[[Passage, str], bool],
        likeness: Likeness,
    ) -> None:
        self._asked = asked
        self._catalogue = catalogue
        self._would_answer = answers
        self._likeness = likeness
        self._told: list[Draft] = []

    def tell(self, draft: Draft) -> None:
        """Take note of a sentence that was shown."""
        self._told.append(draft)

    def answers(self, draft: Draft) -> bool:
        """Say whether the sentences shown tell what a draft quotes, or one of them answers as well.

        What the catalogue states must be told itself.
        """
        stated = any(support.score >= 1.0 for support in draft.support)
        return self.covers(draft) or (not stated and any(self._answers(one) for one in self._told))

    def covers(self, draft: Draft) -> bool:
        """Say whether the sentences shown about the same thing tell what a draft quotes."""
        near = [one for one in self._told if self._is_near(one, draft)]
        if not near:
            return False
        text = " ".join(one.text for one in near)
        quotes = " ".join(support.quote for support in draft.support)
        if not set(links(quotes)) <= set(links(text)) and "link" in self._asked.kinds:
            return False
        wanted = figures(quotes) - self._asked.numbers
        if wanted and {"count", "date"} & self._asked.kinds.keys() and not wanted & figures(text):
            return False
        if not any(self._fits(one) for one in near):
            return False
        if self._asked.language == "fr":
            known = {*stems(self._asked.standalone), *self._names(draft)}
            fresh = {one for one in stems(quotes) if one not in known}
            return not fresh or len(fresh & set(stems(text))) / len(fresh) >= _TOLD
        return shared(text, quotes, "en") >= _TOLD or self._likeness(text, quotes) >= _ALIKE

    def _answers(self, one: Draft) -> bool:
        """Say whether a sentence, were it one of its passage, would be taken for an answer."""
        return any(self._would_answer(support.passage, one.text) for support in one.support[:1])

    def _is_near(self, one: Draft, draft: Draft) -> bool:
        """Say whether two drafts rest on the same words, or speak of the same initiative by name."""
        mine, other = ({support.passage.id for support in some.support} for some in (one, draft))
        about = {support.passage.initiative for support in draft.support} - {None}
        if not about:
            return bool(mine & other)
        spoken = {support.passage.initiative for support in one.support}
        return about <= spoken

    def _fits(self, one: Draft) -> bool:
        told = clauses(one.text)
        return bool(told) and any(
            fits(self._asked, clause, support.passage) for clause in told for support in one.support[:1]
        )

    def _names(self, draft: Draft) -> set[str]:
        found = (self._catalogue.initiative(support.passage.initiative) for support in draft.support)
        return {one for fiche in found if fiche for name in fiche.names for one in stems(fold(name))}
