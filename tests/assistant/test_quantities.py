"""A figure is the same however it is written, and not the same with another unit or bound."""

from __future__ import annotations

import pytest

from assistant.quantities import Quantity, conflict, figures, quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1 200 foyers, deux quais, 3,5 tonnes", ["1200", "2", "3.5"]),
        ("huit cents personnes, dont quatre-vingt-cinq pour cent de marins", ["800", "85"]),
        ("over eight hundred people in twenty-one harbours", ["800", "21"]),
        ("2,5 M€ puis deux millions d'euros et 300 k€", ["2500000", "2000000", "300000"]),
        ("une coopérative, l'un des quais", []),
        ("créée en deux mille onze, le 1er mars", ["2011", "1"]),
        ("https://port.example/2024/07", []),
    ],
)
def test_figures_are_read_however_they_are_written(text: str, values: list[str]) -> None:
    assert [one.value for one in quantities(text)] == values
    assert figures(text) == set(values)


@pytest.mark.parametrize(
    ("said", "held", "differ"),
    [
        ("plus de 350 marins", "plus de 350 marins", False),
        ("350 marins", "plus de 350 marins", False),
        ("plus de 350 marins", "350 marins", True),
        ("moins de 350 marins", "plus de 350 marins", True),
        ("more than 350 sailors", "plus de 350 marins", False),
        ("85 %", "85 marins", True),
        ("85 percent", "85 %", False),
        ("2 millions d'euros", "2 M€", False),
        ("2 millions de marins", "2 M€", True),
        ("18 tonnes", "18 ans", True),
    ],
)
def test_unit_and_bound_belong_to_a_figure(said: str, held: str, differ: bool) -> None:
    assert conflict(quantities(said)[0], quantities(held)[0]) is differ


def test_what_stands_behind_a_figure_says_what_it_counts() -> None:
    assert quantities("18 tonnes de filets, puis rien")[0].counts.strip() == "de filets"
    assert Quantity("3").counts == ""
