"""Answers from passages: the fewest sentences that answer, quoted, or an honest abstention."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.abstaining import abstention
from assistant.answer import Draft, Support
from assistant.choosing import ASKS_HOW, MOST, PRECISE, best_first, enumerated, shown
from assistant.comparing import compare_table
from assistant.conflicts import both, conflicting
from assistant.courtesy import courtesy
from assistant.cues import CHOOSES, NEGATES, ORDERS, THEMES
from assistant.demands import (
    fits,
    is_unknown_name,
    names,
    numbers_in,
    speaks_of_names,
    tells_numbers,
    written_as_name,
)
from assistant.evidence import Evidence, Source, weigh
from assistant.expanding import expansion
from assistant.facts import carrier, opening, presentation, quoted
from assistant.from_catalogue import from_catalogue
from assistant.question import Asked
from assistant.ranking import asks_order
from assistant.reply import Reply
from assistant.rereading import Rereader
from assistant.retrieval import Found
from assistant.stating import Stater
from assistant.thesaurus import Thesaurus
from corpus.documents import Hit, Passage
from corpus.index import Index
from corpus.words import fold, stems

# The likelihood from which a sentence of a fiche, or of prose, is taken for an answer.
ANSWERS: dict[Source, float] = {"fiche": 0.36, "prose": 0.45, "reread": 0.1}
# What a document asks is no answer: "Comment faire, et à quel moment ?"
_ASKS = re.compile(r"[^:]*\?$")
# "À quoi sert le Labo ?", "quelle est la mission de DSI ?": what it is tells it.
_WHAT_FOR = re.compile(r"\ba quoi (?:sert|servent)\b|\bmissions?\b|\bwhat is .* for$")
_IMPLIED = frozenset(stems("objectif mission"))
_CONTACT = re.compile(
    r"\b(?:contact\w*|joindre|appeler|telephon\w*|tel|mails?|courriels?|ecrire|phone|call|reach|email)\b"
)
# What happened in a year: "qu'a fait le Labo en 2017 ?"
_IN_YEAR = re.compile(
    r"(?:que|qu|quoi|what|c est)?.*\b(?:passe|arrive|fait|eu lieu|happened|do|did|done|neuf|new)\b.*"
    r"\b(?:en|in) (?P<year>(?:19|20)\d\d)|(?:en |in )?(?P<alone>(?:19|20)\d\d)"
)
# What would be wrong of another than the one named.
_OF_ITS_OWN = PRECISE | {"place", "link"}
# Beside a list that answers already, a figure may be less likely.
_BESIDE = 0.5
# Beside a refusal, the likeliest sentence is told from here on, else what the fiche begins with.
_NEAR = 0.1
_YEAR_DIGITS = 4
_LISTED = 3


class Extractive:
    """The embedded composer: it quotes, and says nothing that it cannot quote."""

    mode = "extractive"

    def __init__(self, index: Index, thesaurus: Thesaurus, *, rereader: Rereader | None = None) -> None:
        self._index = index
        self._rereader = rereader
        self._stater = Stater(index, thesaurus)

    def compose(self, found: Found) -> Reply:
        """Answer from the catalogue where the question asks for it, else from the passages, else abstain."""
        asked = found.asked
        polite = courtesy(asked, self._index)
        if polite:
            return polite
        if asked.nowhere or self._is_outside(asked) or ORDERS.search(asked.plain):
            return abstention(found, self._index)
        spelt_out = expansion(asked, self._index)
        if spelt_out:
            return Reply([quoted(asked, one) for one in spelt_out])
        reply = from_catalogue(asked, self._index)
        if reply:
            return self._with_figure(found, reply)
        dated = self._in_year(found)
        if dated:
            return dated
        named = [one for one in asked.entities if self._index.catalogue.initiative(one)]
        unordered = len(named) > 1 and CHOOSES.search(asked.plain) and asks_order(asked, self._index)
        if asked.is_bare or unordered:
            return self._abstain(found)  # of nothing; or none of them is known to be the oldest
        if len(named) < 2:
            return self._about(found, asked.entities) or self._abstain(found)
        parts = [reply for one in named if (reply := self._about(found, (one,)))]
        if len(parts) < len(named) and self._may_compare(asked):
            return compare_table(asked, self._index) or self._abstain(found)
        drafts = [draft for part in parts for draft in part.drafts]
        return Reply(drafts, layout="list") if drafts else self._abstain(found)

    def _in_year(self, found: Found) -> Reply | None:
        """Quote what the documents date in a year, where nothing else is asked."""
        said = _IN_YEAR.fullmatch(found.asked.plain)
        if not said:
            return None
        year = said.group("year") or said.group("alone")
        evidence = self.candidates(found, found.asked.entities)
        told = [one for one in evidence if year in numbers_in(one.clause.text)][:MOST]
        return Reply([_draft(found.asked, one) for one in told]) if told else None

    def _abstain(self, found: Found) -> Reply:
        """Abstain, with the sentence that comes closest about what the question names."""
        named = [one for one in found.asked.entities if self._index.catalogue.get(one)]
        about = self.candidates(found, named)
        if not named:
            # "Le rapport Latarjet de 1995": a name that the documents know, though the catalogue does not.
            known = {one.own for one in found.asked.terms if not one.foreign and names(one, found.asked)}
            about = [one for one in about if known & one.clause.stems]
        near = next((one for one in about if self._is_beside(found.asked, one)), None)
        if near:
            beside: Support | None = Support(near.passage, near.clause.text, near.likelihood)
        else:
            beside = presentation(named[0], index=self._index) if named else None
        if _CONTACT.search(found.asked.plain):
            beside = self._site(named) or beside
        return abstention(found, self._index, beside=beside)

    def _site(self, named: Sequence[str]) -> Support | None:
        """Return where the site of an initiative is told, the next best to a telephone number."""
        initiative = self._index.catalogue.initiative(named[0]) if len(named) == 1 else None
        return next(iter(carrier(initiative, "site", index=self._index)), None) if initiative else None

    @staticmethod
    def _is_beside(asked: Asked, one: Evidence) -> bool:
        """Say whether a sentence about what is named is worth telling beside a refusal.

        It is when it holds another date or figure, or all but answers.
        """
        if (asked.entities and one.features["about"] < 1.0) or one.clause.has_link:
            return False
        dated = "date" in asked.kinds or any(len(number) == _YEAR_DIGITS for number in asked.numbers)
        other = (dated and one.clause.has_date) or ("count" in asked.kinds and one.clause.has_number)
        return other or one.likelihood >= _NEAR

    def _is_outside(self, asked: Asked) -> bool:
        """Say whether all that a question names lies outside the themes that it is restricted to."""
        catalogue = self._index.catalogue
        named = [set(found.themes) for one in asked.entities if (found := catalogue.initiative(one))]
        named += [{one} for one in asked.entities if catalogue.theme(one)]
        return bool(asked.themes and named) and not any(set(asked.themes) & themes for themes in named)

    def quotes(self, found: Found) -> bool:
        """Say whether a question is answered by weighing sentences, not from the catalogue."""
        asked = found.asked
        named = [one for one in asked.entities if self._index.catalogue.initiative(one)]
        stated = len(named) < 2 and self._stater.state(asked, asked.entities) is not None
        return len(named) < 2 and not stated and from_catalogue(asked, self._index) is None

    def _may_compare(self, asked: Asked) -> bool:
        """Say whether a question about several initiatives asks for nothing that the material lacks."""
        return not any(term.foreign and not term.verb for term in asked.terms) and not asked.kinds.keys() & {
            "count",
            "date",
        }

    def _about(self, found: Found, entities: Sequence[str]) -> Reply | None:
        stated = self._stater.state(found.asked, entities)
        if stated is not None:
            return self._with_other(found, entities, stated) if stated else None
        return self._quote(found, entities) or self._stater.state_after_all(found.asked, entities)

    def _with_other(self, found: Found, entities: Sequence[str], stated: Sequence[Draft]) -> Reply:
        """Put what another document says beside what the fiche says, where they do not agree."""
        told = stated[0].support[0]
        evidence = self.candidates(found, entities) if "date" in found.asked.kinds else ()
        other = conflicting(found.asked, told, evidence)
        return Reply(both(found.asked, [told, other]), layout="list") if other else Reply(list(stated))

    def _quote(self, found: Found, entities: Sequence[str]) -> Reply | None:
        asked = found.asked
        described = not (set(asked.kinds) - {"definition", "yes-no", "person", "form"})
        described = described and ("definition" in asked.kinds or not ASKS_HOW.search(asked.plain))
        if described and not asked.terms:
            return self._present(asked, entities)
        # Of something that the documents do not know; without a catalogue, nothing can be named.
        foreign = any(one.foreign and not one.verb for one in asked.terms)
        strange = "strength" in asked.kinds and foreign and bool(self._index.catalogue.initiatives)
        unheard_of = any(one.foreign and written_as_name(one, asked) for one in asked.terms)
        if "yes-no" in asked.kinds and unheard_of:
            return None  # neither confirmed nor denied
        if asked.terms and all(one.foreign for one in asked.terms) and not self._narrows(entities):
            return None  # of nothing that the documents know
        if found.strangers:
            return None  # of somebody whom the documents do not know
        if not entities and (strange or any(is_unknown_name(one, asked) for one in asked.terms)):
            return None
        weighed = self.candidates(found, entities)
        chosen = [one for one in weighed if self._answers(asked, one)]
        if not chosen:
            told = "definition" in asked.kinds and all(term.verb for term in asked.terms)
            told = told and not asked.asks_of_it
            if described and (told or asked.asks_what):
                return self._present(asked, entities)
            what_for = _WHAT_FOR.search(asked.plain) and all(term.own in _IMPLIED for term in asked.terms)
            return self._present(asked, entities) if what_for and entities else None
        chosen = best_first(asked, chosen)
        best = chosen[0]
        if "theme" in asked.kinds and not any(self._index.catalogue.initiative(one) for one in entities):
            return self._themed(asked, best)
        likeliest = Support(best.passage, best.clause.text, best.likelihood)
        other = conflicting(asked, likeliest, weighed)
        if other:
            return Reply(both(asked, [likeliest, other]), layout="list")
        listed = enumerated(asked, chosen)
        if listed:
            return Reply([_draft(asked, one) for one in listed], layout="list")
        return Reply([_draft(asked, one) for one in shown(asked, chosen)])

    def _narrows(self, entities: Sequence[str]) -> bool:
        """Say whether a theme or an initiative is named: the think tank is spoken of everywhere."""
        catalogue = self._index.catalogue
        return any(catalogue.theme(one) or catalogue.initiative(one) for one in entities)

    def _themed(self, asked: Asked, best: Evidence) -> Reply:
        """Answer which theme something comes under: the theme of the sentence that speaks of it."""
        fiche = self._index.catalogue.theme(best.passage.entry)
        quoted = _draft(asked, best)
        if not fiche:
            return Reply([quoted])
        return Reply([replace(quoted, text=f"{fiche.called(asked.language)} — {quoted.text}")])

    def candidates(self, found: Found, entities: Sequence[str]) -> list[Evidence]:
        """Weigh the sentences of the passages found, and of all those about a fiche that is named.

        What is asked of an initiative is answered from its own passages only, never a neighbour's.
        """
        houses = self._index.catalogue.think_tank_ids
        weighed = weigh(
            found, self.allowed(found, entities), entities=entities, own=self._own(entities), houses=houses
        )
        weighed = [one for one in weighed if not _ASKS.match(one.clause.text)]
        if not re.search(THEMES, found.asked.plain):
            # A sentence that lists the themes has a word of every question, and answers none of them.
            weighed = [one for one in weighed if not self._lists_themes(one.clause.text)]
        return self._rereader.reread(found, weighed) if self._rereader else weighed

    def allowed(self, found: Found, entities: Sequence[str]) -> list[Hit]:
        """Return the passages found, and all those about a fiche that is named, that may answer for it."""
        initiatives = {one for one in entities if self._index.catalogue.initiative(one)}
        narrow = bool(initiatives) or (bool(entities) and "link" in found.asked.kinds)
        own = self._own(entities)
        hits = {hit.passage.id: hit for hit in found.hits}
        for passage in self._index.about(entities):
            hits.setdefault(passage.id, Hit(passage, 0.0))
        return [
            hit
            for hit in hits.values()
            if (not narrow or hit.passage.initiative in initiatives or hit.passage.id in own)
            and (not found.asked.themes or set(found.asked.themes) & set(hit.passage.themes))
        ]

    def _own(self, entities: Sequence[str]) -> set[str]:
        """Return the ids of the passages of the fiches named."""
        return {passage.id for one in entities for passage in self._index.by_fiche.get(one, ())}

    def likelihood(self, found: Found, passage: Passage, text: str) -> float:
        """Return how likely a text would be taken for an answer, were it what a passage says; 0 where it
        cannot.
        """
        said = [Hit(replace(passage, text=text), 0.0)]
        entities, houses = found.asked.entities, self._index.catalogue.think_tank_ids
        weighed = weigh(found, said, entities=entities, own=self._own(entities), houses=houses)
        fit = (one.likelihood for one in weighed if fits(found.asked, one.clause, one.passage))
        return max(fit, default=0.0)

    def _lists_themes(self, text: str) -> bool:
        folded = fold(text)
        named = sum(fold(theme.name) in folded for theme in self._index.catalogue.themes)
        return named >= _LISTED

    def _answers(self, asked: Asked, one: Evidence, *, share: float = 1.0) -> bool:
        stated = "yes-no" in asked.kinds or tells_numbers(asked, one.passage)
        # "Le Labo a-t-il travaillé sur la santé ?" is answered only by what speaks of it; prose paraphrases.
        nouns = any(not term.verb for term in asked.terms)
        claims = "yes-no" in asked.kinds and nouns and one.source == "fiche"
        spoken_of = not claims or one.features["nouns"] > 0
        # A figure or a date of another than the one named would be wrong, not merely beside the point.
        precise = bool(_OF_ITS_OWN & asked.kinds.keys())
        its_own = not precise or speaks_of_names(asked, one.passage)
        # "Qui a fondé … ?" is not answered by when.
        done = [term for term in asked.terms if not written_as_name(term, asked)]
        founders = "person" in asked.kinds and bool(done) and self._stater.only(done, self._stater.founding)
        by_somebody = not founders or one.features["agent"] > 0
        # "Who runs it?" is answered by nothing that says no word of that.
        by_somebody &= "person" not in asked.kinds or not asked.terms or one.features["coverage"] > 0
        if not self._stater.tells_founding(asked, one.clause):
            return False
        # What an initiative is answers nothing that is asked of the think tank alone.
        of_house = bool(asked.entities) and set(asked.entities) <= self._index.catalogue.think_tank_ids
        if of_house and "yes-no" in asked.kinds and one.passage.initiative:
            return False
        likely = one.likelihood >= share * ANSWERS[one.source]
        fitting = fits(asked, one.clause, one.passage)
        return likely and fitting and stated and its_own and by_somebody and spoken_of

    def _present(self, asked: Asked, entities: Sequence[str]) -> Reply | None:
        """Say what themes or initiatives are, by the opening sentences of their fiches."""
        drafts = []
        each = MOST if len(entities) == 1 else 1
        for one in entities:
            supports = opening(one, index=self._index, sentences=each)
            told = [quoted(asked, support) for support in supports]
            fiche = self._index.catalogue.get(one)
            if told and fiche and asked.language == "en":
                told[0] = replace(told[0], text=f"{fiche.called('en')}: {told[0].text}")
            drafts += told
        return Reply(drafts) if drafts else None

    def _with_figure(self, found: Found, reply: Reply) -> Reply:
        """Put the documents' own figure before a count of the catalogue: both may be what was meant."""
        if "count" not in found.asked.kinds or reply.layout != "list" or NEGATES.search(found.asked.plain):
            return reply
        themed = [
            one
            for one in self.candidates(found, found.asked.entities)
            if set(found.asked.entities) & set(one.passage.themes)
            and self._answers(found.asked, one, share=_BESIDE)
        ]
        if not themed:
            return reply
        return Reply([_draft(found.asked, themed[0]), *reply.drafts], layout="list")


def _draft(asked: Asked, one: Evidence) -> Draft:
    return quoted(asked, Support(one.passage, one.clause.text, one.likelihood))
