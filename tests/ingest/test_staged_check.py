"""A version is checked before somebody decides to publish it, and each file's fate is told as it is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import PasserelleError
from corpus.home import Home
from corpus.ledger import Ledger
from corpus.records import Check, Version
from corpus.store import Store
from ingest.gating import Broken, Verdict
from ingest.isolation import DirectReaders
from ingest.pipeline import Pipeline
from ingest.progress import Watcher
from tests.fakes import FakeEmbedder, open_index, settings_of, write, write_fiches

CASE = Broken("ports/c1", "Combien de sociétaires ?")


class Gate:
    """Says that one case breaks, and keeps of which versions it was asked."""

    def __init__(self, *, holds: bool = True) -> None:
        self.holds = holds
        self.asked: list[tuple[int, int]] = []

    def __call__(
        self, store: Store, live: Version, staged: Version, *, checked: Check | None, watcher: Watcher
    ) -> Verdict:
        self.asked.append((live.number, staged.number))
        return Verdict("sha", {CASE.id: False}, (CASE,), mended=2, holds=self.holds)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home whose version 1 holds the fiches."""
    folder = tmp_path / "home"
    opened(folder, Gate()).ingest([write_fiches(tmp_path / "material")])
    return folder


def opened(home: Path, gate: Gate) -> Pipeline:
    fake = FakeEmbedder()
    return Pipeline(
        settings_of(home),
        embedder=lambda: fake,
        embedding_model=fake.name,
        readers=DirectReaders,
        gate=gate,
    )


def note(folder: Path) -> Path:
    return write(folder / "note.md", "# Note\n\nLa cale mesure 40 mètres.\n")


def test_a_staged_version_is_asked_the_golden_cases_when_somebody_wants_to_know(
    home: Path, tmp_path: Path
) -> None:
    gate = Gate(holds=False)
    report = opened(home, gate).ingest([note(tmp_path)], publish=False, check=True)
    assert gate.asked == [(1, 2)]
    assert report.verdict is not None
    assert (report.published, report.verdict.broken, report.verdict.mended) == (False, (CASE,), 2)
    kept = Ledger(Home(home).ledger).checked(2)
    assert kept is not None
    assert (kept.broken, kept.holds, kept.forced) == ([CASE.id], False, False)


def test_a_version_that_is_only_staged_is_asked_nothing(home: Path, tmp_path: Path) -> None:
    gate = Gate()
    report = opened(home, gate).ingest([note(tmp_path)], publish=False)
    assert gate.asked == []
    assert report.verdict is None


def test_what_holds_is_not_published_all_the_same_when_it_was_only_to_be_checked(
    home: Path, tmp_path: Path
) -> None:
    report = opened(home, Gate()).ingest([note(tmp_path)], publish=False, check=True)
    assert not report.published
    assert open_index(home).get().number == 1


def test_a_version_without_a_document_is_checked_too(home: Path) -> None:
    gate = Gate()
    opened(home, gate).forget("houlocoop", publish=False, check=True)
    assert gate.asked == [(1, 2)]


def test_each_file_is_told_of_once_with_the_reason_of_a_refusal(home: Path, tmp_path: Path) -> None:
    first = note(tmp_path)
    again = write(tmp_path / "same.md", first.read_text(encoding="utf-8"))
    held = tmp_path / "material" / "atelier-des-marees.md"
    empty = write(tmp_path / "empty.txt", "  \n")
    strange = write(tmp_path / "tool.exe", "MZ")
    wrong = write(
        tmp_path / "wrong.md", "---\nkind: initiative\nname: X\nthemes: [nowhere]\n---\n\n# X\n\nX.\n"
    )
    told: dict[str, tuple[str, PasserelleError | None]] = {}
    stages: list[str] = []

    def each(file: str, stage: str, reason: PasserelleError | None) -> None:
        stages.append(file)
        told[file] = (stage, reason)

    opened(home, Gate()).ingest([first, again, held, empty, strange, wrong], publish=False, each=each)
    assert {file: stage for file, (stage, _) in told.items()} == {
        "note.md": "read",
        "same.md": "again",
        "atelier-des-marees.md": "held",
        "empty.txt": "refused",
        "tool.exe": "refused",
        "wrong.md": "refused",
    }
    assert {file: type(reason).__name__ for file, (_, reason) in told.items() if reason} == {
        "empty.txt": "FileEmpty",
        "tool.exe": "FormatUnknown",
        "wrong.md": "CatalogueWrong",
    }
    # What is wrong with a fiche beside the others is only known when all are read.
    assert sorted(set(stages)) == sorted(told)
