"""What a browser asks a note of: exchanges as it kept them, read as strictly as anything from outside."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.answer import Answer, answer_from_json
from corpus.words import fold, printable
from ui.chat.conversation import REMEMBERED
from ui.errors import NoteEmpty, NoteTooLong, NoteWrong

LONGEST_NAME = 60
"""Characters of a question in the name of a file."""
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}


class _Exchange(BaseModel):
    model_config = ConfigDict(extra="ignore")

    question: Annotated[str, Field(min_length=1, max_length=20_000)]
    answer: dict[str, Any]


_EXCHANGES = TypeAdapter(list[_Exchange])


def exchanges_from(text: str) -> list[tuple[str, Answer]]:
    """Return the questions and answers that a JSON text holds, with the object of `POST /api/ask` each.

    Raises NoteEmpty, NoteTooLong, and NoteWrong that names the place, such as `2.answer.citations.0.quote`.
    """
    if not text.strip():
        raise NoteEmpty()
    try:
        # Half of a surrogate pair, which JSON may hold, becomes a question mark.
        encodable = json.dumps(json.loads(text), ensure_ascii=False).encode("utf-8", "replace")
        exchanges = _EXCHANGES.validate_json(encodable)
    except ValidationError as error:
        raise NoteWrong(where=_place(error)) from error
    except (ValueError, RecursionError) as error:
        raise NoteWrong(where="JSON") from error
    if not exchanges:
        raise NoteEmpty()
    if len(exchanges) > REMEMBERED:
        raise NoteTooLong(count=len(exchanges), limit=REMEMBERED)
    read = []
    for number, one in enumerate(exchanges, start=1):
        try:
            read.append((one.question, answer_from_json(one.answer)))
        except ValidationError as error:
            raise NoteWrong(where=f"{number}.answer.{_place(error)}") from error
    return read


def disposition(question: str, form: str, *, day: date) -> str:
    """Return the Content-Disposition of a note: its name in plain letters, and as it should be (RFC 6266)."""
    plain = _name(re.findall(r"[a-z0-9]+", fold(question)), form, day)
    whole = _name(re.findall(r"[^\W_]+", printable(question).casefold()), form, day)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(whole)}"


def _name(words: list[str], form: str, day: date) -> str:
    slug = "-".join(words)[:LONGEST_NAME].strip("-")
    return f"{'-'.join(filter(None, ['note', slug, day.isoformat()]))}.{form}"


def _place(error: ValidationError) -> str:
    """Return where the first mistake is, exchanges counted from 1."""
    where = error.errors(include_url=False, include_input=False)[0]["loc"]
    counted = [where[0] + 1, *where[1:]] if where and isinstance(where[0], int) else where
    return printable(".".join(map(str, counted)))[:80] or "JSON"
