"""Language: French or English, and which of their words a word is."""

from __future__ import annotations

import re

from simplemma import is_known, lemmatize

from assistant.word_lists import ENGLISH, FRENCH
from corpus.documents import Language
from corpus.words import fold, words


def language_of(text: str, *, default: Language = "fr") -> Language:
    """Tell French from English by their function words; `default` where they do not tell."""
    spoken = words(text)
    french = sum(word in FRENCH for word in spoken) + 2 * bool(re.search("[àâçèéêëîïôùûœ]", text.casefold()))
    english = sum(word in ENGLISH for word in spoken)
    if french == english:
        french = sum(is_known(word, lang="fr") for word in spoken)
        english = sum(is_known(word, lang="en") for word in spoken) - 1
    if abs(french - english) < 1:
        return default
    return "fr" if french > english else "en"


def is_verb(word: str) -> bool:
    """Say whether a folded word is a conjugated French verb: its lemma is an infinitive, and another word.

    Folding takes the accent of a participle, so "citees" is tried as "citées" too.
    """
    for spelt in (word, re.sub(r"e(e?s?)$", r"é\1", word)):
        base = fold(lemmatize(spelt, lang="fr"))
        if base != word and base.endswith(("er", "ir", "oir", "re")):
            return True
    return False


def is_word(word: str) -> bool:
    """Say whether a folded word is in a French or English dictionary."""
    return bool(is_known(word, lang="fr") or is_known(word, lang="en"))
