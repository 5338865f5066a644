"""Figures that count pages are told from figures that say something."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbering import figures_of, is_numbering


def numbering(lines: list[str]) -> bool:
    return is_numbering([(page, figures_of(line)) for page, line in enumerate(lines)])


@pytest.mark.parametrize(
    "lines",
    [
        ["Rapport annuel"] * 3,
        ["Rapport 2024"] * 3,
        ["Page 3 / 12", "Page 4 / 12", "Page 5 / 12"],
        ["1", "2", "2", "4", "l5"],
        ["Imprimé le 03/04/2024 à 12:40, page 1 sur 8", "Imprimé le 03/04/2024 à 12:40, page 2 sur 8"],
        ["Partie 1, page 7 sur 90, version 3"] * 2 + ["Partie 1, page 9 sur 90, version 3"],
    ],
)
def test_the_same_figures_and_page_numbers_are_numbering(lines: list[str]) -> None:
    assert numbering(lines)


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["12 salariés", "15 salariés", "18 salariés"],
        ["Année 2021", "Année 2022", "Année 2023"],
        ["Effectif : 40", "Effectif : 41", "Effectif : 52", "Effectif : 60", "Effectif : 71"],
    ],
)
def test_figures_that_differ_are_said(lines: list[str]) -> None:
    assert not numbering(lines)


@given(first=st.integers(0, 1500), pages=st.integers(3, 40), total=st.integers(0, 10**9))
def test_pages_are_counted_from_any_number(first: int, pages: int, total: int) -> None:
    assert numbering([f"{first + page} / {total}" for page in range(pages)])
