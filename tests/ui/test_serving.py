"""What `serve` can refuse it refuses at once; without an index it ingests the material first."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import (
    ChatPackageMissing,
    HomeBusy,
    IndexStale,
    IndexUnusable,
    PortInUse,
    StoreCorrupt,
)
from corpus.home import Home
from tests.fakes import FakeEmbedder, open_pipeline, write_fiches
from tests.ui.fakes import open_with
from ui import serving
from ui.serving import serve

INGEST = """
import sys
from pathlib import Path
from tests.fakes import open_pipeline
open_pipeline(Path(sys.argv[1])).ingest([Path(sys.argv[2])])
"""
PROJECT = Path(serving.__file__).resolve().parent.parent


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A runtime folder that is not there yet, beside the material."""
    write_fiches(tmp_path / "material")
    return tmp_path / "home"


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were opened; the server itself is left out."""
    addresses: list[str] = []
    monkeypatch.setattr(
        serving, "_run", lambda *_arguments, door, **_named: addresses.append(serving._address(door))
    )
    return addresses


@pytest.fixture
def said() -> list[str]:
    """What was told the user."""
    return []


def let_the_ingest_be(monkeypatch: pytest.MonkeyPatch, program: str, *arguments: object) -> None:
    """Put a program in place of the process that ingests."""
    process = {
        "args": [sys.executable, "-c", program, *map(str, arguments)],
        "env": {"PYTHONPATH": str(PROJECT), "PATH": ""},
    }
    monkeypatch.setattr(serving, "python", lambda *_: process)


def test_with_an_index_the_address_is_opened_at_once(
    home: Path, port: int, opened: list[str], said: list[str]
) -> None:
    open_pipeline(home).ingest([home.parent / "material"])
    assert serve(open_with(home)(port=port), "fr", tell=said.append) == 0
    assert opened == [f"http://127.0.0.1:{port}"]
    assert said == []


def test_without_an_index_the_material_is_ingested_first(
    home: Path, port: int, opened: list[str], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_the_ingest_be(monkeypatch, INGEST, home, home.parent / "material")
    opening = open_with(home)(port=port)
    assert serve(opening, "fr", tell=said.append) == 0
    [line] = said
    assert str(home) in line
    assert str(home.parent / "material") in line
    assert opening.usable_version().number == 1
    assert len(opened) == 1


@pytest.mark.parametrize(("ending", "code"), [("raise SystemExit(1)", 1), ("pass", 1), ("exit(2)", 2)])
def test_when_nothing_could_be_ingested_nothing_is_opened(
    home: Path,
    port: int,
    opened: list[str],
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    ending: str,
    code: int,
) -> None:
    let_the_ingest_be(monkeypatch, ending)
    assert serve(open_with(home)(port=port), "fr", tell=said.append) == code
    assert opened == []


def test_a_material_refused_in_part_opens_all_the_same(
    home: Path, port: int, opened: list[str], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_the_ingest_be(monkeypatch, INGEST + "raise SystemExit(1)", home, home.parent / "material")
    assert serve(open_with(home)(port=port), "fr", tell=said.append) == 0
    assert len(opened) == 1


def test_a_chat_model_without_its_package_is_named_before_anything_is_ingested(
    home: Path, port: int, opened: list[str], said: list[str]
) -> None:
    opening = open_with(home, chat_model="mistralai:mistral-small-latest")(port=port)
    with pytest.raises(ChatPackageMissing, match="mistralai"):
        serve(opening, "fr", tell=said.append)
    assert (opened, said) == ([], [])


def test_a_port_that_others_use_is_named_before_anything_is_ingested(
    home: Path, opened: list[str], said: list[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"127\.0\.0\.1:{port} cannot be opened .* --port"):
            serve(open_with(home)(port=port), "fr", tell=said.append)
    assert (opened, said) == ([], [])


@pytest.mark.parametrize("host", ["127.0.0.256", "203.0.113.1"])
def test_an_address_of_no_or_another_machine_is_named(
    home: Path, port: int, said: list[str], host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(*_arguments: object, **_named: object) -> list[tuple[object, ...]]:
        if host.endswith("256"):
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", find)
    with pytest.raises(PortInUse, match=rf"{host}:{port} cannot be opened .* --host"):
        serve(open_with(home)(host=host, port=port), "fr", tell=said.append)


def test_a_home_is_served_once(home: Path, port: int, opened: list[str], said: list[str]) -> None:
    with Home(home).owned_for("serve"), pytest.raises(HomeBusy, match="serve, process "):
        serve(open_with(home)(port=port), "fr", tell=said.append)
    assert (opened, said) == ([], [])


def test_an_index_of_another_model_or_a_damaged_ledger_is_not_opened(
    home: Path, port: int, opened: list[str], said: list[str]
) -> None:
    open_pipeline(home).ingest([home.parent / "material"])
    with pytest.raises(IndexStale):
        serve(open_with(home, FakeEmbedder("other"))(port=port), "fr", tell=said.append)
    (home / "ledger.sqlite3").write_bytes(b"garbage!" * 512)
    with pytest.raises(StoreCorrupt):
        serve(open_with(home)(port=port), "fr", tell=said.append)
    assert (opened, said) == ([], [])


@pytest.mark.parametrize(
    ("bound", "address"),
    [
        (("127.0.0.1", 7860), "http://127.0.0.1:7860"),
        (("0.0.0.0", 7860), "http://127.0.0.1:7860"),
        (("::", 7860, 0, 0), "http://[::1]:7860"),
    ],
)
def test_the_address_told_is_one_that_a_browser_can_open(
    bound: tuple[object, ...], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Door:
        def getsockname(self) -> tuple[object, ...]:
            return bound

    assert serving._address(Door()) == address  # type: ignore[arg-type]


def test_the_ingest_runs_in_a_process_of_its_own_and_speaks_our_language(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def run(**process: object) -> subprocess.CompletedProcess[str]:
        asked.append(process["args"])
        return subprocess.CompletedProcess([], 7)

    monkeypatch.setattr(subprocess, "run", run)
    assert serving._ingest_apart(open_with(home)(), "en") == 7
    [arguments] = asked
    assert str(arguments).endswith("'-m', 'ui', 'ingest', '--lang', 'en']")


class Broken:
    """An assistant that cannot answer."""

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.rehearsed = False

    def rehearse(self) -> None:
        self.rehearsed = True
        raise self.error


@pytest.mark.parametrize("error", [IndexUnusable(reason="gone"), RuntimeError("a bug")], ids=["user", "bug"])
def test_what_cannot_be_rehearsed_is_served_all_the_same(error: Exception) -> None:
    broken = Broken(error)
    assistant: Any = broken
    assert serving._rehearsed(assistant) is assistant
    assert broken.rehearsed
