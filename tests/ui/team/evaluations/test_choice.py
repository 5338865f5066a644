"""Cases are chosen by set, kind, fault, language, result and words, and shown page by page."""

from __future__ import annotations

import pytest

from evals.scoring import Score, score
from tests.evals.cases import answer, case, outcome, refusal
from ui.team.evaluations.choice import Choice, Part, chosen, kinds_of, part_of


def scored(id: str, *, fine: bool, golden: str = "ports", **fields: object) -> Score:
    said = answer("Houlocoop est née en 2011.") if fine else refusal()
    one = outcome(case(id, **fields), said, golden=golden)
    return score(one, lambda _sentence, _cited: True)


SCORES = [
    scored("a", fine=True),
    scored("b", fine=False, kind="place", question="Où est l'Été ?"),
    scored("c", fine=False, golden="team"),
    scored("d", fine=False, language="en", question="When?"),
]


@pytest.mark.parametrize(
    ("choice", "ids"),
    [
        (Choice(), "bcd"),
        (Choice(state="fine"), "a"),
        (Choice(state="every"), "abcd"),
        (Choice(golden="team"), "c"),
        (Choice(kind="place"), "b"),
        (Choice(language="en"), "d"),
        (Choice(fault="false refusal"), "bcd"),
        (Choice(fault="language"), "d"),
        (Choice(fault="faithfulness"), ""),
        (Choice(words="ETE"), "b"),
        (Choice(golden="ports", kind="date", state="every"), "ad"),
    ],
)
def test_what_is_chosen_is_shown(choice: Choice, ids: str) -> None:
    assert "".join(one.case.id for one in chosen(SCORES, choice)) == ids


def test_the_address_of_a_choice_holds_what_is_chosen_and_no_more() -> None:
    assert Choice().address("/x") == "/x"
    assert Choice(golden="a&b", words="é").address("/x", page=2) == "/x?set=a%26b&q=%C3%A9&page=2"


@pytest.mark.parametrize(
    ("number", "shown", "here"), [(1, "ab", 1), (3, "e", 3), (0, "ab", 1), (99, "e", 3), (-5, "ab", 1)]
)
def test_the_nearest_page_is_shown(number: int, shown: str, here: int) -> None:
    part = part_of("abcde", number, size=2)
    assert ("".join(part.shown), part.number, part.last, part.count) == (shown, here, 3, 5)
    assert part.begin == 2 * here - 1


def test_nothing_is_one_empty_page() -> None:
    part: Part[str] = part_of([], 4, size=10)
    assert (list(part.shown), part.number, part.last) == ([], 1, 1)


def test_kinds_are_counted() -> None:
    assert kinds_of(one.case for one in SCORES) == {"date": 3, "place": 1}
