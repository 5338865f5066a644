"""All that the faces say, in French and English: the one door to `ui/phrases/*.toml` and to the errors.

A phrase has a key that no other file uses. What the answers themselves say is worded in `assistant`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.errors_fr import SENTENCES
from ui.reasons_fr import in_french

FOLDER = Path(__file__).parent / "phrases"
LANGUAGES: Mapping[Language, str] = {"fr": "Français", "en": "English"}

Phrase = Mapping[Language, str]

# The places of French no-break spaces; they are put in by `unbroken`, since nobody sees them in a source.
_BEFORE = re.compile(r" (?=[;:?!»])")
_AFTER = re.compile(r"(?<=«) ")

# Fields of errors that hold words; the others hold what the user wrote, or numbers.
_REASONED = {"reason", "owner", "field"}


@cache
def phrases(name: str) -> Mapping[str, Phrase]:
    """Return the phrases of one file, such as `chat`, by their keys."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def all_phrases() -> Mapping[str, Phrase]:
    """Return all phrases by their keys."""
    return {
        key: phrase for file in sorted(FOLDER.glob("*.toml")) for key, phrase in phrases(file.stem).items()
    }


def phrase(key: str, language: Language, **fields: object) -> str:
    """Return one phrase as a terminal shows it; `count` also fills `{s}`, the ending of a plural.

    Raises KeyError for an unknown key or a missing field.
    """
    return all_phrases()[key][language].format(**_with_plural(language, fields))


def say(key: str, language: Language, **fields: object) -> str:
    """Return one phrase as a page shows it. Raises as `phrase` does."""
    said = all_phrases()[key][language]
    return (unbroken(said) if language == "fr" else said).format(**_with_plural(language, fields))


def words_of(name: str, language: Language) -> dict[str, str]:
    """Return every phrase of one file in one language, for a page that says many."""
    return {key: phrase[language] for key, phrase in phrases(name).items()}


def explain(error: PasserelleError, language: Language) -> str:
    """Return the sentence of an error: what is wrong, where, and the remedy."""
    if language == "en":
        return str(error)
    said = {name: in_french(value) if name in _REASONED else value for name, value in error.fields.items()}
    return unbroken(SENTENCES[type(error).__name__]).format(**said)


def told(error: Exception, language: Language) -> str:
    """Return why the system refused something, and at which file."""
    reason = getattr(error, "strerror", None) or str(error)
    file = getattr(error, "filename", None)
    said = str(in_french(reason)) if language == "fr" else reason
    return f"{file}: {said}" if file else said


def as_sentence(text: str) -> str:
    """Return a text with a capital and a full stop, as a page shows it."""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?", "…")) else ".")


def unbroken(text: str) -> str:
    """Return a text whose French punctuation cannot be parted from its word at the end of a line."""
    return _BEFORE.sub("\u00a0", _AFTER.sub("\u00a0", text))


def _with_plural(language: Language, fields: dict[str, object]) -> dict[str, object]:
    if "count" in fields:
        # French counts zero as a singular, English as a plural.
        single = fields["count"] == 1 or (language == "fr" and fields["count"] == 0)
        fields["s"] = "" if single else "s"
    return fields
