"""The tree in the docstring of `corpus.errors` is the tree of its classes."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest

from corpus import errors
from corpus.errors import CatalogueWrong, PasserelleError, QuestionTooLong


def classes(root: type[PasserelleError] = PasserelleError, depth: int = 0) -> Iterator[tuple[int, str]]:
    """Yield depth and name of a class and all below it, in the order in which they are written."""
    yield depth, root.__name__
    for one in root.__subclasses__():
        if one.__module__ == errors.__name__:
            yield from classes(one, depth + 1)


def drawn() -> list[tuple[int, str]]:
    """Return depth and name of each class in the docstring's drawing."""
    lines = re.findall(r"^( {4}(?:[│├└─ ]{4})*)([A-Z]\w+)", inspect.getdoc(errors) or "", re.MULTILINE)
    return [(len(indent) // 4 - 1, name) for indent, name in lines]


def test_the_tree_that_is_drawn_is_the_one_that_is() -> None:
    assert sorted(drawn()) == sorted(classes())


@pytest.mark.parametrize("name", [name for depth, name in classes() if depth])
def test_every_error_says_a_sentence_of_its_own_without_a_stop(name: str) -> None:
    error: type[PasserelleError] = getattr(errors, name)
    assert error.sentence != PasserelleError.sentence
    assert not error.sentence.endswith(".")


def test_an_error_carries_its_fields_and_says_them() -> None:
    error = CatalogueWrong(file="a.md", field="id", reason="is missing")
    assert str(error) == "a.md: id: is missing"
    assert error.fields == {"file": "a.md", "field": "id", "reason": "is missing"}
    assert isinstance(error, PasserelleError)


def test_a_sentence_without_its_fields_cannot_be_said() -> None:
    with pytest.raises(KeyError):
        QuestionTooLong(length=3)
