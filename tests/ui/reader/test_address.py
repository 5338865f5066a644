"""The address of the reader holds whatever words there are."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from ui.reader.address import reader_address


@pytest.mark.parametrize(
    "quote",
    ["l'île & ses #ports", '"><script>', "a\u202eb", "100 % de 50+50", "« été »", "?page=9", "日本"],
)
def test_words_come_back_as_they_were(quote: str) -> None:
    split = urlsplit(reader_address("rapport", 4, quote))
    assert parse_qs(split.query) == {"page": ["4"], "quote": [quote]}
    assert (split.path, split.fragment) == ("/documents/rapport", "passage")


def test_a_long_quote_is_cut_between_words_and_says_so() -> None:
    [kept] = parse_qs(urlsplit(reader_address("rapport", None, "marée " * 100)).query)["quote"]
    assert len(kept) <= 201
    assert kept.endswith("marée…")


def test_one_endless_word_is_cut_too() -> None:
    [kept] = parse_qs(urlsplit(reader_address("rapport", None, "m" * 5000)).query)["quote"]
    assert kept == "m" * 200 + "…"


@pytest.mark.parametrize("document_id", ["../../etc/passwd", "a/b", "a?b#c", "..", '"><b>'])
def test_an_odd_id_stays_one_step_of_the_path(document_id: str) -> None:
    path = urlsplit(reader_address(document_id, None, "")).path
    assert path.count("/") == 2
    assert not set(path) & set('"<>?#.')


def test_what_is_not_known_is_left_out() -> None:
    assert reader_address("rapport", None, " \n ") == "/documents/rapport"
    assert reader_address("rapport", 2, "", at=70) == "/documents/rapport?page=2&at=70"


def test_half_a_character_does_not_break_an_address() -> None:
    assert reader_address("rapport", None, "a\ud800b") == "/documents/rapport?quote=ab#passage"
