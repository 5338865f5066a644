"""All golden sets are asked: those of the settings' folder and the team's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import Settings
from evals.sets import golden_files, golden_sets
from evals.team_set import TeamSet
from tests.evals.cases import case
from tests.fakes import settings_of


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = tmp_path / "sets"
    folder.mkdir()
    (folder / "ports.jsonl").write_text(case("a").model_dump_json(), encoding="utf-8")
    return settings_of(tmp_path / "home").model_copy(update={"golden": folder})


def test_an_empty_set_of_the_team_is_not_asked(settings: Settings) -> None:
    assert [one.name for one in golden_sets(settings)] == ["ports"]


def test_the_team_s_set_comes_after_those_of_the_folder(settings: Settings) -> None:
    TeamSet(settings.home).append(case("b"))
    assert [(one.name, one.ours) for one in golden_sets(settings)] == [("ports", False), ("team", True)]


def test_two_sets_of_one_name_are_told_apart(settings: Settings) -> None:
    TeamSet(settings.home).append(case("b"))
    (settings.golden / "team.jsonl").write_text(case("c").model_dump_json(), encoding="utf-8")
    found = golden_sets(settings)
    assert [(one.name, one.ours) for one in found] == [("ports", False), ("team", False), ("team-2", True)]


def test_a_file_that_is_named_is_read_alone(settings: Settings) -> None:
    TeamSet(settings.home).append(case("b"))
    found = golden_sets(settings, golden_files(settings)[1:])
    assert [(one.name, one.ours) for one in found] == [("team", True)]


def test_a_gap_that_the_team_noted_is_asked_though_no_case_names_a_document(settings: Settings) -> None:
    TeamSet(settings.home).append(case("b", answerable=False))
    shipped, own = golden_sets(settings)
    assert own.concerned({"another"}) == list(own.cases)
    assert shipped.concerned({"another"}) == []


def test_a_case_of_the_team_about_a_document_that_is_gone_is_not_asked(settings: Settings) -> None:
    TeamSet(settings.home).append(case("b"))
    assert golden_sets(settings)[1].concerned({"another"}) == []
