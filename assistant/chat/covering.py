"""Covering: what the sentences of a chat model leave untold, and which of them are beside the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answer import Draft, Support
from assistant.claims import Likeness, links
from assistant.demands import fits
from assistant.novelty import content_words, shared
from assistant.quantities import figures
from assistant.question import Asked
from corpus.catalogue import Catalogue
from corpus.documents import Passage
from corpus.sentences import clauses
from corpus.words import words

Likelihood = Callable[[Passage, str], float]
"""How likely a text answers, were it what a passage says; 0 where it cannot."""

_TOLD, _TOLD_OF_THESE = 0.5, 0.35
"""The share of a quote's words that tell it: of any sentence, and of one that cites the very quote."""
_ALIKE = 0.9
_AS_WELL = 0.9
"""How likely a sentence must answer beside a quote, as a share, to stand for it."""
_MAIN = 0.8
"""Quotes this likely beside the likeliest answer too; the others only shed light."""
_LIGHT = 1
_NEAR = 0.15
"""The likelihood from which a sentence is near enough to the question to be shown."""


class Covering:
    """Holds the sentences shown for one question against what the rules would quote."""

    def __init__(
        self,
        asked: Asked,
        ruled: Sequence[Draft],
        *,
        catalogue: Catalogue,
        likelihood: Likelihood,
        likeness: Likeness,
    ) -> None:
        self._asked = asked
        self._lines = [one for one in ruled if one.support]
        self._catalogue = catalogue
        self._likelihood = likelihood
        self._likeness = likeness
        self._told: list[Draft] = []
        self._light = 0

    def is_beside(self, draft: Draft) -> bool:
        """Say whether a sentence, however true, answers nothing of the question: an address nobody asked for.

        Once the answer is told, one more about what the question names may shed light on it.
        """
        if links(draft.text) and not {"link", "place"} & self._asked.kinds.keys():
            return True
        if any(
            _overlap(mine, other) for one in self._lines for mine in draft.support for other in one.support
        ):
            return False
        if any(self._likelihood(support.passage, draft.text) >= _NEAR for support in draft.support):
            return False
        about = {support.passage.initiative for support in draft.support}
        sheds_light = self._light < _LIGHT and bool(self._told) and about <= set(self._asked.entities)
        self._light += sheds_light
        return not sheds_light

    def tell(self, draft: Draft) -> None:
        """Take note of a sentence that was shown."""
        self._told.append(draft)

    def untold(self) -> list[Draft]:
        """Return the quotes that answer and that no sentence shown tells or stands for."""
        best = max((_score(one) for one in self._lines), default=0.0)
        return [one for one in self._lines if _score(one) >= _MAIN * best and not self._is_answered(one)]

    def _is_answered(self, draft: Draft) -> bool:
        # What the catalogue states must be told itself.
        stated = any(support.score >= 1.0 for support in draft.support)
        as_well = _AS_WELL * _score(draft)
        return self.covers(draft) or (
            not stated
            and any(self._likelihood(one.support[0].passage, one.text) >= as_well for one in self._told)
        )

    def covers(self, draft: Draft) -> bool:
        """Say whether the sentences shown about the same thing tell what a draft quotes."""
        near = [one for one in self._told if self._is_near(one, draft)]
        if not near:
            return False
        text = " ".join(one.text for one in near)
        quotes = " ".join(support.quote for support in draft.support)
        if "link" in self._asked.kinds and not set(links(quotes)) <= set(links(text)):
            return False
        wanted = figures(quotes) - self._asked.numbers
        if wanted and {"count", "date"} & self._asked.kinds.keys() and not wanted & figures(text):
            return False
        if not any(self._fits(one) for one in near):
            return False
        cites = any(_overlap(mine, other) for one in near for mine in one.support for other in draft.support)
        least = _TOLD_OF_THESE if cites else _TOLD
        if self._asked.language == "fr":
            return self._share_told(quotes, text, draft) >= least
        return shared(text, quotes, "en") >= least or self._likeness(text, quotes) >= _ALIKE

    def _share_told(self, quotes: str, text: str, draft: Draft) -> float:
        """Return the share of a quote's words that a text tells, but for those of the question and of
        names.
        """
        found = (self._catalogue.initiative(support.passage.initiative) for support in draft.support)
        names = {word for fiche in found if fiche for name in fiche.names for word in words(name)}
        known = names | set(words(self._asked.standalone))
        fresh = [word for word in content_words(quotes, "fr") if word not in known]
        return shared(" ".join(fresh), text, "fr") if fresh else 1.0

    def _is_near(self, one: Draft, draft: Draft) -> bool:
        """Say whether two drafts rest on the same passage, or speak of the same initiative."""
        about = {support.passage.initiative for support in draft.support} - {None}
        if about:
            return about <= {support.passage.initiative for support in one.support}
        mine, other = ({support.passage.id for support in some.support} for some in (one, draft))
        return bool(mine & other)

    def _fits(self, one: Draft) -> bool:
        return any(
            fits(self._asked, clause, support.passage)
            for clause in clauses(one.text)
            for support in one.support[:1]
        )


def _score(draft: Draft) -> float:
    return max((support.score for support in draft.support), default=0.0)


def _overlap(one: Support, other: Support) -> bool:
    """Say whether two quotes have words of a passage in common."""
    same = one.passage.id == other.passage.id
    return same and (one.quote in other.quote or other.quote in one.quote)
