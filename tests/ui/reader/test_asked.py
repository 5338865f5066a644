"""What an address asks for is read leniently, and looked for where it says."""

from __future__ import annotations

import pytest

from ui.reader.asked import Asked, find_words, read_asked
from ui.reader.leaves import Leaf, Leaves

TEXT = "Le port ouvre en mai. Il ferme.\n\nPlus loin, le port ouvre en mai. Fin."
PAGES = Leaves((Leaf(1, 0, 31), Leaf(2, 33, len(TEXT))), are_pages=True)


@pytest.mark.parametrize("page", ["", "0", "-1", "abc", "1e3", "９", "9" * 50, "1;DROP"])
def test_a_page_that_is_none_is_left_out(page: str) -> None:
    assert read_asked(page=page, quote="", at="x") == Asked()


def test_a_quote_is_bounded() -> None:
    assert len(read_asked(page="3", quote="mot " * 100_000, at="5").quote) <= 600


def test_words_are_looked_for_on_their_page_first() -> None:
    assert find_words(Asked(quote="le port ouvre"), TEXT, PAGES) == (0, 13)
    assert find_words(Asked(page=2, quote="le port ouvre"), TEXT, PAGES) == (44, 57)


def test_words_are_looked_for_near_their_place() -> None:
    parts = Leaves((Leaf(1, 0, len(TEXT)),), are_pages=False)
    assert find_words(Asked(quote="le port ouvre", at=40), TEXT, parts) == (44, 57)


def test_words_on_another_page_than_said_are_found() -> None:
    assert find_words(Asked(page=2, quote="Il ferme"), TEXT, PAGES) == (22, 30)


def test_a_quote_that_was_cut_is_found_to_the_end_of_its_sentence() -> None:
    found = find_words(Asked(quote="Plus loin, le…"), TEXT, PAGES)
    assert found
    assert TEXT[slice(*found)] == "Plus loin, le port ouvre en mai."


@pytest.mark.parametrize("quote", ["", "…", "rien de tel ici"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    assert find_words(Asked(quote=quote), TEXT, PAGES) is None
