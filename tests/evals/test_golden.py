from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.errors import GoldenWrong
from evals.golden import HELD_OUT, SHIPPED, holds, read_golden

CASE = {
    "id": "a", "question": "Q ?", "facts": [["1"]], "theme": None, "initiative": None, "answerable": True,
    "language": "fr", "kind": "fact", "follows": None, "documents": [],
}  # fmt: skip


def written(folder: Path, *cases: Mapping[str, object] | str) -> Path:
    file = folder / "set.jsonl"
    lines = (case if isinstance(case, str) else json.dumps(case) for case in cases)
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("case", "told"),
    [
        ("{broken", r"line 2: JSON"),
        ({**CASE, "id": "b", "facts": [[]]}, r"line 2: facts\.0"),
        ({**CASE, "id": "b", "facts": []}, r"line 2: facts: an answerable case"),
        ({**CASE}, r"line 2: id: 'a' stands twice"),
        ({**CASE, "id": "b", "follows": "z"}, r"line 2: follows: no case 'z'"),
        ({**CASE, "id": "b", "colour": "red"}, r"line 2: colour"),
        ({**CASE, "id": "b", "language": "de"}, r"line 2: language"),
    ],
)
def test_a_mistake_is_named_by_line_and_field(
    tmp_path: Path, case: Mapping[str, object] | str, told: str
) -> None:
    with pytest.raises(GoldenWrong, match=told):
        read_golden(written(tmp_path, CASE, case))


def test_facts_are_compared_without_accents_case_punctuation_or_spacing() -> None:
    assert holds("Créée en 2 004, à l'ÎLE", [["2004"], ["a l ile", "nowhere"]])
    assert not holds("Créée en 2004", [["2004"], ["Paris"]])


def test_the_shipped_sets_are_sound_and_share_no_question() -> None:
    shipped, held_out = read_golden(SHIPPED), read_golden(HELD_OUT)
    assert len(shipped) >= 120
    assert {case.kind for case in shipped} >= {"list", "count", "comparison", "follow-up", "typo", "english"}
    assert not {case.question for case in shipped} & {case.question for case in held_out}
