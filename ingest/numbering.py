"""Numbering: whether the figures of a line that pages repeat count the pages, or say something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

Numbered = tuple[int, tuple[int, ...]]
"""A page, counted from any number, and the figures of one of its lines."""

_FIGURE = re.compile(r"\d{1,9}")
_YEARS = range(1900, 2100)
_MOST = 4  # figures of a line that may count pages: "Partie 2, page 3 / 12"


def figures_of(line: str) -> tuple[int, ...]:
    """Return the whole numbers of a line."""
    return tuple(int(one) for one in _FIGURE.findall(line))


def is_numbering(lines: Sequence[Numbered]) -> bool:
    """Say whether half of the lines, at least, have the same figures or count the pages.

    "Rapport 2024, page 3 / 12" is numbering; "12 salariés", "15 salariés" and "18 salariés" are not, though
    the words are the same.
    """
    seen = Counter(read for page, figures in lines for read in _readings(page, figures))
    return bool(seen) and 2 * max(seen.values()) >= len(lines)


def _readings(page: int, figures: tuple[int, ...]) -> Iterator[tuple[str, ...]]:
    """Yield the ways to read figures: each as it is, or as so many more than the page."""
    if len(figures) > _MOST:
        yield tuple(map(str, figures))
        return
    ways = [(f"={one}",) if one in _YEARS else (f"={one}", f"+{one - page}") for one in figures]
    yield from product(*ways)
