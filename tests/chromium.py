"""The Chromium of the browser test: `python -m tests.chromium` finds one, or gets one and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (  # macOS keeps them off the PATH
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive", "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}  # ms
REMEDY = (
    "No Chromium, and none could be had. Install Chromium or Google Chrome "
    "(Debian: sudo apt install chromium fonts-noto-core), then run `make test` again."
)


def find_chromium() -> Path | None:
    """Return the first Chromium that runs: of the PATH, of macOS, of Playwright's own cache.

    Call it before Playwright is started: its sync API cannot be started twice at a time.
    """
    return next((path for path in _candidates() if path.exists() and _runs(path)), None)


def get_chromium() -> Path | None:
    """Download Playwright's own Chromium, or as root install Debian's, and return it."""
    print("No Chromium found: downloading Playwright's own (about 170 MB, 10 minutes at most).", flush=True)
    _succeeds(sys.executable, "-m", "playwright", "install", "chromium", seconds=600)
    # Asked again whether that succeeded or not: without its system libraries it is there but does not run.
    if found := find_chromium():
        return found
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("That did not work: installing Debian's chromium (about 100 MB).", flush=True)
        _succeeds("apt-get", "update", "-qq", seconds=300)
        _succeeds("apt-get", "install", "-qq", "-y", "chromium", "fonts-noto-core", seconds=900)
    return find_chromium()


def main() -> int:
    """Find or get a Chromium, print where it is, and return the exit code."""
    path = find_chromium() or get_chromium()
    print(f"Browser of the tests: {path}" if path else REMEDY, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from APPLICATIONS
    with sync_playwright() as playwright:
        yield Path(playwright.chromium.executable_path)


def _runs(path: Path) -> bool:
    # Ubuntu's `chromium-browser` may be a stub that only asks for a snap, and libraries may be missing.
    return _succeeds(str(path), "--version", seconds=30)


def _succeeds(*command: str, seconds: float) -> bool:
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **UNATTENDED},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
