"""Stating: what answers for one field of one initiative, or of the one that a question describes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Draft
from assistant.cues import Kind
from assistant.demands import is_placed, is_unknown_name, written_as_name
from assistant.facts import FIELD_OF, naming, quoted, state
from assistant.filtering import form_nouns
from assistant.question import Asked, Term
from assistant.reply import Reply
from assistant.thesaurus import Thesaurus
from corpus.index import Index
from corpus.sentences import Clause, clauses
from corpus.words import stem, stems, words

_ANYHOW: tuple[Kind, ...] = ("strength", "place")
_IS_IN = re.compile(
    r"\b(?:est|sont|situe\w*|basee?s?|installee?s?|trouve\w*|is|are|based|located)"
    r"(?: (?:il|elle|bien|donc))* (?:a|au|aux|en|dans|pres de|in|at|near)\b"
)
# "Est-elle une association ?", "is it a PTCE?"
_IS_ONE = re.compile(
    r"\b(?:est (?:ce|il|elle)|c est|sont (?:ils|elles)|est|is(?: ·)*(?: it)?|are(?: ·)*(?: they)?)"
    r"(?: (?:aussi|bien|vraiment|also|really))* (?:une?|des|an?)\b"
)
# Forms that the catalogue may lack.
_FORMS = frozenset(
    words(
        "association cooperative entreprise fondation mutuelle societe scic scop sarl sas syndicat commune "
        "collectivite company foundation mutual charity business municipality firm"
    )
)
_PRONOUN = re.compile(r"(?:Il|Elle|Ils|Elles|It|They)\b|C['’]est\b")


class Stater:
    """Answers for the fields of the catalogue, each by the sentence that carries it."""

    def __init__(self, index: Index, thesaurus: Thesaurus) -> None:
        self._index = index
        self.founding = (thesaurus.mates("creer", "fr") | {stem("creer")}) - {stem("engager")}
        self._placing = thesaurus.mates("situer", "fr") | {stem("situer")}

    def tells_founding(self, asked: Asked, clause: Clause) -> bool:
        """Say whether a sentence tells of the founding of what is asked about, where that alone is asked.

        What it founded itself, "En 2018, le Labo a créé un collège", is another date; who made something else
        is another founder.
        """
        fiches = [fiche for one in asked.entities if (fiche := self._index.catalogue.get(one))]
        founding = bool({"date", "person"} & asked.kinds.keys() and asked.terms)
        if not fiches or not founding or not self.only(asked.terms, self.founding):
            return True
        if _PRONOUN.match(clause.text):
            return True
        spoken = words(clause.text)
        before = next((at for at, word in enumerate(spoken) if stem(word) in self.founding), 0)
        text = f" {' '.join(spoken[:before] if 'date' in asked.kinds else spoken)} "
        return any(f" {' '.join(words(name))} " in text for fiche in fiches for name in fiche.names)

    def state(self, asked: Asked, entities: Sequence[str]) -> list[Draft] | None:
        """Answer for a field of the one initiative asked about; None when no field was asked for."""
        initiatives = [one for one in map(self._index.catalogue.initiative, entities) if one]
        if len(initiatives) != 1:
            return None if initiatives else self._of_described(asked)
        initiative = initiatives[0]
        houses = self._index.catalogue.think_tank_ids
        entities = [one for one in entities if one not in houses]  # "sous quel thème le Labo classe-t-il …"
        told = self._membership(asked, entities) if len(entities) > 1 else None
        if told or not set(entities) <= {initiative.id, *initiative.themes}:
            return told
        if initiative.form and "yes-no" in asked.kinds and self._is_form(asked):
            return state(asked, "form", initiative, index=self._index)  # "DSI est-elle une association ?"
        if initiative.year and asked.numbers and asked.terms and self.only(asked.terms, self.founding):
            return state(asked, "date", initiative, index=self._index)  # "fondée en 2004, non ?"
        named = [written_as_name(term, asked) or is_placed(term, asked) for term in asked.terms]
        elsewhere = bool(named) and all(named)
        if initiative.territory and "yes-no" in asked.kinds and elsewhere and _IS_IN.search(asked.masked):
            return state(asked, "place", initiative, index=self._index)  # "… est à Montreuil, non ?"
        # "L'entreprise adaptée DSI": what it is called by is not asked for.
        form = set(stems(initiative.form or ""))
        bare = replace(asked, terms=tuple(term for term in asked.terms if term.own not in form))
        kinds = [kind for kind in FIELD_OF if kind in asked.kinds and self._is_bare(bare, kind)]
        if not kinds:
            return None
        if len(kinds) > 1 and "yes-no" in asked.kinds:
            return None
        return [draft for kind in kinds for draft in state(asked, kind, initiative, index=self._index)]

    def _membership(self, asked: Asked, entities: Sequence[str]) -> list[Draft] | None:
        """Answer whether one initiative comes under one theme, "X est-elle un PTCE ?".

        Where it does not, the theme that it comes under says so.
        """
        catalogue = self._index.catalogue
        initiatives = [one for one in map(catalogue.initiative, entities) if one]
        themes = [one for one in map(catalogue.theme, entities) if one]
        if len(initiatives) != 1 or len(themes) != 1 or "yes-no" not in asked.kinds or asked.terms:
            return None
        if themes[0].id in initiatives[0].themes:
            told = naming(self._index.by_initiative.get(initiatives[0].id, []), themes[0].names)
            return [quoted(asked, told)] if told else None
        if not _IS_ONE.search(asked.masked):
            return None
        return state(asked, "theme", initiatives[0], index=self._index) or None

    def _is_form(self, asked: Asked) -> bool:
        """Say whether a question asks for a form by its name and for nothing else."""
        forms = _FORMS | form_nouns(self._index)
        told = [term.word.removesuffix("s") for term in asked.terms]
        return bool(told) and all(word in forms for word in told) and bool(_IS_ONE.search(asked.masked))

    def _is_bare(self, asked: Asked, kind: Kind) -> bool:
        """Say whether a question asks for the field and nothing else."""
        if asked.numbers:
            return False
        if kind in ("strength", "theme"):  # the question says its name: other words are turns of phrase
            return not (asked.head and asked.head.foreign)
        if any(term.foreign and term.attribute for term in asked.terms):
            return False
        if kind == "date":
            return self.only(asked.terms, self.founding)
        if kind == "form":
            return not asked.terms
        return (
            kind != "place"
            or not any(not term.verb and not term.foreign for term in asked.terms)
            or self.only(asked.terms, self._placing)
        )

    @staticmethod
    def only(terms: Sequence[Term], allowed: frozenset[str]) -> bool:
        return all(term.own in allowed or bool(term.mates & allowed) for term in terms)

    def _of_described(self, asked: Asked) -> list[Draft] | None:
        """Answer for the one initiative that a question describes: "le site du PTCE de l'habitat durable"."""
        kinds = [kind for kind in FIELD_OF if kind in asked.kinds and kind != "theme"]
        wanted = {term.own for term in asked.terms}
        if any(is_unknown_name(term, asked) for term in asked.terms):
            return None
        # "Le site d'Airbus": whom an initiative works for is not what describes it.
        describing = [term for term in asked.terms if not written_as_name(term, asked)]
        if len(kinds) != 1 or self.only(describing, self.founding | self._placing):
            return None
        fitting = [
            one
            for one in self._index.catalogue.initiatives
            if wanted
            <= {
                held
                for p in self._index.by_fiche.get(one.id, [])  # what others tell of it may be of them
                for c in clauses(p.text)
                for held in c.stems
            }
        ]
        return state(asked, kinds[0], fitting[0], index=self._index) or None if len(fitting) == 1 else None

    def state_after_all(self, asked: Asked, entities: Sequence[str]) -> Reply | None:
        """State the place or strength of the one initiative asked about, however it was asked for."""
        initiative = self._index.catalogue.initiative(entities[0]) if len(entities) == 1 else None
        kind = next((kind for kind in _ANYHOW if kind in asked.kinds), None)
        if not initiative or not kind or any(one.foreign and not one.verb for one in asked.terms):
            return None
        stated = state(asked, kind, initiative, index=self._index)
        return Reply(stated) if stated else None
