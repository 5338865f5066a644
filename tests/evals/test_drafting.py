"""A case is drafted from what a visitor thinks of an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.documents import Passage
from corpus.feedback import Opinion
from corpus.subjects import Naming
from evals.drafting import MOST_FACTS, draft, facts_in, kind_of
from tests.ui.fakes import CATALOGUE

NAMING = Naming(CATALOGUE)
KNOWN = ("houlocoop", "houle")
GOOD = Opinion(
    verdict="up",
    question="Combien de sociétaires a Houlocoop ?",
    answer="Houlocoop réunit plus de 350 sociétaires. [1]",
    version=3,
    mode="extractive",
    language="fr",
    documents=("houlocoop", "gone"),
)
PASSAGE = Passage("houlocoop", "Houlocoop", "houlocoop.md", "Elle réunit 412 sociétaires depuis 2011.", 0, 40)


def test_a_good_answer_gives_its_facts() -> None:
    case = draft(GOOD, NAMING, known=KNOWN)
    assert case.facts == (("350",),)
    assert (case.kind, case.answerable, case.language) == ("number", True, "fr")
    assert (case.initiative, case.theme, case.documents) == ("houlocoop", "houle", ("houlocoop",))
    assert case.id == "combien-de-societaires-a-houlocoop"
    assert case.question == GOOD.question


def test_a_bad_answer_gives_what_the_documents_say() -> None:
    case = draft(replace(GOOD, verdict="down"), NAMING, passages=[PASSAGE], known=KNOWN)
    assert case.facts == (("412",), ("2011",))
    other = replace(PASSAGE, document_id="houle", text="Les 900 bouées.")
    assert draft(replace(GOOD, verdict="down"), NAMING, passages=[other, PASSAGE], known=KNOWN) == case


def test_a_refusal_that_should_have_been_an_answer_takes_the_nearest_document() -> None:
    refused = replace(GOOD, verdict="down", documents=(), answer="Je ne sais pas.")
    case = draft(refused, NAMING, passages=[PASSAGE], known=KNOWN)
    assert (case.answerable, case.documents, case.facts) == (True, ("houlocoop",), (("412",), ("2011",)))


def test_a_refusal_that_was_right_is_a_case_without_an_answer() -> None:
    case = draft(replace(GOOD, documents=(), answer="Je ne sais pas."), NAMING, passages=[PASSAGE])
    assert (case.answerable, case.facts, case.documents, case.kind) == (False, (), (), "absent")


def test_the_subject_is_that_of_the_document_where_the_question_names_none() -> None:
    case = draft(replace(GOOD, question="Combien sont-ils ?"), NAMING, known=KNOWN)
    assert (case.initiative, case.theme) == ("houlocoop", "houle")
    case = draft(replace(GOOD, question="Combien sont-ils ?", documents=("houle",)), NAMING, known=KNOWN)
    assert (case.initiative, case.theme) == (None, "houle")


def test_without_anything_to_go_by_the_facts_are_left_to_whoever_reads() -> None:
    case = draft(replace(GOOD, verdict="down", documents=("gone",)), NAMING)
    assert (case.facts, case.documents) == ((), ())


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Combien de bouées ?", "number"),
        ("En quelle année est née Houlocoop ?", "date"),
        ("Quel est le site de Houlocoop ?", "link"),
        ("Où se trouve Houlocoop ?", "place"),
        ("Qui dirige Houlocoop ?", "person"),
        ("Qu’est-ce que la houle ?", "definition"),
        ("Compare Houlocoop et Varech’Lab", "comparison"),
        ("Quelles sont les initiatives sur la houle ?", "list"),
        ("How many members are there?", "number"),
        ("La houle", "fact"),
    ],
)
def test_the_kind_is_told_by_the_question(question: str, kind: str) -> None:
    assert kind_of(question) == kind


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("Le site : https://www.houlocoop.example/atelier. [3]", "link", ["houlocoop.example/atelier"]),
        ("1 250 000 euros, soit 12,5 % du total.", "number", ["1 250 000", "12,5 %"]),
        ("Il y a 7 thèmes et 42 bouées. [12]", "number", ["7 thèmes", "42 bouées"]),
        ("La maire est Anne Le Goff. Le port l’emploie.", "person", ["Anne Le Goff"]),
        ("La régie se trouve à Concarneau.", "place", ["Concarneau"]),
        ("Une énergie produite par les vagues.", "definition", ["énergie", "produite"]),
        ("", "fact", []),
        ("[1] … !", "fact", []),
    ],
)
def test_facts_are_what_a_text_states(text: str, kind: str, facts: list[str]) -> None:
    assert [group[0] for group in facts_in(text, kind=kind)] == facts


def test_what_the_question_says_itself_is_no_fact() -> None:
    text = "En 2019, 18 tonnes de filets ; en 2020, 250."
    assert facts_in(text, kind="number", question="Combien de tonnes en 2019 ?") == (
        ("18 tonnes",),
        ("2020",),
        ("250",),
    )


def test_no_more_facts_are_proposed_than_somebody_reads() -> None:
    assert len(facts_in(" ".join(str(number) for number in range(100, 150)), kind="number")) <= MOST_FACTS
