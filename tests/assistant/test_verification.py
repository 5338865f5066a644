from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Draft, Support
from assistant.verification import is_supported
from corpus.documents import Passage

TEXT = "Houlocoop est une coopérative de la baie d'Audierne, créée en 2011 : https://houlocoop.example/"
PASSAGE = Passage("h", "Houlocoop", "h.md", TEXT, 0, len(TEXT), section="Présentation")


def draft(text: str, quote: str = TEXT) -> Draft:
    return Draft(text, (Support(PASSAGE, quote),))


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Elle est née en 2011.",
        "Houlocoop est dans la baie d'Audierne.",
        "Founding year: 2011",
        "Voir https://houlocoop.example/.",
    ],
)
def test_what_the_passage_holds_is_shown(text: str) -> None:
    assert is_supported(draft(text))


@pytest.mark.parametrize(
    "text",
    [
        "Elle est née en 2012.",
        "Elle compte 350 sociétaires.",
        "Elle est en baie de Quiberon.",
        "La coopérative de Varech'Lab.",
        "Voir https://elsewhere.example/",
    ],
)
def test_a_number_name_or_link_that_the_passage_lacks_is_not_shown(text: str) -> None:
    assert not is_supported(draft(text))


def test_a_quote_that_is_no_slice_of_its_passage_is_refused() -> None:
    assert not is_supported(draft("créée en 2011", quote="créée en 2012"))
    assert not is_supported(draft("créée en 2011", quote=""))


def test_framing_cites_nothing_and_passes() -> None:
    assert is_supported(Draft("Deux initiatives :"))


@given(st.integers(min_value=13, max_value=99_999))
def test_no_other_number_ever_passes(number: int) -> None:
    assert is_supported(draft(f"Il y en a {number}.")) == (str(number) == "2011")
