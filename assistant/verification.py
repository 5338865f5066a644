"""Verification: a quoted sentence is shown only when the passage it cites holds what it states.

What a chat model writes is held to more (`assistant.chat.checking`).
"""

from __future__ import annotations

import re

from assistant.answer import Draft, Support
from assistant.demands import numbers_in
from corpus.words import fold, words

_CAPITALISED = re.compile(r"\b[A-ZÀ-Þ][\w'’-]*")
_LINK = re.compile(r"https?://\S+")


def is_supported(draft: Draft) -> bool:
    """Say whether every number, link and proper name of a draft stands in a passage that it cites.

    Framing cites nothing and passes. A quote that is no slice of its passage fails, whatever the text says.
    """
    if not draft.support:
        return True
    if not all(_is_slice(support) for support in draft.support):
        return False
    held = " ".join(support.passage.text for support in draft.support)
    return (
        numbers_in(_LINK.sub(" ", draft.text)) <= numbers_in(_LINK.sub(" ", held))
        and {_trimmed(link) for link in _LINK.findall(draft.text)}
        <= {_trimmed(link) for link in _LINK.findall(held)}
        and _names(draft.text) <= set(words(held + " " + _titles(draft)))
    )


def _trimmed(link: str) -> str:
    """Return a link without the punctuation of the sentence around it."""
    return re.sub(r"[.,;)”»]+$", "", link)


def _is_slice(support: Support) -> bool:
    return bool(support.quote) and support.quote in support.passage.text


def _titles(draft: Draft) -> str:
    return " ".join(f"{support.passage.title} {support.passage.section}" for support in draft.support)


def _names(text: str) -> set[str]:
    """Return the folded words of the proper names: capitals that do not merely begin a sentence."""
    bare = _LINK.sub(" ", text)
    starts = {match.start() for match in re.finditer(r"(?:^|[.!?:;»”|—]\s+|[«“]\s*)(?=\S)", bare)}
    starts = {match.end() for match in re.finditer(r"(?:^|[.!?:;—]\s+|[«“*]\s*)", bare)} | starts
    found = (match for match in _CAPITALISED.finditer(bare) if match.start() not in starts)
    return {word for match in found for word in words(fold(match.group(0)))}
