"""The errors of the faces are branches of the one tree, drawn as they are, each with a sentence."""

from __future__ import annotations

import inspect
import re

import pytest

import ui.errors
from corpus.errors import PasserelleError

OWN = [
    one
    for one in vars(ui.errors).values()
    if isinstance(one, type) and issubclass(one, PasserelleError) and one.__module__ == ui.errors.__name__
]


def test_every_error_is_drawn_once() -> None:
    drawn = re.findall(r"[├└]── (\w+)", inspect.getdoc(ui.errors) or "")
    assert sorted(drawn) == sorted(one.__name__ for one in OWN)


@pytest.mark.parametrize("error", OWN, ids=lambda error: error.__name__)
def test_every_error_says_a_sentence_of_its_own_without_a_stop(error: type[PasserelleError]) -> None:
    assert error.sentence != PasserelleError.sentence
    assert not error.sentence.endswith(".")
