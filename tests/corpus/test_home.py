from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.apart import python
from corpus.errors import HomeBusy, HomeUnusable
from corpus.home import Home


def test_a_home_is_made_with_its_folders(tmp_path: Path) -> None:
    home = Home(tmp_path / "a" / "b")
    assert home.originals.is_dir()
    assert Home(tmp_path / "a" / "b").folder == home.folder
    assert [path.name for path in home.folder.iterdir()] == ["originals"]


@pytest.mark.parametrize("below", ["home", "home/chat", "home/originals/x"])
def test_a_file_in_place_of_the_folder_is_named_with_a_remedy(tmp_path: Path, below: str) -> None:
    (tmp_path / "home").touch()
    with pytest.raises(
        HomeUnusable, match=rf"the folder {tmp_path / below} cannot be used \(.+\); .*PASSERELLE_HOME"
    ):
        Home(tmp_path / below)


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(HomeUnusable, match=r"cannot be used \(no permission to write\); make it writable"):
        Home(tmp_path / "home")


def test_a_read_only_mount_is_noticed_though_permissions_allow_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(_file: Path) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "touch", read_only)
    with pytest.raises(HomeUnusable, match=r"no permission to write"):
        Home(tmp_path / "home")


@pytest.mark.parametrize("closed", ["ledger.sqlite3", "chroma", "chroma/chroma.sqlite3"])
def test_a_database_that_may_not_be_written_is_not_taken_for_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: str
) -> None:
    (tmp_path / "chroma").mkdir()
    for name in ("ledger.sqlite3", "chroma/chroma.sqlite3"):
        (tmp_path / name).touch()
    monkeypatch.setattr(os, "access", lambda path, _mode: path != tmp_path / closed)
    with pytest.raises(HomeUnusable, match=rf"\(no permission to write {closed}\); make it writable"):
        Home(tmp_path)


def test_an_original_is_kept_by_its_sum_and_format(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert home.original("ab12", "2024/Rapport.MD") == tmp_path / "originals" / "ab12.md"


def test_one_kind_of_work_has_one_owner_at_a_time(tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.owned_for("ingest"):
        with (
            pytest.raises(HomeBusy, match=rf"another process \(ingest, process {os.getpid()}\) is already"),
            Home(tmp_path).owned_for("ingest"),
        ):
            pass
        with home.owned_for("serve"):
            assert (tmp_path / "serve.owner").exists()
    with home.owned_for("ingest"):
        pass


def test_a_failure_sets_the_home_free(tmp_path: Path) -> None:
    def fail() -> None:
        with Home(tmp_path).owned_for("ingest"):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert not (tmp_path / "ingest.owner").exists()
    with Home(tmp_path).owned_for("ingest"):
        pass


def test_the_end_of_a_process_sets_the_home_free_however_it_ends(tmp_path: Path) -> None:
    program = (
        "import pathlib, sys, time\n"
        "from corpus.home import Home\n"
        "with Home(pathlib.Path(sys.argv[1])).owned_for('ingest'):\n"
        "    print(flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)],
        env=python("corpus")["env"],
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout
        try:
            process.stdout.readline()
            with pytest.raises(HomeBusy, match=f"process {process.pid}"), Home(tmp_path).owned_for("ingest"):
                pass
        finally:
            process.send_signal(signal.SIGKILL)
    with Home(tmp_path).owned_for("ingest"):
        assert str(os.getpid()) in (tmp_path / "ingest.owner").read_text()
