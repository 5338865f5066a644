"""Sentences: the stream of a chat model is gathered until a sentence is complete, markers and all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.words import printable

MOST_CHARACTERS = 6000
"""Of one answer; a model that goes on is stopped."""
_NAMED = r"(?:(?:passages?|sources?|extraits?|p\.|n°|#)\s*){0,3}"
_MARKER = re.compile(
    rf"\s*(?:[\[(]\s*\^?{_NAMED}(?P<plain>\d{{1,4}}(?:\s*[,;–-]\s*{_NAMED}\d{{1,4}})*)\s*\]"
    r"|\((?P<round>\d{1,2})\)(?=[\s.,;]|$)|【(?P<broad>\d{1,4})[^】]{0,40}】)",
    re.IGNORECASE,
)
# A sentence ends at a line's end, or at a full stop, with what closes it and its markers, before anything
# else.
_MARKERS = r"(?:\s*(?:\[[^\[\]\n]{1,40}\]|【[^】\n]{1,40}】)){0,8}"
_END = re.compile(
    rf"\n+(?=[^\na-zà-ÿ])|(?<=[.!?…])(?<!\b[A-Z]\.)(?<!\bMM\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bav\.)(?<!\bapr\.)"
    rf"(?<!\bp\.)(?<!\bcf\.)(?:\s?[»”\")*_]){{0,4}}{_MARKERS}[.*_]{{0,4}}(?=\s+[^\s\[【])"
)
_REPEATED = re.compile(r"([^\w\s])\1{3,}")
_THOUGHT = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_THOUGHT_ENDS = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:(?:[-*•–>#]+|\d{1,2}[.)])\s+)+")
_STRONG = re.compile(r"\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]+)\]\((https?://[^\s)]+)\)")
_LEAD = re.compile(
    r"^(?:(?:réponse|answer)\s*:\s*|(?:oui|non|yes|no)\s*[,.:!]\s*|(?:d['’]après|selon|according to"
    r"|based on) "
    r"(?:les?|ces?|the|these) (?:passages?|documents?|extraits?|excerpts?|sources?)(?: (?:n°\s*)?\d{1,3})?"
    r"(?: (?:fournis?|donnés?|provided|given))?\s*,\s*)+",
    re.IGNORECASE,
)
_ENDS = (".", "!", "?", "…", ":", "»", "”")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a chat model, without its mark-up, and the passages that it names."""

    text: str
    markers: tuple[int, ...]


class Gatherer:
    """Takes a stream piece by piece and gives out each sentence once it is complete.

    What a model thinks aloud, between its tags for that, is no part of the answer.
    """

    def __init__(self) -> None:
        self._rest = ""
        self._taken = 0

    @property
    def is_over(self) -> bool:
        """Whether more was said than any answer needs."""
        return self._taken > MOST_CHARACTERS

    def add(self, piece: str) -> list[Said]:
        """Return the sentences that a further piece completes."""
        self._taken += len(piece)
        self._rest = _REPEATED.sub(r"\1\1\1", self._rest + piece)
        if "<think" in self._rest.lower():
            if not _THOUGHT_ENDS.search(self._rest):
                return []
            self._rest = _THOUGHT.sub("", self._rest)
        found: list[Said] = []
        while end := self._end():
            found += read_sentence(self._rest[:end])
            self._rest = self._rest[end:].lstrip()
        return found

    def close(self, *, cut: bool) -> list[Said]:
        """Return what is left; of a stream that was `cut` only what ends as a sentence does."""
        rest = _THOUGHT.sub("", self._rest).strip()
        self._rest = ""
        whole = _MARKER.sub("", rest).rstrip("*_ ").endswith(_ENDS)
        return read_sentence(rest) if rest and (whole or not cut) else []

    def _end(self) -> int | None:
        stripped = self._rest.lstrip()
        blank = len(self._rest) - len(stripped)
        found = _END.search(stripped)
        if not found:
            return None
        return blank + max(found.end(), 1)


def read_sentence(text: str) -> list[Said]:
    """Return a piece of an answer as a sentence, none where it says nothing."""
    plain = _LINK.sub(r"\1 (\2)", text)
    markers: list[int] = []
    for found in _MARKER.finditer(plain):
        markers += _numbers(found["plain"] or found["round"] or found["broad"])
    plain = _MARKER.sub("", plain)
    plain = _BULLET.sub("", plain)
    plain = _STRONG.sub("", plain)
    plain = _LEAD.sub("", printable(plain).strip())
    plain = re.sub(r"\s+([.,])", r"\1", plain).strip()
    if not any(char.isalpha() for char in plain):
        return []
    plain = plain[0].upper() + plain[1:]
    return [Said(plain, tuple(dict.fromkeys(markers)))]


def _numbers(text: str) -> list[int]:
    """Return the numbers of a marker: "1, 3" and "1-3" too."""
    found: list[int] = []
    for piece in re.split(r"\s*[,;]\s*", text):
        ends = [int(one) for one in re.findall(r"\d+", piece)]
        found += range(ends[0], min(ends[-1], ends[0] + 20) + 1) if len(ends) > 1 else ends
    return found
