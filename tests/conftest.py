"""Every test is alone: no setting of this machine, no network, the same random examples each time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visiting import FLAGS
from tests.chromium import REMEDY, find_chromium

# Read when the library is imported, by a test or by a process that a test starts.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"

hypothesis_settings.register_profile("passerelle", derandomize=True, deadline=None, database=None)
hypothesis_settings.load_profile("passerelle")

LOCAL = ("127.", "::1", "localhost", "0.0.0.0")


@pytest.fixture(autouse=True)
def no_setting_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away `PASSERELLE_…` and let the settings file be one that is not there."""
    from corpus.settings import Settings

    for name in [name for name in os.environ if name.startswith("PASSERELLE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(Settings.model_config, "toml_file", tmp_path / "passerelle.toml")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail whatever reaches beyond this machine."""
    connect, find = socket.socket.connect, socket.getaddrinfo

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _refuse_beyond(address[0])
        connect(self, address)

    def find_here(host: Any, *arguments: Any, **named: Any) -> Any:
        _refuse_beyond(host)
        return find(host, *arguments, **named)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", find_here)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process: Playwright cannot be started twice at a time."""
    path = find_chromium()
    if path is None:
        pytest.fail(REMEDY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield browser
        browser.close()


def _refuse_beyond(host: object) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if isinstance(name, str) and name and not name.startswith(LOCAL):
        raise AssertionError(f"a test reached for {name}")
