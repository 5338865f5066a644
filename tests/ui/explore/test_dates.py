"""Dated sentences are quoted as they stand, with where they come from."""

from __future__ import annotations

from tests.ui.explore.fakes import CATALOGUE, PASSAGES, passage
from ui.explore.dates import dated_sentences

NOW = 2026


def test_each_dated_sentence_has_its_document_and_its_initiative() -> None:
    found = dated_sentences(PASSAGES, CATALOGUE, now=NOW)
    assert [(one.year, one.document_id, one.page, one.at, one.initiative) for one in found] == [
        (2003, "criee", 4, 0, "criee"),
        (2011, "houlocoop", None, 40, "houlocoop"),
        (2019, "criee", None, 90, "houlocoop"),
    ]
    assert found[1].sentence == "Elle est née en 2011."
    assert found[1].themes == ("houle", "ports")


def test_the_year_is_told_apart_in_the_sentence() -> None:
    (one,) = dated_sentences([passage("Ouverte en 2011, oui en 2011.")], CATALOGUE, now=NOW)
    assert one.pieces == ("Ouverte en ", "2011", ", oui en ", "2011", ".")
    assert "".join(one.pieces) == one.sentence


def test_a_sentence_with_two_years_stands_under_both() -> None:
    found = dated_sentences([passage("De 2011 à 2015, elle grandit.")], CATALOGUE, now=NOW)
    assert [one.year for one in found] == [2011, 2015]


def test_what_two_passages_of_a_document_share_is_said_once() -> None:
    twice = [passage("Née en 2011."), passage("Née en 2011.", start=5)]
    assert len(dated_sentences(twice, CATALOGUE, now=NOW)) == 1


def test_of_an_endless_sentence_only_what_stands_around_the_year_is_shown() -> None:
    (one,) = dated_sentences([passage("mot " * 5000 + "en 2011 " + "mot " * 5000)], CATALOGUE, now=NOW)
    assert len("".join(one.pieces)) < 400
    assert "2011" in one.pieces
    assert one.pieces[0].startswith("…")
    assert one.pieces[-1].endswith("…")
