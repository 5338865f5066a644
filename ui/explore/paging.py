"""Paging: a long list cut into pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from ui.explore.filters import Filters

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of how many is shown, and the addresses of its neighbours; "" where there is none."""

    page: int
    pages: int
    before: str
    after: str
    first: int
    """The place of the first thing that is shown, from 0."""


def pager(length: int, *, size: int, filters: Filters, path: str) -> Pager:
    """Return the page that is asked for of `length` things, the last one where there are not so many."""
    pages = max(1, -(-length // size))
    page = min(filters.page, pages)
    return Pager(
        page=page,
        pages=pages,
        before=filters.on(page - 1).address(path) if page > 1 else "",
        after=filters.on(page + 1).address(path) if page < pages else "",
        first=(page - 1) * size,
    )


def cut(listed: Sequence[Kept], pages: Pager, size: int) -> Sequence[Kept]:
    """Return what stands on the page."""
    return listed[pages.first : pages.first + size]
