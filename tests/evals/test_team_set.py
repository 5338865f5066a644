"""The team's golden set is changed one case at a time, and never left broken."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.errors import CaseUnknown, GoldenWrong, HomeUnusable
from evals.golden import Case, read_set
from evals.team_set import TeamSet


def case(name: str = "sardine", **fields: object) -> Case:
    """Return a case about the Grande Sardine, some of its fields replaced."""
    whole: dict[str, object] = {
        "id": name,
        "question": "Combien de bouées ?",
        "facts": [["42", "quarante-deux"]],
        "theme": None,
        "initiative": None,
        "answerable": True,
        "language": "fr",
        "kind": "number",
        "follows": None,
        "documents": ["energies-de-la-houle"],
    }
    return Case.model_validate(whole | fields)


@pytest.fixture
def team(tmp_path: Path) -> TeamSet:
    return TeamSet(tmp_path)


def test_a_home_without_cases_has_no_file(team: TeamSet) -> None:
    assert team.cases() == ()
    assert not team.file.exists()


def test_a_case_is_read_back_as_any_golden_set_is(team: TeamSet) -> None:
    team.append(case("un"))
    team.append(case("deux", follows="un"))
    assert read_set(team.file).cases == (case("un"), case("deux", follows="un"))
    assert team.get("deux").follows == "un"


def test_a_case_is_put_in_the_place_of_another(team: TeamSet) -> None:
    team.append(case("un"))
    team.append(case("deux"))
    team.replace("un", case("premier", question="Combien ?"))
    assert [(one.id, one.question) for one in team.cases()] == [
        ("premier", "Combien ?"),
        ("deux", "Combien de bouées ?"),
    ]


def test_the_last_case_that_is_taken_out_leaves_no_file(team: TeamSet) -> None:
    team.append(case("un"))
    team.remove("un")
    assert team.cases() == ()
    assert not team.file.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (case("un"), "id"),
        (case("deux", follows="trois"), "follows"),
        (case("deux", facts=[]), "facts"),
        (case("deux", facts=[["…"]]), "facts.0"),
    ],
)
def test_a_set_that_would_be_wrong_is_not_written(team: TeamSet, wrong: Case, field: str) -> None:
    team.append(case("un"))
    before = team.file.read_bytes()
    with pytest.raises(GoldenWrong) as refused:
        team.append(wrong)
    assert (refused.value.fields["file"], refused.value.fields["field"]) == ("team.jsonl", field)
    assert team.file.read_bytes() == before


def test_a_case_that_another_follows_stays(team: TeamSet) -> None:
    team.append(case("un"))
    team.append(case("deux", follows="un"))
    with pytest.raises(GoldenWrong):
        team.remove("un")
    assert [one.id for one in team.cases()] == ["un", "deux"]


def test_an_unknown_case_is_named(team: TeamSet) -> None:
    team.append(case("un"))
    for change in (lambda: team.get("x"), lambda: team.remove("x"), lambda: team.replace("x", case("un"))):
        with pytest.raises(CaseUnknown, match="'x'"):
            change()


def test_an_id_that_is_taken_gets_a_number(team: TeamSet) -> None:
    assert team.free_id("un") == "un"
    team.append(case("un"))
    team.append(case("un-2"))
    assert team.free_id("un") == "un-3"


def test_of_many_who_add_a_case_at_once_none_is_lost(team: TeamSet) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: team.append(case(f"case-{number}")), range(24)))
    assert {one.id for one in team.cases()} == {f"case-{number}" for number in range(24)}


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "golden").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(HomeUnusable, match="golden"):
        TeamSet(tmp_path).append(case())
