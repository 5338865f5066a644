"""`python -m corpus`, the part of the set-up that prepares the bundled model."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import bundled
from corpus.__main__ import main
from corpus.embedder import Progress


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that a model is prepared in; nothing is really unpacked, and any file is the right one."""
    folders: list[Path] = []

    def prepare(folder: Path, *, progress: Progress) -> Path:
        progress(0.5, "unpack")
        progress(1.0, "ready")
        folders.append(folder)
        return folder

    monkeypatch.setenv("PASSERELLE_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(bundled, "weights", lambda: tmp_path / "packed.bin")
    monkeypatch.setattr(bundled, "verify", lambda _file: None)
    monkeypatch.setattr(bundled, "prepare", prepare)
    return folders


def test_the_bundled_model_is_prepared_in_the_home(tmp_path: Path, prepared: list[Path]) -> None:
    assert main() == 0
    assert prepared == [tmp_path / "home" / "models"]


def test_with_another_model_in_the_settings_there_is_nothing_to_prepare(
    prepared: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PASSERELLE_EMBEDDING_MODEL", "/models/mine")
    assert main() == 0
    assert prepared == []


def test_where_nothing_is_bundled_there_is_nothing_to_prepare(
    prepared: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundled, "weights", lambda: None)
    assert main() == 0
    assert prepared == []


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("PASSERELLE_PORT", "abc", "setting port has an unusable value 'abc'"),
        ("PASSERELLE_HOME", __file__, f"the folder {__file__} cannot be used"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    prepared: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variable: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv(variable, value)
    assert main() == 1
    assert prepared == []
    error = capsys.readouterr().err.rpartition("\r")[2]  # the progress bar wipes itself off
    assert error.startswith(said)
    assert error.count("\n") == 1
