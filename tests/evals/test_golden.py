from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from corpus.errors import GoldenWrong
from corpus.settings import PROJECT
from evals.golden import HELD_OUT, SHIPPED, Case, concerned, holds, read_golden, read_set
from tests.fakes import ingested

CASE = {
    "id": "a", "question": "Q ?", "facts": [["1"]], "theme": None, "initiative": None, "answerable": True,
    "language": "fr", "kind": "fact", "follows": None, "documents": [],
}  # fmt: skip
ANSWERED = {
    "fact", "number", "date", "place", "person", "link", "yes-no", "definition", "list", "count",
    "comparison", "cross-initiative", "strength", "objective", "follow-up", "follow-up-3", "typo", "sms",
    "acronym", "inclusive", "english",
}  # fmt: skip
REFUSED = {"off-topic", "absent", "absent-attribute", "false-premise", "wrong-entity", "attack"}


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


def conversations(cases: Sequence[Case]) -> set[tuple[str, ...]]:
    """Return what is asked in each case, with all that it follows."""
    spoken: dict[str | None, tuple[str, ...]] = {None: ()}
    for case in cases:
        spoken[case.id] = (*spoken[case.follows], case.question)
    return set(spoken.values()) - {()}


def test_the_shipped_sets_share_no_question() -> None:
    shipped, held_out = read_golden(SHIPPED), read_golden(HELD_OUT)
    assert not conversations(shipped) & conversations(held_out)


def test_the_shipped_sets_have_cases_enough_of_every_kind() -> None:
    cases = [*read_golden(SHIPPED), *read_golden(HELD_OUT)]
    counts = Counter(case.kind for case in cases)
    assert min(counts.values()) >= 30, counts.most_common()[-3:]
    assert set(counts) == ANSWERED | REFUSED
    named = {"themes": {case.theme for case in cases}, "initiatives": {case.initiative for case in cases}}
    for folder, ids in named.items():
        fiches = {file.stem for file in (PROJECT / "corpus" / "material" / folder).glob("*.md")}
        assert fiches == ids - {None}


def test_a_byte_of_another_encoding_is_named_by_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, CASE, {**CASE, "id": "b", "question": "Où ?"})
    file.write_bytes(file.read_bytes() + json.dumps({**CASE, "id": "é"}, ensure_ascii=False).encode("cp1252"))
    with pytest.raises(GoldenWrong, match="line 2: JSON"):
        read_golden(file)


def test_a_file_without_a_case_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldenWrong, match="holds no case"):
        read_golden(written(tmp_path, "", "  "))


def test_an_alternative_of_punctuation_alone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldenWrong, match=r"line 1: facts\.0"):
        read_golden(written(tmp_path, {**CASE, "facts": [["…"]]}))


@pytest.mark.parametrize("field", ["theme", "initiative"])
def test_a_theme_or_initiative_that_the_catalogue_has_not_is_named(tmp_path: Path, field: str) -> None:
    catalogue = ingested(tmp_path).get().catalogue
    named = {**CASE, "documents": ["houlocoop"], field: "houle-coop"}
    about, elsewhere = read_set(written(tmp_path, named)), {"autre"}
    with pytest.raises(GoldenWrong, match=rf"line 1: {field}: 'houle-coop' is not in the catalogue"):
        about.check(catalogue, {"houlocoop"})
    about.check(catalogue, elsewhere)


def test_a_corpus_is_asked_what_it_holds_the_documents_of() -> None:
    cases = [
        Case.model_validate({**CASE, "id": one, "documents": documents, "follows": follows})
        for one, documents, follows in [
            ("a", ["x"], None), ("b", ["y"], None), ("c", ["x"], "b"), ("d", ["x", "y"], None),
            ("e", [], None),
        ]
    ]  # fmt: skip
    assert [case.id for case in concerned(cases, {"x"})] == ["a", "e"]
    assert [case.id for case in concerned(cases, {"x", "y"})] == ["a", "b", "c", "d", "e"]
    assert concerned(cases, {"z"}) == []
