"""Drafts hold what the document says, and their twins what it does not."""

from __future__ import annotations

from pathlib import Path

from evals.golden import Case, compact
from evals.proposing import propose
from tests.fakes import ingested


def drafts(folder: Path, document: str = "houlocoop") -> list[Case]:
    return propose(ingested(folder).get(), document)


def test_every_fact_of_a_draft_stands_in_the_document(tmp_path: Path) -> None:
    index = ingested(tmp_path).get()
    for document in index.by_document:
        said = compact(" ".join(one.text for one in index.by_document[document]))
        territories = " ".join(one.territory or "" for one in index.catalogue.initiatives)
        for case in propose(index, document):
            for group in case.facts:
                assert any(compact(one) in said + compact(territories) for one in group), case


def test_a_count_a_year_and_a_link_are_asked_for(tmp_path: Path) -> None:
    kinds = {case.kind for case in drafts(tmp_path)}
    assert kinds >= {"number", "date"}


def test_a_twin_has_no_answer_and_follows_the_case_that_it_is_of(tmp_path: Path) -> None:
    cases = drafts(tmp_path)
    twins = [(place, case) for place, case in enumerate(cases) if not case.answerable]
    assert twins
    for place, twin in twins:
        assert twin.id == f"{cases[place - 1].id}-twin"
        assert twin.facts == ()


def test_no_question_is_asked_twice(tmp_path: Path) -> None:
    questions = [case.question for case in drafts(tmp_path)]
    assert len(questions) == len(set(questions))
