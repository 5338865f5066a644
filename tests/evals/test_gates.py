from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import GatesWrong
from evals.gates import missed, read_gates
from evals.golden import HELD_OUT, SHIPPED
from evals.scoring import rows, score
from tests.evals.cases import answer, case, citation, outcome, refusal

SOUND = answer("Houlocoop est née en 2011.", citations=[citation()])


def test_the_shipped_gates_are_those_of_the_shipped_sets() -> None:
    assert set(read_gates()) == {SHIPPED.stem, HELD_OUT.stem}


@pytest.mark.parametrize(
    "written",
    ["[set]\nrigth = 0.9\n", "[set]\nright = 90\n", "[set]\nright = 'high'\n", "right", "right = 1\n"],
)
def test_a_mistake_in_the_gates_is_told(tmp_path: Path, written: str) -> None:
    file = tmp_path / "gates.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(GatesWrong, match=r"gates\.toml"):
        read_gates(file)


def test_a_gate_is_missed_below_it_and_for_refusals_above_it() -> None:
    answers = [SOUND, SOUND, SOUND, refusal()]
    some = rows([score(outcome(case(f"c{at}"), one), lambda _s, _c: True) for at, one in enumerate(answers)])
    gates = {"right": 0.8, "cited": 0.7, "false refusal": 0.2, "abstention recall": 0.9}
    assert [(one.measure, one.value) for one in missed(gates, "set", some)] == [
        ("right", 0.75),
        ("false refusal", 0.25),
    ]
