"""Reading: what a question asks for, of whom, and which of its words matter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from simplemma import is_known

from assistant.cues import ADDRESSES, ASKS, GREETS, INITIATIVES, TELLS, Kind, asks_for, head_noun, kinds
from assistant.describing import described, marks_of
from assistant.hearsay import NEAR_ME, according, where_one_lives, without_who_asks
from assistant.language import is_adverb, is_verb
from assistant.mending import Mender, acronyms, called, capitals, places
from assistant.question import Asked, Term
from assistant.terms import compounds, numbers, tied
from assistant.thesaurus import Thesaurus
from assistant.units import units_asked
from assistant.word_lists import ASKING, HOLLOW
from corpus.catalogue import Catalogue, Initiative
from corpus.dictionary import is_word
from corpus.documents import Language, Passage
from corpus.names import Names
from corpus.sentences import clauses
from corpus.words import NUMBER_WORDS, STOP_WORDS, content, stem, words

# What a conjugated verb weighs beside a noun as rare.
_VERB = 0.4
# What an unknown word weighs beside a name.
_PHRASE = 0.3
_PARTS = re.compile(r"(?<=[.!?:;,])\s+|\n+")
# What a sentence that answers is expected to speak of, where the question says it in its own way.
_IMPLIED: dict[Kind, str] = {"objective": "objectif", "strength": "force"}
_OF_NAMED_THEME = re.compile(
    r"\b(?<!quel )(?<!quelle )(?<!what )(?<!which )(?P<noun>(?:theme|thematique|axe|topic)s?) "
    r"(?:(?:de|du|d|of|la|le|l|les|the) )*·"
    r"(?! (?:est|sont|releve|is|belongs))"
)
_UNDER = re.compile(
    r"\b(?:sur|a|autour de|en matiere de|dans|pour|concernant|cote|du cote de|en|about|on|to|for|in) "
    r"(?:(?:l|la|le|les|the|de|d) )?(?P<what>[a-z]+)"
    r"(?= (?:pouvez|peux|tu|vous|s|svp|stp|merci|please|can|could)\b|$)"
)


class Reader:
    """Reads questions against one index version.

    `vocabulary` are the folded words of the corpus; `rarity` returns the inverse document frequency of a
    stem, None when the corpus does not have it, and `rarest` is that of a stem that it lacks. In `passages`
    it finds what an earlier answer quoted.
    """

    def __init__(
        self,
        *,
        catalogue: Catalogue,
        names: Names,
        thesaurus: Thesaurus,
        vocabulary: frozenset[str],
        rarity: Callable[[str], float | None],
        rarest: float,
        passages: Sequence[Passage] = (),
    ) -> None:
        self.catalogue = catalogue
        self._names = names
        self._thesaurus = thesaurus
        self._rarity = rarity
        self._rarest = rarest
        self._passages = passages
        self._mender = Mender(names, thesaurus=thesaurus, vocabulary=vocabulary)
        # "pôle" may answer for PTCE: the first word of a full name, and the acronym of the same fiche.
        self._expansions = {
            stem(words(name)[0]): frozenset(stem(words(short)[0]) for short in fiche.acronyms)
            for fiche in catalogue
            for name in fiche.names
            if fiche.acronyms and len(words(name)) > 1 and words(name)[0] not in STOP_WORDS
        }
        self._marks = marks_of(catalogue)
        self.name_words = frozenset(w for fiche in catalogue for name in fiche.names for w in words(name))
        self._according = according(catalogue)

    def entities(self, text: str) -> list[str]:
        """Return the ids of the fiches named in a text, each once, in reading order."""
        return list(dict.fromkeys(mention.fiche_id for mention in self._names.find(self.mend(text))))

    def told(self, text: str) -> str:
        """Return a text without who is said to say so, "selon le Labo", where more than that is left.

        Where somebody lives is where "near me" is.
        """
        text = without_who_asks(where_one_lives(text))
        bare = self._according.sub(" ", text)
        return bare if content(words(bare)) else text

    def described(self, text: str) -> list[str]:
        """Return the ids of the initiatives that words of a text describe: "le cirque de Bagneux"."""
        plain = self.mend(text)
        named = self.named_places(plain)
        found = described(plain.split(), marks=self._marks, named=named, mates=lambda _: ())
        return list(found) or self._house_alone(plain)

    def _house_alone(self, plain: str) -> list[str]:
        """Return the think tank that a mended text is about and nothing else: "parlez-moi du Labo"."""
        told = {word for word in content(plain.split()) if not self.is_asking(word)}
        houses = self.catalogue.think_tanks
        return [one.id for one in houses if told in [set(content(words(name))) for name in one.names]]

    def called_by(self, word: str) -> str | None:
        """Return the one initiative whose name begins with a word that no other's does, "le cirque", or holds
        one that is in no dictionary, "Bouquetot".
        """
        own = not is_word(word)
        found = [
            one
            for one, mark in self._marks.items()
            if stem(word) in mark.heads or (own and stem(word) in mark.names)
        ]
        return found[0] if len(found) == 1 and not self.is_asking(word) else None

    def located(self, plain: str) -> str | None:
        """Return the one initiative of whose territory alone a mended text speaks: "au Havre"."""
        found = {
            one
            for one, mark in self._marks.items()
            for word in content(plain.split())
            if mark.roots and word.startswith(mark.roots)
        }
        return found.pop() if len(found) == 1 else None

    def quoted(self, text: str) -> list[str]:
        """Return the ids of the fiches whose sentences a text quotes, the most quoted first."""
        found: Counter[str] = Counter()
        for passage in self._passages:
            own = self.catalogue.resolve(passage.entry)
            if not own:
                continue  # a report that names it tells of others too
            source = passage.initiative or own.id
            found[source] += sum(clause.text in text for clause in clauses(passage.text))
        return [one for one, times in found.most_common() if one and times]

    def mentions(self, text: str) -> list[tuple[int, int, str]]:
        """Return (start, end, fiche id) of each name among the words of a mended text."""
        return [(one.start, one.end, one.fiche_id) for one in self._names.find(text)]

    def named_places(self, plain: str) -> set[int]:
        """Return the places of the words of a mended text that belong to a name."""
        return {place for start, end, _ in self.mentions(plain) for place in range(start, end)}

    def mend(self, text: str) -> str:
        """Return the folded words of a text with phone spelling written out and typing mistakes corrected."""
        return self._mender.mend(text)

    def read(
        self,
        question: str,
        *,
        standalone: str,
        entities: Sequence[str],
        language: Language,
        themes: Sequence[str],
    ) -> Asked:
        """Analyse a question that stands alone; `entities` are those it is about besides those it names."""
        houses = self.catalogue.think_tank_ids
        told = self.told(standalone)
        if told != standalone:
            entities = [one for one in entities if one not in houses]
        plain = self.mend(told)
        heart = self.mend(self._heart(told))
        found = self.mentions(heart)
        everyone = [fiche_id for _, _, fiche_id in self.mentions(plain)]
        spoken = heart.split()
        named = self.named_places(heart)
        masked = _masked(spoken, named)
        asked = kinds(masked)
        of_themes = bool(found) and all(self.catalogue.theme(one) for _, _, one in found)
        class_noun = _OF_NAMED_THEME.search(masked) if of_themes else None
        if class_noun:
            asked.pop("theme", None)  # "résumez le thème de la transition énergétique" names it
        addressed = [] if everyone or entities else self._addressed(heart)
        units = units_asked(plain)
        if "age" in units:
            asked.pop("date", None)  # "à partir de quel âge ?" asks for no year
        cues = set(" ".join([*asked.values(), *addressed]).split())
        if not any(self.is_initiative(one) for one in [*everyone, *entities]):
            found_by_words = described(
                spoken,
                marks=self._marks,
                named=named,
                mates=lambda word: self._thesaurus.mates(word, language) if language == "en" else (),
            )
            everyone = [*found_by_words, *everyone]
            named = named.union(*found_by_words.values())
            # "The smallest circus in the world": what else is of its name says no more.
            named |= self._of_names(spoken, found_by_words, language)
        elif not everyone and plain.startswith(("et ", "and ")):
            named |= self._of_names(spoken, entities, language)  # "et le cirque, où est-il ?"
        loose = [word for place, word in enumerate(spoken) if place not in named]
        written, located = capitals(standalone), places(standalone)
        initials = acronyms(standalone)  # "CAE", which has the stem of "ça"
        terms = [
            self.term(word, language, name=word in written, place=word in located)
            for word in dict.fromkeys(content(loose))
            if word not in cues
            and (stem(word) not in HOLLOW or word in initials)
            and word not in NUMBER_WORDS
            and not word[0].isdigit()
            and (word in written or not self._is_noise(word))
            and not (is_adverb(word) and self._rarity(stem(word)) is None)
            and not (class_noun and word == class_noun.group("noun"))
        ]
        terms += [self.term(word, language) for kind, word in _IMPLIED.items() if kind in asked]
        if "place" in asked and not any(self.is_initiative(one) for one in [*everyone, *entities]):
            terms.append(self.term("territoire", language))
        unnamed = _masked(spoken, named)
        head = next((term for term in terms if term.word == head_noun(unnamed)), None)
        terms = compounds(terms, standalone)
        if head and head.verb:
            # "Quelle somme …": what is asked for is a noun, even where it is spelt like a verb.
            noun = replace(head, verb=False, weight=head.weight / _VERB)
            terms, head = [noun if term is head else term for term in terms], noun
        owned = tied(spoken, named) | ({head.word} if head else set())
        terms = [replace(term, attribute=term.word in owned and not term.verb) for term in terms]
        if named or entities:
            # Beside a name, a word that the corpus lacks is mostly a turn of phrase.
            terms = [
                replace(term, weight=_PHRASE * term.weight) if term.foreign and not term.attribute else term
                for term in terms
            ]
        ids = everyone or list(entities)
        theme = None if set(ids) - houses else self._theme_of_list(plain, terms)
        if theme:
            ids, terms = [theme], [term for term in terms if self.theme_of(term.word) != theme]
        ids = ids or self._house_alone(plain)
        if addressed and not ids:
            ids = [one.id for one in self.catalogue.think_tanks]
        if ids and not set(ids) - houses:
            # "Pourquoi le Labo s'est-il penché sur la culture ?"
            about = {one for term in terms if not term.verb and (one := self.theme_of(term.word))}
            ids = [*ids, *about] if len(about) == 1 else ids
        return Asked(
            question=question,
            standalone=standalone,
            language=language,
            plain=plain,
            entities=tuple(dict.fromkeys(ids)),
            kinds=asked,
            terms=tuple(terms),
            numbers=numbers(loose),
            themes=tuple(themes),
            head=next((term for term in terms if head and term.word == head.word), None),
            capitals=written,
            units=units,
            called=self.called(standalone),
            masked=unnamed,
            nowhere=bool(NEAR_ME.search(told)) and not ids and not written,
        )

    def _theme_of_list(self, plain: str, terms: Sequence[Term]) -> str | None:
        """Return the theme whose initiatives a list is asked for by one word: "sur l'énergie"."""
        nouns = [term.word for term in terms if not term.verb]
        under = asks_for(plain, INITIATIVES) and len(nouns) == 1 and _UNDER.search(plain)
        return self.theme_of(nouns[0]) if under and under.group("what") == nouns[0] else None

    def called(self, text: str) -> dict[str, frozenset[str]]:
        """Return the names of several words that are not of the catalogue, each with its stems."""
        found = {}
        for name in called(text):
            plain = self.mend(name)
            told = [word for word in content(words(plain)) if stem(word) not in HOLLOW and word not in ASKING]
            if len(told) > 1 and not self.mentions(plain):
                found[name] = frozenset(map(stem, told))
        return found

    def _of_names(self, spoken: Sequence[str], ids: Iterable[str], language: Language) -> set[int]:
        """Return the places of the words that the names of fiches hold, or a synonym of."""
        fiches = [fiche for one in ids if (fiche := self.catalogue.get(one))]
        held = {stem(word) for fiche in fiches for word in words(fiche.name)}
        return {
            place
            for place, word in enumerate(spoken)
            if word not in STOP_WORDS and held & {stem(word), *self._thesaurus.mates(word, language)}
        }

    def _is_noise(self, word: str) -> bool:
        """Say whether a short word is none in either language: "mdr", "jle"."""
        return len(word) <= 4 and word.isalpha() and not self._mender.knows(word) and not is_word(word)

    def _heart(self, text: str) -> str:
        """Return the part of a question that asks, without the greeting or the story told before it."""
        parts = [part for part in _PARTS.split(text) if words(part)]
        asking = [
            part
            for part in parts
            if not GREETS.fullmatch(" ".join(words(part)))
            and (not TELLS.search(" ".join(words(part))) or ASKS.search(" ".join(words(part))))
        ]
        heart = " ; ".join(asking)
        plain = self.mend(heart)
        if "adresse" in plain.split() and "link" in kinds(self.mend(text)):
            return text  # "je voudrais voir le site de X ; quelle est l'adresse ?"
        # "J'ai besoin de la force de X ; tu me la ressors ?": the part that asks points to the one before.
        points = not self.mentions(plain) and not kinds(plain).keys() - {"yes-no", "definition"}
        return text if points or len(asking) == len(parts) else heart

    def _addressed(self, plain: str) -> list[str]:
        """Return the words that speak to the think tank: "qui êtes-vous ?", "votre think tank"."""
        return [found.group() for found in ADDRESSES.finditer(plain)] if self.catalogue.think_tanks else []

    def is_addressing(self, text: str) -> bool:
        """Say whether a text that names nobody speaks to the think tank itself."""
        return not self.entities(text) and bool(self._addressed(self.mend(text)))

    def theme_of(self, word: str) -> str | None:
        """Return the one theme whose name holds a word, None when there is none or more than one."""
        found = [
            one.id for one in self.catalogue.themes if stem(word) in {stem(part) for part in words(one.name)}
        ]
        return found[0] if len(found) == 1 else None

    def term(self, word: str, language: Language, *, name: bool = False, place: bool = False) -> Term:
        """Weigh a word of a question; a `name` has a capital, a `place` also says where."""
        own = word if place and not self._mender.knows(word) else stem(word)  # Paris is no "pari"
        mates = self._thesaurus.mates(word, language)
        if self._rarity(own) is None and not mates:
            mates = self._cognates(word) if language == "en" else self._family(word)
            if language == "en" and (name or not is_known(word, lang="en")):
                mates |= self._family(word)  # a name of a place: "Grenoble", "grenobloise"
        rarities = [rarity for one in (own, *mates) if (rarity := self._rarity(one)) is not None]
        weight = min(rarities, default=self._rarest)
        own_rarity = self._rarity(own)
        mates |= self._expansions.get(own, frozenset())
        verb = is_verb(word) and not name  # "en Corse"
        heavy = own_rarity if own_rarity is not None else max(weight, 1.0)
        return Term(
            word,
            own,
            mates,
            _VERB * heavy if verb else heavy,
            not rarities,
            verb,
            befalls=self._thesaurus.befalls(word, language),
        )

    def _cognates(self, word: str) -> frozenset[str]:
        """Return the stems of corpus words spelt nearly like an English one: "solidarity", "solidarité"."""
        if len(word) < 6:
            return frozenset()
        near = [
            other for size in range(len(word) - 2, len(word) + 4) for other in self._mender.of_length(size)
        ]
        found = process.extract(
            word, near, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.75, limit=3
        )
        return frozenset(stem(str(other)) for other, _, _ in found if str(other)[:4] == word[:4])

    def _family(self, word: str) -> frozenset[str]:
        """Return the stems of corpus words with the same beginning: "Grenoble", "grenobloise"."""
        if len(word) < 6:
            return frozenset()
        root = word[: max(5, len(word) - 2)]
        return frozenset(
            stem(other)
            for size in range(len(word) - 2, len(word) + 6)
            for other in self._mender.of_length(size)
            if other.startswith(root)
        )

    def is_asking(self, word: str) -> bool:
        """Say whether a folded word asks something of whatever is spoken of: "site", "combien", "fondée"."""
        return bool(kinds(word)) or word in ASKING or stem(word) in HOLLOW or self._thesaurus.asks(word)

    def is_strange(self, word: str) -> bool:
        """Say whether a folded word is in no corpus and no dictionary, nor a slip for one: "enercoop"."""
        known = word in STOP_WORDS or self.is_asking(word) or self._mender.knows(word) or is_word(word)
        return len(word) > 2 and not known and self.mend(word) == word

    def describes(self, fiche_id: str, spoken: Sequence[str]) -> bool:
        """Say whether words tell an initiative by its territory, form or name: "grenobloise"."""
        fiche = self.catalogue.initiative(fiche_id)
        if fiche is None:
            return False
        told = f"{fiche.territory or ''} {fiche.form or ''} {' '.join(fiche.names)}"
        held = {stem(word) for word in content(words(told))}
        return any({stem(word), *self._family(word)} & held for word in spoken)

    def is_initiative(self, fiche_id: str) -> bool:
        """Say whether an id names an initiative."""
        return isinstance(self.catalogue.get(fiche_id), Initiative)


def _masked(spoken: Sequence[str], named: set[int]) -> str:
    """Return the words with a point in place of each that belongs to a name."""
    return " ".join("·" if place in named else word for place, word in enumerate(spoken))
