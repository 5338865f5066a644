"""Colours: what can be told from white paper, however it is written."""

from __future__ import annotations

import pytest

from ingest.loaders.colours import is_white


@pytest.mark.parametrize(
    "colour",
    [
        *("FFFFFF", "#fff", "#FEFEFE", "ffff", "#ffffffff", "#12345600", " White ", "snow", "transparent"),
        *(
            "rgb(255,255,255)",
            "rgb(100% 99% 98%)",
            "rgba(250, 250, 250, 1)",
            "rgba(0 0 0 / 0)",
            "rgb(9,9,9,0%)",
        ),
    ],
)
def test_white_and_nearly_white_and_transparent_are_white(colour: str) -> None:
    assert is_white(colour)


@pytest.mark.parametrize(
    "colour",
    [
        "000000",
        "#eee",
        "FFFF00",
        "#123456ff",
        "black",
        "auto",
        "",
        "rgb(255,255,0)",
        "rgb(..,1)",
        "rgba(9,9,9,.5)",
    ],
)
def test_all_else_is_not(colour: str) -> None:
    assert not is_white(colour)
