"""What waits to be published: one file of the home says which version, and where its documents lie."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.records import Version
from ui.team.keys import write_privately


@dataclass(frozen=True, slots=True)
class Staged:
    """A version that the team prepared and nobody decided about yet.

    `created_at` (ISO 8601) tells it from another that was given the same number later, `base` is the version
    that it was made from, `files` the files of the inbox that it holds with the SHA-256 of each as it was
    read, "" where that is not known, `broken` the questions of the golden cases that it breaks, by id.
    """

    number: int
    created_at: str
    base: int | None
    files: Mapping[str, str]
    broken: dict[str, str]

    def is_of(self, version: Version) -> bool:
        """Say whether a version of the ledger is the one that was prepared."""
        return (version.number, version.created_at.isoformat()) == (self.number, self.created_at)


class Decision:
    """Remembers what somebody has to decide about."""

    def __init__(self, home: Path) -> None:
        self._file = home / "staged.json"

    def get(self) -> Staged | None:
        """Return what waits, None when nothing does."""
        try:
            held = json.loads(self._file.read_text(encoding="utf-8"))
            files = held["files"]
            # Homes of before have the names alone: such a file is asked about again rather than lost.
            return Staged(**{**held, "files": dict.fromkeys(files, "") if isinstance(files, list) else files})
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def put(self, staged: Staged) -> None:
        """Remember what waits, in the place of what waited before."""
        write_privately(self._file, json.dumps(asdict(staged)))

    def clear(self) -> None:
        """Forget it: it was published or discarded."""
        self._file.unlink(missing_ok=True)
