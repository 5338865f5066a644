"""The stream is cut into sentences the same way, however it arrives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.chat.sentences import MOST_CHARACTERS, Gatherer, Said, read_sentence

ANSWER = (
    "Houlocoop réunit 350 sociétaires [1]. M. Le Bihan, né en 1950, la préside. [2][3] "
    "« Rien n'est simple. » [4] Voir https://houlocoop.example/a. "
    "- **Varech'Lab** : 2,5 tonnes [2, 3]\n\nFin [passage 12]."
)


def gathered(text: str, sizes: list[int]) -> list[Said]:
    gatherer = Gatherer()
    found, place = [], 0
    for size in [*sizes, len(text)]:
        found += gatherer.add(text[place : place + size])
        place += size
    return found + gatherer.close(cut=False)


def test_sentences_come_with_their_markers() -> None:
    found = gathered(ANSWER, [])
    assert [one.markers for one in found] == [(1,), (2, 3), (4,), (), (2, 3), (12,)]
    assert found[1].text == "M. Le Bihan, né en 1950, la préside."
    assert found[4].text == "Varech'Lab : 2,5 tonnes"


@given(st.lists(st.integers(1, 9), max_size=60))
def test_the_pieces_do_not_matter(sizes: list[int]) -> None:
    assert gathered(ANSWER, sizes) == gathered(ANSWER, [])


@given(st.text(max_size=200))
def test_whatever_is_said_no_marker_is_left_in_a_sentence(text: str) -> None:
    for one in gathered(text + " [1] [2].", []):
        assert "[1]" not in one.text
        assert one.text == one.text.strip()


def test_a_sentence_is_given_out_before_the_next_is_over() -> None:
    gatherer = Gatherer()
    assert gatherer.add("Un port [1]. Deux") == [Said("Un port.", (1,))]


@pytest.mark.parametrize("cut", [True, False])
def test_of_a_stream_that_was_cut_half_a_sentence_is_not_kept(cut: bool) -> None:
    gatherer = Gatherer()
    gatherer.add("Houlocoop réunit 350 soc")
    assert bool(gatherer.close(cut=cut)) is not cut


def test_what_a_model_thinks_aloud_is_no_answer() -> None:
    found = gathered("<think>Le port. Brest ?</think>Un quai [1].", [3] * 30)
    assert [one.text for one in found] == ["Un quai."]
    assert gathered("<think>Sans fin. Brest.", [4] * 9) == []


def test_a_lead_in_is_left_out() -> None:
    assert read_sentence("Réponse : selon les passages fournis, un quai existe [1].") == [
        Said("Un quai existe.", (1,))
    ]
    assert read_sentence("D'après le passage 2, oui, un quai existe [ 1 ].")[0].text == "Un quai existe."
    assert read_sentence("Non, un quai existe (1).") == [Said("Un quai existe.", (1,))]
    assert read_sentence("- [1]") == []


def test_a_line_that_breaks_off_goes_on_in_the_next() -> None:
    assert [one.text for one in gathered("Le port\na deux quais [1].\nEt un phare [2].", [])] == [
        "Le port a deux quais.",
        "Et un phare.",
    ]


def test_endless_punctuation_costs_no_time() -> None:
    gatherer = Gatherer()
    for _ in range(3000):
        gatherer.add(".*")
    assert gatherer.is_over is False


def test_a_model_that_goes_on_and_on_is_told_from_one_that_answers() -> None:
    gatherer = Gatherer()
    gatherer.add("a" * MOST_CHARACTERS)
    assert not gatherer.is_over
    gatherer.add("b")
    assert gatherer.is_over
