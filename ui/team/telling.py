"""Telling: an error as JSON, so that it can be explained later, in the language of whoever reads it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import ui.errors  # noqa: F401  # its branches of the tree are to be found
from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.reasons_fr import in_french
from ui.text import all_phrases, as_sentence, explain, say


def error_to_json(error: PasserelleError) -> dict[str, Any]:
    """Return the name of an error's class and its fields: `{"error": str, "fields": {…}}`."""
    fields = {
        name: value if isinstance(value, (int, float, str)) else str(value)
        for name, value in error.fields.items()
    }
    return {"error": type(error).__name__, "fields": fields}


def error_from_json(told: Mapping[str, Any]) -> PasserelleError:
    """Return the error again; what names none, or lacks a field, becomes the root of the tree."""
    kind = _below(PasserelleError).get(str(told.get("error")), PasserelleError)
    try:
        return kind(**told.get("fields", {}))
    except (KeyError, TypeError, ValueError):
        return PasserelleError()


def explained(error: PasserelleError, language: Language) -> str:
    """Return the sentence of an error as the pages of the team say it: with a remedy that one can use there.

    Those that are worded for them are the phrases `team.why.…`; the others are told as everywhere.
    """
    key = f"team.why.{type(error).__name__}"
    if key not in all_phrases():
        return explain(error, language)
    reasoned = "reason" in error.fields and language == "fr"
    fields = {**error.fields, "reason": in_french(error.fields["reason"])} if reasoned else error.fields
    return say(key, language, **fields)


def why(told: Mapping[str, Any], language: Language, *, named: bool = True) -> str:
    """Return the sentence of an error that was kept as JSON; without the name of the file it begins with,
    unless it is to be `named`.
    """
    error = error_from_json(told)
    said, file = explained(error, language), str(error.fields.get("file", ""))
    begins = re.match(rf"{re.escape(file)}\s?:\s", said) if file else None
    if begins:
        rest = as_sentence(said[begins.end() :])
        return said[: begins.end()] + rest if named else rest
    return as_sentence(said)


def _below(root: type[PasserelleError]) -> dict[str, type[PasserelleError]]:
    """Return the classes of a branch of the tree by name."""
    branches = [_below(one) for one in root.__subclasses__()]
    return {root.__name__: root, **{name: one for branch in branches for name, one in branch.items()}}
