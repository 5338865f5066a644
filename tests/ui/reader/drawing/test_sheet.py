"""A sheet says where words are."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image

from ui.reader.drawing.sheet import TALLEST, WIDEST, Rectangle, Sheet, Word, drawn, fitting

WORDS = (
    Word("Un", 10, 10, 30, 20),
    Word("port", 35, 10, 70, 20),
    Word("ouvert", 10, 30, 60, 40),
    Word("ici", 400, 30, 420, 40),
)
SHEET = Sheet(3, 500, 300, WORDS)


def test_the_words_of_a_line_are_marked_together() -> None:
    assert SHEET.rectangles([(0, 14)]) == [Rectangle(10, 10, 70, 20), Rectangle(10, 30, 60, 40)]


def test_words_far_apart_are_marked_apart() -> None:
    assert len(SHEET.rectangles([(8, 18)])) == 2


def test_a_part_of_a_word_marks_the_word() -> None:
    assert SHEET.rectangles([(4, 6)]) == [Rectangle(35, 10, 70, 20)]


def test_nothing_is_marked_on_a_page_without_words() -> None:
    assert Sheet(1, 10, 10).rectangles([(0, 3)]) == []


def test_a_sheet_comes_back_as_it_was_written() -> None:
    assert Sheet.from_json(SHEET.to_json()) == SHEET


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"words": 3}', '{"words": [], "odd": 1}'])
def test_what_is_no_sheet_is_told(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        Sheet.from_json(text)


def test_words_are_kept_on_the_page_and_short() -> None:
    made = drawn(Image.new("L", (40, 20)), [Word("m" * 5000, -5, -5, 900, 900)], count=1)
    [word] = made.sheet.words
    assert word[1:] == (0, 0, 40, 20)
    assert len(word.text) == 200


def test_a_photograph_is_kept_small() -> None:
    noise = Image.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3))
    made = drawn(noise, (), count=1)
    assert len(made.picture) < 900 * 900
    assert Image.open(BytesIO(made.picture)).size == (900, 900)


@pytest.mark.parametrize("size", [(595, 842), (14_400, 10), (10, 14_400), (0, 0), (1e9, 1e9)])
def test_every_page_fits(size: tuple[float, float]) -> None:
    scale = fitting(*size)
    assert size[0] * scale <= WIDEST + 1e-6
    assert size[1] * scale <= TALLEST + 1e-6
