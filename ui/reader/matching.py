"""Matching: where the words of a quote stand in a text that has them otherwise.

The quote is cleaned: words cut at a line's end are whole again, ligatures taken apart, misread letters
mended. A page has none of that, so both are compared by their letters and figures alone, and if need be by
letters that a scanner confuses, then by RapidFuzz's alignment (MIT), then piece by piece, as a table's row is
quoted.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

Span = tuple[int, int]

_LIGATURES = {"œ": "oe", "æ": "ae"}
_CONFUSED = str.maketrans("i1j0", "lllo")
"""Letters that a scanner takes for each other, made one; both sides lose the difference."""
_FEW = 8  # letters: fewer are compared as they are
_CLOSE = 86.0  # of 100: the likeness from which an alignment is believed
_LEAST_PART = 16  # letters of a quote's beginning or end, where the rest is on another page
_EDGE = 120  # letters of a header or footer, between that part and the page's edge
_ENOUGH = 0.5  # of the letters, in pieces
_LONGEST_ALIGNED = 60_000  # letters of a text that an alignment is tried on
_PIECES = re.compile(r"\s*(?:\s·\s|\n|[;|])\s*")
_NAMED = re.compile(r":\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """The spans of a text that hold a quote, in their order, and which share of its letters they hold."""

    spans: tuple[Span, ...]
    share: float

    @property
    def is_whole(self) -> bool:
        """Whether the quote is all there."""
        return self.share >= 1.0


def match(quote: str, text: str, *, near: int = 0) -> Match | None:
    """Return where a quote stands in a text, None when it does not; of several places that closest to `near`.

    What is found in part, as on the first of two pages, has a share below 1.
    """
    wanted, within = _folded(quote), _folded(text)
    if not wanted.letters or not within.letters:
        return None
    at = bisect_left(within.origin, near)
    if span := _exact(wanted.letters, within, at) or _confused(wanted.letters, within, at):
        return Match((span,), 1.0)
    if span := _aligned(wanted.letters, within):
        return Match((span,), 1.0)
    parts = [_pieces(quote, wanted, within, at), *_ends(wanted.letters, within)]
    return max((one for one in parts if one), key=lambda one: one.share, default=None)


@dataclass(frozen=True, slots=True)
class _Folded:
    """The letters and figures of a text, without case and accents, and the offset that each comes from."""

    text: str
    letters: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the text that some letters stand in."""
        return self.origin[start], self.origin[end - 1] + 1

    def splits_words(self, start: int, end: int) -> bool:
        """Say whether letters begin or end amid a word of the text."""
        first, last = self.span(start, end)
        before, after = self.text[first - 1 : first], self.text[last : last + 1]
        return before.isalnum() or after.isalnum()


def _folded(text: str) -> _Folded:
    letters: list[str] = []
    origin: list[int] = []
    for place, char in enumerate(text):
        for letter in _letters(char):
            letters.append(letter)
            origin.append(place)
    return _Folded(text, "".join(letters), origin)


@lru_cache(maxsize=4096)
def _letters(char: str) -> str:
    plain = unicodedata.normalize("NFKD", _LIGATURES.get(char.casefold(), char.casefold()))
    return "".join(one for one in plain if one.isalnum())


def _exact(wanted: str, within: _Folded, at: int) -> Span | None:
    places = list(_places(wanted, within.letters))
    if not places:
        return None
    size = len(wanted)
    best = min(places, key=lambda one: (within.splits_words(one, one + size), abs(one - at)))
    if size < _FEW and within.splits_words(best, best + size):
        return None
    return within.span(best, best + size)


def _places(wanted: str, letters: str) -> Iterator[int]:
    place = letters.find(wanted)
    while place >= 0:
        yield place
        place = letters.find(wanted, place + 1)


def _confused(wanted: str, within: _Folded, at: int) -> Span | None:
    if len(wanted) < _FEW:
        return None
    loose = _Folded(within.text, within.letters.translate(_CONFUSED), within.origin)
    return _exact(wanted.translate(_CONFUSED), loose, at)


def _aligned(wanted: str, within: _Folded) -> Span | None:
    if not _FEW < len(wanted) <= len(within.letters) <= _LONGEST_ALIGNED:
        return None
    found = fuzz.partial_ratio_alignment(wanted, within.letters, score_cutoff=_CLOSE)
    if not found or _figures(wanted) not in _figures(within.letters[found.dest_start : found.dest_end]):
        return None
    return _whole(within.text, within.span(found.dest_start, found.dest_end))


def _whole(text: str, span: Span) -> Span:
    """Return a span to the ends of its first and last words."""
    start, end = span
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _figures(letters: str) -> str:
    """Return the figures alone: a sentence with another number is another sentence, however like."""
    return "".join(filter(str.isdecimal, letters))


def _ends(wanted: str, within: _Folded) -> Iterator[Match]:
    """Yield the beginning of the quote where the text ends, and its end where the text begins."""
    letters, size = within.letters, len(wanted)
    longest = _longest(size, lambda part: wanted[:part] in letters)
    for part in range(longest, _LEAST_PART - 1, -1):
        place = letters.rfind(wanted[:part])
        if len(letters) - place - part <= _EDGE and not within.splits_words(place, place + part):
            yield Match((within.span(place, place + part),), part / size)
            break
    longest = _longest(size, lambda part: wanted[size - part :] in letters)
    for part in range(longest, _LEAST_PART - 1, -1):
        place = letters.find(wanted[size - part :])
        if place <= _EDGE and not within.splits_words(place, place + part):
            yield Match((within.span(place, place + part),), part / size)
            break


def _longest(size: int, is_there: Callable[[int], bool]) -> int:
    """Return how long a part can be and still be there: what is there of one length is of any shorter."""
    least, most = 0, size
    while least < most:
        middle = (least + most + 1) // 2
        if is_there(middle):
            least = middle
        else:
            most = middle - 1
    return least


def _pieces(quote: str, wanted: _Folded, within: _Folded, at: int) -> Match | None:
    """Return the pieces that a row of a table is quoted in, "Column: value", as far as they are found.

    The rarest value says where the row is; of all else what is nearest to it is taken.
    """
    parts = [_parts(piece, within) for piece in _PIECES.split(quote)]
    pieces = [part for one in parts for part in one]
    known = {part: whole for part in pieces if (whole := _whole_words(part, within))}
    values = [one[-1] for one in parts if one and one[-1] in known]
    if len(pieces) < 2 or not values:
        return None
    rarest = min(values, key=lambda part: (len(known[part]), -len(part)))
    at = min(known[rarest], key=lambda one: abs(one - at))
    share = sum(len(part) for part in pieces if part in known) / len(wanted.letters)
    if share < _ENOUGH:
        return None
    nearest = ((part, min(places, key=lambda one: abs(one - at))) for part, places in known.items())
    return Match(
        tuple(sorted(within.span(place, place + len(part)) for part, place in nearest)), min(share, 1.0)
    )


def _parts(piece: str, within: _Folded) -> list[str]:
    """Return the letters of a piece if it is there, else of the name and the value that it is made of."""
    whole = _folded(piece).letters
    parts = [whole] if whole in within.letters else [_folded(one).letters for one in _NAMED.split(piece, 1)]
    return [part for part in parts if part]


def _whole_words(part: str, within: _Folded) -> list[int]:
    places = _places(part, within.letters)
    return [one for one in places if not within.splits_words(one, one + len(part))]
