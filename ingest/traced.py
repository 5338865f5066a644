"""Traced text: every character knows where it stood in the original, however the text is mended."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

_WHERE = "I"  # 32 bits: files are smaller than that


@dataclass(frozen=True, slots=True)
class Traced:
    """A text, and for each of its characters the offset in the original that it comes from."""

    text: str
    origin: array[int]

    @classmethod
    def of(cls, original: str) -> Traced:
        """Return the original itself."""
        return cls(original, array(_WHERE, range(len(original))))

    @classmethod
    def join(cls, parts: Iterable[Traced | str]) -> Traced:
        """Return the parts as one. A plain string was not in the original: it points to what precedes it."""
        texts: list[str] = []
        origin = array(_WHERE)
        for part in parts:
            if isinstance(part, str):
                texts.append(part)
                origin.extend([origin[-1] if origin else 0] * len(part))
            else:
                texts.append(part.text)
                origin.extend(part.origin)
        return cls("".join(texts), origin)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, part: slice) -> Traced:
        return Traced(self.text[part], self.origin[part])

    def sub(self, pattern: re.Pattern[str], put: str | Callable[[re.Match[str]], str]) -> Traced:
        """Replace every match; what is put in its place points to where the match began.

        As in `re.sub`, but a string is taken as it is, without escapes.
        """
        pieces: list[Traced] = []
        done = 0
        for match in pattern.finditer(self.text):
            new = put if isinstance(put, str) else put(match)
            if new == match.group():
                continue
            start, end = match.span()
            places = self.origin[start:end] or array(_WHERE, [self.origin[start - 1] if start else 0])
            # Character for character while both last, so that a mended word maps onto itself.
            traced = array(_WHERE, (places[min(place, len(places) - 1)] for place in range(len(new))))
            pieces += [self[done:start], Traced(new, traced)]
            done = end
        return self if done == 0 and not pieces else Traced.join([*pieces, self[done:]])

    def split(self, pattern: re.Pattern[str]) -> Iterator[Traced]:
        """Yield the parts between the matches."""
        done = 0
        for match in pattern.finditer(self.text):
            yield self[done : match.start()]
            done = match.end()
        yield self[done:]

    def lines(self) -> list[Traced]:
        """Return the lines, without their ends."""
        return list(self.split(_LINE_END)) if self.text else []

    def strip(self) -> Traced:
        """Return it without blanks at either end."""
        lead = len(self.text) - len(self.text.lstrip())
        return self[lead : lead + len(self.text.strip())]


_LINE_END = re.compile(r"\n")


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where a cleaned text stood in its original, as runs `(clean, original)` of equal stride.

    Both run on character by character from one pair to the next.
    """

    runs: tuple[tuple[int, int], ...] = ((0, 0),)

    @classmethod
    def of(cls, traced: Traced) -> Alignment:
        """Return the alignment of a traced text."""
        runs: list[tuple[int, int]] = []
        following = None
        for clean, original in enumerate(traced.origin):
            if original != following:
                runs.append((clean, original))
            following = original + 1
        return cls(tuple(runs) or ((0, 0),))

    def original(self, offset: int) -> int:
        """Return the offset in the original of the character at `offset` of the cleaned text."""
        place = bisect_right(self.runs, offset, key=lambda run: run[0]) - 1
        clean, original = self.runs[max(place, 0)]
        return original + max(0, offset - clean)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the smallest stretch of the original that holds the cleaned characters `start` to `end`."""
        last = max(start, end - 1)
        # Text may be drawn together from several places: the ends of every run in between count.
        inside = [clean for clean, _ in self.runs if start < clean <= last]
        places = [self.original(one) for one in (start, last, *inside, *(clean - 1 for clean in inside))]
        return min(places), max(places) + 1
