"""A version that answers less than the live one is staged, told and not published."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.settings import Settings
from evals.gate import GoldenGate
from evals.team_set import TeamSet
from ingest.isolation import DirectReaders
from ingest.pipeline import Pipeline
from ingest.report import Report
from tests.evals.cases import case
from tests.fakes import FICHES, FakeEmbedder, open_index, settings_of, write, write_fiches

FICHE = "initiatives/houlocoop.md"
QUESTIONS = [
    "Combien de sociétaires a Houlocoop ?",
    "Combien de sociétaires compte Houlocoop ?",
    "Houlocoop réunit combien de sociétaires ?",
    "Quel est le nombre de sociétaires de Houlocoop ?",
    "Houlocoop a combien de sociétaires ?",
    "Dis-moi combien de sociétaires Houlocoop réunit",
]


class Home:
    """A home with the fiches live, a folder of golden sets, and a pipeline with the gate on both."""

    def __init__(self, folder: Path) -> None:
        self.material = write_fiches(folder / "material")
        self.golden = folder / "golden"
        self.golden.mkdir()
        self.folder = folder / "home"
        self.embedder = FakeEmbedder()
        self.checks: list[int] = []
        self.golden_set(QUESTIONS)

    def golden_set(self, questions: list[str], **fields: Any) -> None:
        cases = [
            {
                "id": f"c{place}", "question": question, "facts": [["350"]], "theme": None, "kind": "number",
                "initiative": "houlocoop", "answerable": True, "language": "fr", "follows": None,
                "documents": ["houlocoop"], **fields,
            }
            for place, question in enumerate(questions)
        ]  # fmt: skip
        lines = (json.dumps(one) for one in cases)
        (self.golden / "ports.jsonl").write_text("\n".join(lines), encoding="utf-8")

    def settings(self, **fields: Any) -> Settings:
        return settings_of(self.folder).model_copy(update={"golden": self.golden, **fields})

    def ingest(self, *, force: bool = False, **fields: Any) -> Report:
        settings = self.settings(**fields)
        pipeline = Pipeline(
            settings,
            embedder=lambda: self.embedder,
            embedding_model=self.embedder.name,
            readers=DirectReaders,
            gate=GoldenGate(settings, embed=lambda: self.embedder.embed_questions),
        )
        return pipeline.ingest([self.material], force=force, watcher=self.watch)

    def watch(self, stage: str, _done: int, total: int) -> None:
        if stage == "check":
            self.checks.append(total)

    def change(self, old: str, new: str) -> None:
        write(self.material / FICHE, FICHES[FICHE].replace(old, new))

    @property
    def live(self) -> int:
        return open_index(self.folder).number()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home whose version 1 is live."""
    made = Home(tmp_path)
    assert made.ingest().verdict is None  # nothing to compare the first version with
    return made


def test_a_version_that_lost_its_answers_is_not_published(home: Home) -> None:
    home.change("350", "de nombreux")
    report = home.ingest()
    assert report.verdict is not None
    assert (report.published, report.version, home.live) == (False, 2, 1)
    assert [one.question for one in report.verdict.broken] == QUESTIONS
    assert report.verdict.mended == 0


def test_a_change_that_breaks_nothing_is_published(home: Home) -> None:
    home.change("## Force", "Le local est ouvert le mardi.\n\n## Force")
    report = home.ingest()
    assert report.verdict is not None
    assert (report.verdict.holds, report.verdict.broken, home.live) == (True, (), 2)
    assert len(report.verdict.fine) == len(QUESTIONS)


def test_a_broken_case_or_two_are_told_but_are_no_fall(home: Home) -> None:
    home.golden_set(QUESTIONS[:2])
    home.change("350", "de nombreux")
    report = home.ingest()
    assert report.verdict is not None
    assert (report.published, len(report.verdict.broken)) == (True, 2)


def test_force_publishes_and_is_recorded(home: Home) -> None:
    home.change("350", "de nombreux")
    report = home.ingest(force=True)
    assert report.verdict is not None
    assert (report.published, report.verdict.forced, home.live) == (True, True, 2)


def test_what_the_live_version_answered_is_not_asked_again(home: Home) -> None:
    home.change("## Force", "Le local est ouvert le mardi.\n\n## Force")
    first = home.ingest()
    assert set(home.checks) == {2 * len(QUESTIONS)}
    home.checks.clear()
    home.change("## Force", "Le local est ouvert le jeudi.\n\n## Force")
    second = home.ingest()
    assert first.verdict is not None
    assert second.verdict is not None
    assert set(home.checks) == {len(QUESTIONS)}


def test_cases_about_documents_that_are_not_in_both_are_not_asked(home: Home) -> None:
    home.golden_set(QUESTIONS, documents=["nowhere"])
    home.change("350", "de nombreux")
    report = home.ingest()
    assert (report.verdict, report.published) == (None, True)


def test_no_more_cases_are_asked_than_the_settings_say(home: Home) -> None:
    home.change("## Force", "Le local est ouvert le mardi.\n\n## Force")
    report = home.ingest(gate_cases=4)
    assert report.verdict is not None
    assert len(report.verdict.fine) == 4


def test_the_team_s_cases_are_asked_before_any_other(home: Home) -> None:
    team = TeamSet(home.folder)
    for place, question in enumerate(QUESTIONS[:2]):
        team.append(case(f"t{place}", question=question, facts=[["350"]], theme=None))
    home.change("## Force", "Le local est ouvert le mardi.\n\n## Force")
    report = home.ingest(gate_cases=2)
    assert report.verdict is not None
    assert sorted(report.verdict.fine) == ["team/t0", "team/t1"]
