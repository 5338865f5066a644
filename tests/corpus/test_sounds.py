from __future__ import annotations

import pytest

from corpus.sounds import sound


@pytest.mark.parametrize(
    ("spelt", "meant"),
    [
        ("cirk", "cirque"),
        ("kalite", "qualite"),
        ("enerji", "energie"),
        ("kultur", "culture"),
        ("asosiasion", "association"),
        ("bato", "bateaux"),
        ("pechaj", "pechage"),
        ("finansman", "financement"),
        ("fotografe", "photographes"),
    ],
)
def test_words_said_alike_share_a_key(spelt: str, meant: str) -> None:
    assert sound(spelt) == sound(meant)


@pytest.mark.parametrize(
    ("one", "other"), [("bateau", "gateau"), ("cirque", "marque"), ("port", "porche"), ("mer", "mur")]
)
def test_words_said_otherwise_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)
