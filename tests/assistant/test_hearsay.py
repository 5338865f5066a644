from __future__ import annotations

import pytest

from assistant.hearsay import without_who_asks


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Je suis étudiante à Lille et je cherche un port", "je cherche un port"),
        ("I am a student and I want to know", "I want to know"),
        ("J'aurais besoin de la définition d'un port", "la définition d'un port"),
        ("Je suis à Lille", "Je suis à Lille"),
        ("Qui est Houlocoop ?", "Qui est Houlocoop ?"),
    ],
)
def test_who_asks_is_left_out_where_something_is_asked(text: str, left: str) -> None:
    assert without_who_asks(text).strip() == left
