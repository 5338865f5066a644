"""Sets: which golden sets there are, those in the settings' folder and the team's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus.settings import Settings
from evals.golden import GoldenSet, read_set
from evals.team_set import TeamSet


def golden_files(settings: Settings) -> list[Path]:
    """Return the files of the golden sets, the team's last; it has none while it is empty."""
    own = TeamSet(settings.home).file
    return [*sorted(settings.golden.glob("*.jsonl")), *([own] if own.exists() else [])]


def golden_sets(settings: Settings, files: Sequence[Path] = ()) -> list[GoldenSet]:
    """Return the sets in some files, or all that there are; two of one name are told apart by a number.

    Raises GoldenWrong and FileMissing.
    """
    own = TeamSet(settings.home).file.resolve()
    found: dict[str, GoldenSet] = {}
    for file in files or golden_files(settings):
        one = replace(read_set(file), ours=file.resolve() == own)
        name, number = one.name, 2
        while name in found:
            name, number = f"{one.name}-{number}", number + 1
        found[name] = replace(one, name=name)
    return list(found.values())
