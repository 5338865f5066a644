from __future__ import annotations

import pytest

from assistant.answer import Support
from assistant.chain import Assistant
from assistant.question import Term
from assistant.speaking import _speaks_of_rarest
from corpus.documents import Passage
from corpus.words import stem
from tests.assistant.test_chain import cited

YEARS = {"houlocoop": 2011, "varech-lab": 2016, "la-criee-ouverte": 2003}


@pytest.mark.parametrize(
    ("question", "found", "said"),
    [
        (
            "Quelles initiatives ont été créées avant 2016 ?",
            {"houlocoop", "la-criee-ouverte"},
            "d'avant 2016",
        ),
        ("Quelles initiatives ont été créées jusqu'en 2016 ?", set(YEARS), "de 2016 ou avant"),
        ("Quelles initiatives ont été créées après 2011 ?", {"varech-lab"}, "d'après 2011"),
        ("Quelles initiatives ont été créées depuis 2011 ?", {"houlocoop", "varech-lab"}, "de 2011 ou après"),
        ("Quelles initiatives ont été créées en 2011 ?", {"houlocoop"}, "de 2011,"),
        ("Quelles initiatives ont été créées entre 2012 et 2020 ?", {"varech-lab"}, "de 2012 à 2020"),
        (
            "Lesquelles de vos initiatives sont nées après 2011, d'après les dates dont vous disposez ?",
            {"varech-lab"},
            "d'après 2011",
        ),
        ("Which initiatives were founded before 2011?", {"la-criee-ouverte"}, "founded before 2011"),
    ],
)
def test_years_are_read_as_they_are_meant(
    assistant: Assistant, question: str, found: set[str], said: str
) -> None:
    answer = assistant.ask(question)
    assert cited(answer) == found
    assert said in answer.sentences[0].text


def test_a_filter_says_how_many_it_examined_and_how_many_are_blank(assistant: Assistant) -> None:
    everyone = assistant.index.catalogue.initiatives
    answer = assistant.ask("Quelles initiatives ont été créées avant 2016 ?")
    assert f"sur {len(everyone)} examinées" in answer.sentences[0].text
    blank = sum(one.year is None for one in everyone)
    assert answer.sentences[-1].text == f"Sans date de création documentée : {blank}."
    assert answer.sentences[-1].markers == ()


def test_that_no_year_fits_is_said_with_what_was_examined(assistant: Assistant) -> None:
    answer = assistant.ask("Quelles initiatives ont été créées après 2050 ?")
    assert answer.abstained
    assert answer.citations == ()
    assert "aucune initiative dont la création date d'après 2050, sur 5 examinées" in answer.text
    assert "Sans date de création documentée" in answer.text


def test_a_territory_says_how_many_have_none(assistant: Assistant) -> None:
    blank = sum(one.territory is None for one in assistant.index.catalogue.initiatives)
    answer = assistant.ask("Quelles initiatives sont dans la baie d'Audierne ?")
    assert cited(answer) == {"houlocoop"}
    assert ("Sans territoire documenté" in answer.text) is bool(blank)


def test_the_whole_catalogue_is_not_said_to_be_examined(assistant: Assistant) -> None:
    assert "examinées" not in assistant.ask("Quelles sont toutes les initiatives ?").text


def test_framing_after_a_list_stands_apart_from_its_last_line(assistant: Assistant) -> None:
    text = assistant.ask("Quelles initiatives ont été créées avant 2016 ?").text
    assert "\n\nSans date" in text
    assert not text.endswith("\n")


def test_a_figure_beyond_a_bound_is_filtered_by_the_figures_of_the_catalogue(assistant: Assistant) -> None:
    assert cited(assistant.ask("Quelles initiatives ont plus de 300 sociétaires ?")) == {"houlocoop"}
    none = assistant.ask("Quelles initiatives ont plus de 3000 sociétaires ?")
    assert none.abstained
    assert "aucune initiative correspondant à « plus de 3000 sociétaires »" in none.text


def test_what_is_asked_of_members_lists_none_of_them(assistant: Assistant) -> None:
    answer = assistant.ask("Les ports partagés, ça concerne quels usages ?")
    assert "initiative" not in answer.text


def test_what_somebody_does_is_no_participle(assistant: Assistant) -> None:
    said = assistant.ask("Y a-t-il une initiative qui aide les écoles ?").text
    assert "« écoles »" in said
    assert "aide" not in said


def test_the_rarest_word_of_a_list_must_be_said() -> None:
    passage = Passage("x", "X", "x.md", "Un port.", 0, 8, themes=(), initiative="x")
    port, rare = term("port", 1.0), term("insertion", 4.0)
    assert _speaks_of_rarest(Support(passage, "L'insertion par le port.", 1.0), [port, rare])
    assert not _speaks_of_rarest(Support(passage, "L'activité du port.", 1.0), [port, rare])
    assert _speaks_of_rarest(Support(passage, "L'activité du port.", 1.0), [port])


def term(word: str, weight: float) -> Term:
    return Term(word, stem(word), frozenset(), weight, foreign=False)
