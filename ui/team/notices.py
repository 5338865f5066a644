"""Notices: what a page says once of what was done on the page before, or of why it was not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.documents import Language
from corpus.errors import PasserelleError
from ui.team.telling import error_from_json, error_to_json, explained
from ui.text import as_sentence, say

NOTICE = "passerelle_notice"
_LONGEST = 240  # characters of a field: a cookie holds 4,000


@dataclass(frozen=True, slots=True)
class Notice:
    """The key of a phrase, or of an error that is to be explained, and what fills it."""

    key: str
    fields: Mapping[str, str | int] = field(default_factory=dict)
    is_error: bool = False

    @classmethod
    def of(cls, error: PasserelleError) -> Notice:
        """Return the notice that explains an error."""
        told = error_to_json(error)
        return cls(told["error"], told["fields"], is_error=True)

    def said(self, language: Language) -> str:
        """Return the sentence in the language of the reader."""
        if self.is_error:
            error = error_from_json({"error": self.key, "fields": dict(self.fields)})
            return as_sentence(explained(error, language))
        return say(self.key, language, **self.fields)


def packed(notice: Notice) -> dict[str, Any]:
    """Return a notice as JSON that fits into a cookie."""
    fields = {name: value if isinstance(value, int) else _cut(value) for name, value in notice.fields.items()}
    return {"key": notice.key, "fields": fields, "is_error": notice.is_error}


def unpacked(held: dict[str, Any]) -> Notice:
    """Return the notice of a cookie."""
    return Notice(**held)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
