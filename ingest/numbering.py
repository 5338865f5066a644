"""Numbering: whether the figures of a line that pages repeat count the pages, or say something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Numbered = tuple[int, tuple[int, ...]]
"""A page, counted from any number, and the figures of one of its lines."""

_FIGURE = re.compile(r"\d{1,9}")
_YEARS = range(1900, 2100)


def figures_of(line: str) -> tuple[int, ...]:
    """Return the whole numbers of a line."""
    return tuple(int(one) for one in _FIGURE.findall(line))


def is_numbering(lines: Sequence[Numbered]) -> bool:
    """Say whether half of the lines, at least, have the same figures or count the pages, figure by figure.

    "Rapport 2024, page 3 / 12" is numbering; "12 salariés", "15 salariés" and "18 salariés" are not, though
    the words are the same.
    """
    enough = len(lines) / 2
    (many, alike) = Counter(len(figures) for _, figures in lines).most_common(1)[0] if lines else (0, 0)
    same = [(page, figures) for page, figures in lines if len(figures) == many]
    return (
        bool(lines)
        and alike >= enough
        and all(
            _counts([(page, figures[place]) for page, figures in same]) >= enough for place in range(many)
        )
    )


def _counts(column: Sequence[tuple[int, int]]) -> int:
    """Return how many of the figures in one place agree: as they are, or as so many more than their page."""
    as_they_are = Counter(figure for _, figure in column)
    as_pages = Counter(figure - page for page, figure in column if figure not in _YEARS)
    return max([*as_they_are.values(), *as_pages.values()])
