"""The timeline: years counted into bars, and the entries of each year in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ui.explore.dates import Dated
from ui.explore.entries import Entry

_STEPS = (1, 2, 5, 10, 25, 50)
_MOST_BARS = 36
_BAR, _GAP, _TALLEST, _BASE = 34, 6, 170, 44  # units of the picture
_LEAST = 8
_FIFTH = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """The years `first` to `last`, how many sentences and foundings they have, and the bars that say so."""

    first: int
    last: int
    sentences: int
    foundings: int
    x: int
    sentences_height: int
    foundings_height: int
    labelled: bool
    """Whether its year stands below it."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture; `base` is how high the line lies on which the bars stand. `step` is years of one bar."""

    bars: Sequence[Bar]
    step: int
    width: int
    height: int
    base: int
    bar: int


@dataclass(frozen=True)
class Year:
    """What one year has: the initiatives founded then, and the sentences that speak of it."""

    year: int
    founded: Sequence[Entry]
    sentences: Sequence[Dated]


def draw(dated: Sequence[Dated], entries: Sequence[Entry]) -> Timeline:
    """Count years into bars, as few years to a bar as keep the picture readable."""
    spoken = Counter(one.year for one in dated)
    founded = Counter(entry.initiative.year for entry in entries if entry.initiative.year)
    years = [*spoken, *founded]
    if not years:
        return Timeline((), 1, 0, 0, 0, _BAR)
    first, last = min(years), max(years)
    step = next((one for one in _STEPS if (last - first) // one < _MOST_BARS), _STEPS[-1])
    start = first - first % step
    starts = range(start, last + 1, step)
    counted = [
        (
            sum(spoken[year] for year in range(one, one + step)),
            sum(founded[year] for year in range(one, one + step)),
        )
        for one in starts
    ]
    most = max(sentences + foundings for sentences, foundings in counted)
    bars = [
        Bar(one, one + step - 1, sentences, foundings, _GAP + place * (_BAR + _GAP),
            _height(sentences, most), _height(foundings, most),
            _is_labelled(place, len(starts), one // step))
        for place, (one, (sentences, foundings)) in enumerate(zip(starts, counted, strict=True))
    ]  # fmt: skip
    base = _TALLEST + 2 * _LEAST + 22
    return Timeline(bars, step, bars[-1].x + _BAR + _GAP, base + _BASE, base, _BAR)


def by_year(dated: Sequence[Dated], entries: Sequence[Entry]) -> list[Year]:
    """Return the years that have anything, the oldest first."""
    sentences: dict[int, list[Dated]] = defaultdict(list)
    founded: dict[int, list[Entry]] = defaultdict(list)
    for one in dated:
        sentences[one.year].append(one)
    for entry in entries:
        if entry.initiative.year:
            founded[entry.initiative.year].append(entry)
    return [
        Year(year, tuple(founded[year]), tuple(sentences[year])) for year in sorted({*sentences, *founded})
    ]


def cut(years: Sequence[Year], first: int, size: int) -> list[Year]:
    """Return what stands from place `first` on, at most `size` foundings and sentences, by year."""
    kept = []
    for one in years:
        rows = [*one.founded, *one.sentences]
        here = rows[max(0, first) : max(0, first + size)]
        if here:
            founded = tuple(row for row in here if isinstance(row, Entry))
            sentences = tuple(row for row in here if isinstance(row, Dated))
            kept.append(Year(one.year, founded, sentences))
        first -= len(rows)
    return kept


def _is_labelled(place: int, count: int, number: int) -> bool:
    """Say whether a bar is labelled: each fifth, and those at the ends if no fifth stands beside them."""
    beside = number % _FIFTH in (1, _FIFTH - 1)
    return number % _FIFTH == 0 or (place in (0, count - 1) and not beside)


def _height(count: int, most: int) -> int:
    return max(_LEAST, round(_TALLEST * count / most)) if count else 0
