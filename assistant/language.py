"""Language: French or English, and what part of speech a word is."""

from __future__ import annotations

import re

from simplemma import is_known, lemmatize

from assistant.word_lists import ENGLISH, FRENCH
from corpus.dictionary import spellings
from corpus.documents import Language
from corpus.words import fold, words


def language_of(text: str, *, default: Language = "fr") -> Language:
    """Tell French from English by their function words; `default` where they do not tell."""
    spoken = words(text)
    french = sum(word in FRENCH for word in spoken) + 2 * bool(re.search("[àâçèéêëîïôùûœ]", text.casefold()))
    english = sum(word in ENGLISH for word in spoken)
    if french == english:
        french = sum(is_known(word, lang="fr") for word in spoken)
        # A bare "site web" is in both dictionaries: one more English word tells nothing.
        english = max(french, sum(is_known(word, lang="en") for word in spoken) - 1)
    if french == english:
        return default
    return "fr" if french > english else "en"


def is_participle(word: str) -> bool:
    """Say whether a folded word may be a past participle: "eloignees"."""
    return any(spelt.endswith(("é", "és", "ée", "ées")) for spelt in spellings(word))


def is_verb(word: str) -> bool:
    """Say whether a folded word is a form of a French verb other than its infinitive.

    Folding takes the accent of a participle, so "citees" is tried as "citées" and "cité" too. What is a noun
    as it stands, one or several, is none: "quartiers" ends like a verb, "axes" might be "axés".
    """
    if _is_noun(word):
        return False
    participle = re.sub(r"e(e?s?)$", r"é\1", word), re.sub(r"e(e?s?)$", "é", word)
    for spelt in dict.fromkeys((*spellings(word), *participle)):
        base = lemmatize(spelt, lang="fr")
        if fold(base) != word and fold(base).endswith(("er", "ir", "oir", "re")):
            return True
        # The dictionary takes many a participle for an adjective: "cité", "bâti".
        if base.endswith("é") and is_known(f"{base[:-1]}er", lang="fr"):
            return True
        if base.endswith("i") and len(base) > 3 and is_known(f"{base}r", lang="fr"):
            return True
    return False


def _is_noun(word: str) -> bool:
    """Say whether the dictionary has a word as a noun in the plural: "quartiers", "axes"."""
    for spelt in spellings(word):
        base = lemmatize(spelt, lang="fr")
        participle = spelt != word and (base.endswith("é") or is_known(f"{base}r", lang="fr"))
        plural = word != fold(base) and word in (f"{fold(base)}s", f"{fold(base)}x")
        if plural and not participle and is_known(base, lang="fr"):
            return True
    return False


_ADVERB = re.compile(r"(?:[ei]lle|ive|ique|able|ible|ecte|cte|eme|ense|euse|ute|ale|aire)ments?$|[ae]mment$")


def is_adverb(word: str) -> bool:
    """Say whether a folded word is one of the French adverbs in -ment, not a noun: "directement"."""
    return bool(_ADVERB.search(word)) and lemmatize(word, lang="fr") == word


def is_infinitive(word: str) -> bool:
    """Say whether a folded word is the infinitive of a regular French verb: "renforcer", not "atelier"."""
    return word.endswith(("er", "ir", "re")) and any(
        lemmatize(spelt[:-2] + ending, lang="fr") == spelt
        for spelt in spellings(word)
        for ending in ("ent", "issent", "sent")
    )
