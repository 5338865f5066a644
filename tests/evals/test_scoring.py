"""A planted fault lowers exactly the measures that it should."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from assistant.answer import Answer, Citation
from evals.scoring import NAMES, WORSE_HIGH, Score, conversations, rows, score
from evals.support import support
from tests.evals.cases import answer, case, citation, outcome, refusal

QUOTE = "Houlocoop est née en 2011 à Roscoff."
NEIGHBOUR = citation(1, "Varech Lab est né en 1998.", initiative="varech-lab")
SOUND = answer("Houlocoop est née en 2011.", citations=[citation(1, QUOTE)])
NO_ANSWER = case("n", answerable=False)


def scored(said: Answer, *, about: str = "a") -> Score:
    return score(outcome(NO_ANSWER if about == "n" else case("a"), said), by_rules)


def by_rules(sentence: str, cited: Sequence[Citation]) -> bool:
    return support(sentence, cited).supported


def worse_than_sound(said: Answer, sound: Score, *, about: str = "a") -> set[str]:
    found = scored(said, about=about)
    worse = set()
    for name in NAMES:
        before, now = sound.values[name], found.values[name]
        if before is not None and now is not None and before != now:
            assert (now < before) is (name not in WORSE_HIGH)
            worse.add(name)
    return worse


@pytest.mark.parametrize(
    ("fault", "said", "lowered"),
    [
        (
            "a marker of another passage",
            answer("Houlocoop est née en 2011.", markers=[[2]],
                   citations=[citation(1, QUOTE), citation(2, "Le quai est long.")]),
            {"citation recall", "citation precision", "faithfulness"},
        ),
        (
            "a marker that points to nothing",
            answer("Houlocoop est née en 2011.", citations=[citation(1, QUOTE)], markers=[[1, 9]]),
            {"citation precision", "faithfulness"},
        ),
        (
            "a neighbour's date, rightly cited",
            answer("Varech Lab est né en 1998.", citations=[NEIGHBOUR]),
            {"right", "fact recall", "cited"},
        ),
        (
            "a neighbour's date under one's own citation",
            answer("Houlocoop est née en 1998.", citations=[citation(1, QUOTE)]),
            {"right", "fact recall", "citation recall", "citation precision", "faithfulness"},
        ),
        (
            "an invented figure beside the fact",
            answer("Houlocoop est née en 2011 avec 37 bateaux.", citations=[citation(1, QUOTE)]),
            {"citation recall", "citation precision", "faithfulness"},
        ),
        (
            "another language",
            answer("Houlocoop est née en 2011.", citations=[citation(1, QUOTE)], language="en"),
            {"language"},
        ),
        ("a refusal", refusal(), {"right", "fact recall", "cited", "theme", "false refusal"}),
    ],
)  # fmt: skip
def test_a_planted_fault_lowers_what_it_should(fault: str, said: Answer, lowered: set[str]) -> None:
    sound = scored(SOUND)
    assert sound.fine, fault
    assert worse_than_sound(said, sound) == lowered
    assert not scored(said).fine


def test_an_answer_to_what_has_none_lowers_the_right_refusals_alone() -> None:
    sound = scored(refusal(), about="n")
    assert sound.fine
    assert worse_than_sound(SOUND, sound, about="n") == {"refused rightly"}
    assert scored(SOUND, about="n").faults == ("refused rightly",)


def test_the_items_that_a_list_leaves_out_lower_its_completeness() -> None:
    wanted = case("a", kind="list", facts=[["Houlocoop"], ["Varech"], ["Filets"], ["Criée"]])
    said = answer("Houlocoop et Varech.", citations=[citation(1, "Houlocoop et Varech.")])
    found = score(outcome(wanted, said), by_rules)
    assert found.values["completeness"] == found.values["fact recall"] == 1 / 2
    assert found.values["right"] == 0


def test_an_unscored_citation_is_left_out_of_the_mean_and_never_zero() -> None:
    sound, unscored = scored(SOUND), score(outcome(case("b"), SOUND), lambda _sentence, _cited: None)
    [*_, whole] = rows([sound, unscored])
    assert whole.values["faithfulness"][::3] == (1.0, 1)
    assert whole.values["right"].size == 2


def test_rows_are_by_kind_with_totals_at_the_end() -> None:
    some = [
        score(outcome(case("a"), SOUND), by_rules),
        score(outcome(case("b", kind="list"), SOUND), by_rules),
        score(outcome(case("c", kind="list"), refusal()), by_rules),
        score(outcome(case("n", kind="absent", answerable=False), refusal()), by_rules),
    ]
    assert [(row.name, row.count) for row in rows(some)] == [
        ("list", 2), ("date", 1), ("absent", 1), ("answerable", 3), ("unanswerable", 1), ("all", 4)
    ]  # fmt: skip


def test_the_turns_of_a_conversation_have_one_root() -> None:
    turns = [case("a"), case("b", follows="a"), case("c", follows="b"), case("d")]
    assert conversations(turns) == {"a": "a", "b": "a", "c": "a", "d": "d"}
