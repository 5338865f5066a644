"""The timeline counts every date once, in as few bars as can be read."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.ui.explore.fakes import CATALOGUE, PASSAGES
from ui.explore.dates import Dated
from ui.explore.entries import Shelf
from ui.explore.timeline import by_year, cut, draw

SHELF = Shelf(CATALOGUE, PASSAGES)


def dated(*years: int) -> list[Dated]:
    return [
        Dated(year, f"En {year}.", ("En ", str(year), "."), "d", "D", None, 0, None, ()) for year in years
    ]


def test_foundings_and_sentences_are_counted_apart() -> None:
    bars = [bar for bar in draw(SHELF.dated, SHELF.entries).bars if bar.sentences or bar.foundings]
    assert [(bar.first, bar.sentences, bar.foundings) for bar in bars] == [
        (2003, 1, 1),
        (2011, 1, 1),
        (2019, 1, 0),
    ]


@pytest.mark.parametrize(("first", "last"), [(2000, 2000), (1990, 2025), (1800, 2056), (1000, 2100)])
def test_every_year_is_in_one_bar_and_there_are_not_too_many(first: int, last: int) -> None:
    drawing = draw(dated(first, last), ())
    assert len(drawing.bars) <= 37
    assert sum(bar.sentences for bar in drawing.bars) == 2
    assert drawing.bars[0].first <= first
    assert drawing.bars[-1].last >= last


def test_no_bar_is_higher_than_the_picture() -> None:
    drawing = draw(dated(*[2000] * 5000, *range(1990, 2020)), SHELF.entries)
    assert all(bar.sentences_height + bar.foundings_height + 20 < drawing.base for bar in drawing.bars)


def test_labels_stand_apart() -> None:
    for first in range(1990, 2000):
        labelled = [bar.x for bar in draw(dated(first, 2018), ()).bars if bar.labelled]
        assert all(right - left >= 70 for left, right in pairwise(labelled))


def test_years_are_in_order_with_what_they_have() -> None:
    years = by_year(SHELF.dated, SHELF.entries)
    assert [(one.year, len(one.founded), len(one.sentences)) for one in years] == [
        (2003, 1, 1),
        (2011, 1, 1),
        (2019, 0, 1),
    ]


def test_pages_hold_everything_once() -> None:
    years = by_year(dated(*[2000] * 25, *range(1990, 2020)), SHELF.entries)
    rows = [
        (year.year, row)
        for first in range(0, 60, 10)
        for year in cut(years, first, 10)
        for row in (*year.founded, *year.sentences)
    ]
    assert len(rows) == 25 + 30 + 2
    assert [year for year, _ in rows] == sorted(year for year, _ in rows)


def test_nothing_is_drawn_of_nothing() -> None:
    assert draw((), ()).bars == ()
