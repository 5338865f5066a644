"""What is typed becomes a case, or each field says what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evals.golden import Case
from tests.evals.cases import case
from ui.team.evaluations.form import FIELDS, Known, empty, read, typed_of

KNOWN = Known(
    themes=["ports"],
    initiatives=["houlocoop"],
    documents=["houlocoop", "carnet"],
    limit=200,
    before=[case("before")],
    taken={"before", "quand"},
)
TYPED = typed_of(case("a", facts=[["2011", "deux mille onze"], ["mars"]], follows="before"))


def wrong(**typed: str) -> dict[str, str]:
    """Return the keys of what is wrong with a form, by field."""
    found = read({**TYPED, **typed}, KNOWN)
    return (
        {} if isinstance(found, Case) else {name: one.key.rpartition(".")[2] for name, one in found.items()}
    )


def test_a_case_comes_out_of_its_form_as_it_was() -> None:
    for one in (
        case("a", facts=[["2011", "deux mille onze"], ["mars"]], follows="before"),
        case("b", answerable=False),
    ):
        assert read(typed_of(one), KNOWN) == one


def test_a_fact_a_line_and_a_bar_between_two_ways_to_say_it() -> None:
    found = read({**TYPED, "facts": " 350|trois cents \r\n\r\n | sociétaires | "}, KNOWN)
    assert isinstance(found, Case)
    assert found.facts == (("350", "trois cents"), ("sociétaires",))


def test_an_id_that_is_left_out_is_made_of_the_question() -> None:
    found = read({**TYPED, "id": " ", "question": "Quand ?"}, KNOWN)
    assert isinstance(found, Case)
    assert found.id == "quand-2"


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("question", "  \n", "question"),
        ("question", "x" * 201, "long"),
        ("facts", "", "facts"),
        ("facts", "2011 | …", "bare"),
        ("documents", "houlocoop nulle-part", "document"),
        ("initiative", "autre", "initiative"),
        ("theme", "autre", "theme"),
        ("language", "de", "language"),
        ("kind", "", "kind"),
        ("kind", "x" * 41, "kind"),
        ("follows", "after", "follows"),
        ("id", "a b", "id"),
        ("id", "x" * 121, "id"),
        ("id", "before", "taken"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, text: str, key: str) -> None:
    assert wrong(**{field: text}) == {field: key}


def test_a_refusal_has_no_facts() -> None:
    assert wrong(answerable="no") == {"facts": "no_facts"}
    assert wrong(answerable="no", facts="") == {}


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert set(wrong(question="", kind="", theme="?")) == {"question", "kind", "theme"}


def test_an_empty_form_says_what_it_needs() -> None:
    found = read(empty("fr"), KNOWN)
    assert isinstance(found, dict)
    assert set(found) == {"question", "facts"}
    assert set(empty("en")) == set(FIELDS)


def test_a_case_that_another_follows_keeps_its_id() -> None:
    known = replace(KNOWN, leads="a")
    assert isinstance(read(TYPED, known), Case)
    found = read({**TYPED, "id": "b"}, known)
    assert isinstance(found, dict)
    assert found["id"].key == "evaluations.wrong.leads"


def test_what_nobody_sees_is_left_out() -> None:
    found = read({**TYPED, "question": "Quand\x00 \x1b[31m?\ud800"}, KNOWN)
    assert isinstance(found, Case)
    assert found.question == "Quand [31m?"
