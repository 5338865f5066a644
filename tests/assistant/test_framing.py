from __future__ import annotations

import re

import pytest

from assistant.framing import _WORDS, enumerate_names, frame


@pytest.mark.parametrize("key", sorted(_WORDS))
def test_every_phrase_has_both_languages_with_the_same_fields(key: str) -> None:
    french, english = (set(re.findall(r"{(\w+)}", _WORDS[key][language])) for language in ("fr", "en"))
    assert french == english or key == "open.themes"


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(KeyError):
        frame("nearest", "fr")


def test_names_are_joined_as_a_sentence_does() -> None:
    assert enumerate_names(["A", "B", "C"], "fr") == "A, B et C"
    assert enumerate_names(["A", "B"], "en") == "A and B"
    assert enumerate_names([], "fr") == ""
