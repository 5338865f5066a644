"""A note is laid out for a reader who checks: what it is, what was asked, what carries each sentence."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from tests.ui.briefing.notes import footnotes, kinds, note, told, two_sources
from tests.ui.fakes import answer, citation
from ui.briefing.layout import blocks_of, day_of, source_of
from ui.briefing.note import LONGEST_QUOTE


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_footnote_names_quote_document_page_initiative_and_theme() -> None:
    assert plain(told(source_of(citation(), "fr"))) == (
        "« Houlocoop réunit 350 sociétaires. » – Houlocoop (initiatives/houlocoop.md), p. 4. "
        "Initiative : Houlocoop (Audierne). Thème : Énergies de la houle."
    )
    assert plain(told(source_of(citation(), "en"))).startswith("“Houlocoop réunit 350 sociétaires.” – ")


def test_a_footnote_says_nothing_of_what_is_not_known() -> None:
    bare = citation(page=None, theme=None, initiative=None)
    expected = "« Houlocoop réunit 350 sociétaires. » – Houlocoop (initiatives/houlocoop.md)."
    assert plain(told(source_of(bare, "fr"))) == expected


def test_a_quote_without_end_is_cut_between_words() -> None:
    quoted = told(source_of(citation(quote="marée " * 1000), "fr"))
    assert len(quoted) < LONGEST_QUOTE + 200
    assert "marée […]" in quoted


def test_footnotes_are_counted_through_the_whole_note() -> None:
    blocks = blocks_of(note(two_sources("Un. [2] Deux. [1]"), two_sources("Trois. [1]")))
    assert ["née" in one for one in footnotes(blocks)] == [True, False, False]
    spans = [one for one in kinds(blocks) if one == "Span"]
    assert len(spans) == 3


def test_a_source_cited_again_in_its_answer_is_not_repeated_but_is_in_another() -> None:
    once = blocks_of(note(two_sources("Un. [1] Deux. [1] Trois. [1]")))
    assert len(footnotes(once)) == 1
    assert kinds(once).count("RawInline") == 2 * 3  # one for each format
    assert len(footnotes(blocks_of(note(answer(), answer())))) == 2


def test_an_abstention_stays_visible_as_such() -> None:
    said = told(blocks_of(note(answer("Rien.", abstained=True, citations=()))))
    assert "Sans réponse dans les documents" in said
    assert "Sans réponse dans les documents" not in told(blocks_of(note()))


def test_each_section_says_how_it_was_made_and_from_which_version() -> None:
    said = plain(told(blocks_of(note(answer(), made={3: date(2026, 11, 12)}))))
    assert "Réponse citée des documents · version 3 de l’index, du 12 novembre 2026" in said


def test_the_head_says_whose_note_it_is_and_what_it_is_worth() -> None:
    said = plain(told(blocks_of(note())[:3]))
    assert "Note de synthèse · L'Atelier des Marées · 1er décembre 2026 · version 3 de l’index" in said
    assert "vérifié par une machine" in said
    assert "relisez la note" in said


def test_headings_go_down_one_by_one() -> None:
    for many in ((answer(),), (answer(), answer())):
        levels = [one["c"][0] for one in blocks_of(note(*many)) if one["t"] == "Header"]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_bibliography_tells_territory_pages_and_addresses() -> None:
    said = plain(told(blocks_of(note())))
    bibliography = said[said.index("Bibliographie") :]
    assert "Houlocoop, Audierne, houlocoop.example" in bibliography
    assert "Houlocoop (initiatives/houlocoop.md), p. 4" in bibliography
    assert "Houlocoop, https://houlocoop.example/" in bibliography


def test_a_note_that_cites_nothing_says_so() -> None:
    assert "ne repose sur aucun document" in told(blocks_of(note(answer("Rien.", citations=()))))


def test_an_answer_in_another_language_is_marked_as_such() -> None:
    blocks = blocks_of(note(answer(language="en")))
    [spoken] = [one for one in blocks if one["t"] == "Div" and one["c"][0][2][0][0] == "lang"]
    assert spoken["c"][0][2] == [["lang", "en-GB"]]


@pytest.mark.parametrize(
    ("day", "french", "english"),
    [
        (date(2026, 12, 1), "1er décembre 2026", "1 December 2026"),
        (date(2027, 1, 31), "31 janvier 2027", "31 January 2027"),
    ],
)
def test_days_are_told_in_words(day: date, french: str, english: str) -> None:
    assert plain(day_of(day, "fr")) == french
    assert plain(day_of(day, "en")) == english
