from __future__ import annotations

import pytest

from assistant.choosing import best_first, shown
from assistant.desk import Desk, Request
from assistant.evidence import Evidence
from corpus.documents import Passage
from corpus.sentences import clauses

TEXT = (
    "L'atelier avance à pas comptés. Il part de ce que font les ports. "
    "Trois critères comptent : la pêche, le port et la houle. Le critère de la houle vient en premier."
)
PASSAGE = Passage("note", "Note", "note.md", TEXT, 0, len(TEXT), "", None, (), None, None)


def evidence(rank: int, likelihood: float) -> Evidence:
    return Evidence(PASSAGE, clauses(TEXT)[rank], rank, {}, likelihood, "fiche")


def told(chosen: list[Evidence]) -> list[int]:
    return [one.rank for one in chosen]


@pytest.mark.parametrize(
    "question", ["Quels sont les critères ?", "Cite les critères", "What are the criteria?"]
)
def test_of_sentences_as_likely_the_one_that_lists_answers_alone(desk: Desk, question: str) -> None:
    asked = desk.understand(Request(question))
    assert told(best_first(asked, [evidence(3, 0.94), evidence(2, 0.93)])) == [2]


def test_a_list_that_is_much_less_likely_is_passed_over(desk: Desk) -> None:
    asked = desk.understand(Request("Quels sont les critères ?"))
    assert told(best_first(asked, [evidence(3, 0.94), evidence(2, 0.5)])) == [3, 2]


def test_asked_how_the_sentence_that_goes_on_is_shown_too(desk: Desk) -> None:
    how = desk.understand(Request("Comment avance l'atelier ?"))
    where = desk.understand(Request("Où avance l'atelier ?"))
    assert told(shown(how, [evidence(0, 0.9)])) == [0, 1]
    assert told(shown(where, [evidence(0, 0.9)])) == [0]
    assert told(shown(how, [evidence(2, 0.9)])) == [2]


def test_only_what_comes_close_is_shown_in_reading_order_three_at_most(desk: Desk) -> None:
    asked = desk.understand(Request("Que dit l'atelier ?"))
    assert told(shown(asked, [evidence(3, 0.9), evidence(0, 0.8), evidence(1, 0.7), evidence(2, 0.7)])) == [
        0,
        1,
        3,
    ]
    assert told(shown(asked, [evidence(3, 0.9), evidence(0, 0.4)])) == [3]
