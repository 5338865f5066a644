"""An ingest that is killed at any moment leaves one whole version, and the next one completes."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.apart import python
from tests.fakes import open_index, open_pipeline, write

MOMENTS = 40
DOCUMENTS = 12
BEGUN = b"begun\n"


def write_round(folder: Path, number: int) -> None:
    """Write documents that all say which round it is, one of them by its name too."""
    for place in range(DOCUMENTS):
        text = f"Note {place} de la ronde {number}.\n\n" + "Un quai ouvert à la pêche.\n\n" * (place + 1)
        write(folder / f"note-{place}.txt", text)
    write(folder / f"ronde-{number}.txt", f"Journal de la ronde {number}.")
    (folder / f"ronde-{number - 1}.txt").unlink(missing_ok=True)


def rounds(home: Path) -> set[str]:
    """Return the rounds that the published passages speak of."""
    index = open_index(home).get()
    assert len(index.documents) == DOCUMENTS + 1
    return {word for one in index.passages for word in one.text.split() if word.rstrip(".").isdigit()} - {
        str(place) for place in range(DOCUMENTS)
    }


def begin(home: Path, folder: Path) -> subprocess.Popen[bytes]:
    """Start an ingest in a process of its own, and return it when it is about to begin."""
    process = subprocess.Popen(
        **python("tests.ingest.test_killed", str(home), str(folder)), stdout=subprocess.PIPE
    )
    assert process.stdout
    assert process.stdout.readline() == BEGUN
    return process


@pytest.mark.slow
def test_killed_at_any_moment_an_ingest_leaves_one_whole_version(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "notes"
    write_round(folder, 100)
    open_pipeline(home).ingest([folder])
    write_round(folder, 101)
    started = time.monotonic()
    with begin(home, folder) as process:
        started = time.monotonic()
        assert process.wait(timeout=60) == 0
    lasts = time.monotonic() - started
    assert rounds(home) == {"101."}
    moments = random.Random(7)
    live = 101
    for number in range(102, 102 + MOMENTS):
        write_round(folder, number)
        with begin(home, folder) as process:
            time.sleep(moments.uniform(0, 1.1 * lasts))
            process.kill()
        [after] = rounds(home)
        assert after in {f"{live}.", f"{number}."}
        report = open_pipeline(home).ingest([folder])
        assert report.refused == []
        assert rounds(home) == {f"{number}."}
        live = number


if __name__ == "__main__":
    pipeline = open_pipeline(Path(sys.argv[1]))
    import corpus.store  # noqa: F401  # loaded before the clock runs

    sys.stdout.write(BEGUN.decode())
    sys.stdout.flush()
    pipeline.ingest([Path(sys.argv[2])])
