"""Reading: what every loader owes its caller, whichever library it reads with."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from corpus.errors import FileDamaged, FileEmpty, PasserelleError
from ingest.extract import Draft, Extract

_LONGEST_HEADING = 200
_OUTSIDE = re.compile(r"(?:https?://|mailto:|www\.)\S", re.IGNORECASE)
_SCHEME = re.compile(r"(?:https?://)?(?:www\.)?", re.IGNORECASE)


@contextmanager
def reading(kind: str, *, file: str) -> Iterator[None]:
    """Turn what a library raises over a file that is no sound `kind` ("a Word document") into FileDamaged.

    Our own errors and MemoryError pass. Warnings of the libraries say nothing to a user, and are silenced.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (PasserelleError, MemoryError):
        raise
    except RecursionError as error:
        raise FileDamaged(file=file, reason="its parts are nested too deeply") from error
    except Exception as error:
        raise FileDamaged(file=file, reason=f"it cannot be read as {kind}") from error


def write_heading(draft: Draft, text: str) -> None:
    """Begin a section, unless the text is the title, or a paragraph that only looks like a heading.

    Headings stand beside the text, so what is long enough to hold facts goes into it.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST_HEADING:
        draft.paragraph(text)
    elif text:
        draft.heading("" if text == draft.title else text)


def with_target(text: str, target: str) -> str:
    """Return the text of a link, followed by where it leads when the text does not say so itself."""
    address = target.strip().removeprefix("mailto:")
    if not text.strip() or not address.isprintable() or not _OUTSIDE.match(target.strip()):
        return text
    plain = _SCHEME.sub("", address).rstrip("/")
    return (
        text if plain.lower() in text.lower() else f"{text.rstrip()} ({address}){text[len(text.rstrip()) :]}"
    )


def finished(draft: Draft, *, file: str) -> Extract:
    """Return the extract of a draft; FileEmpty when it has no text and no page that is an image."""
    extract = draft.finish()
    if not extract.text and not extract.unread:
        raise FileEmpty(file=file)
    return extract
