"""File names that no database can keep as they are."""

from __future__ import annotations

import os
from pathlib import Path

from tests.fakes import open_pipeline


def test_a_name_that_is_not_utf_8_is_ingested_every_time_and_followed_when_it_goes(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "source")
    os.mkdir(folder)  # noqa: PTH102 - a name of bytes
    names = [os.path.join(folder, name) for name in (b"mar\xe9e.txt", b"quai.txt")]  # noqa: PTH118
    for name in names:
        with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(f"Houlocoop pose des bouées, note {len(name)}.")
    pipeline, source = open_pipeline(tmp_path / "home"), tmp_path / "source"
    assert len(pipeline.ingest([source]).added) == 2
    assert len(pipeline.ingest([source]).unchanged) == 2
    os.unlink(names[0])  # noqa: PTH108
    assert len(pipeline.ingest([source]).removed) == 1
