"""The OCR of the tests: `python -m tests.tesseract` finds tesseract with its French, or gets it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = ("tesseract-ocr", "tesseract-ocr-fra", "tesseract-ocr-osd")
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}
REMEDY = (
    "No tesseract with French, and none could be had. Install it (Debian: sudo apt install tesseract-ocr "
    "tesseract-ocr-fra; macOS: brew install tesseract tesseract-lang), then run `make test` again."
)
NEEDED = {"fra", "eng", "osd"}


def is_installed() -> bool:
    """Say whether tesseract runs and has the data that the tests read with."""
    return set(_output("tesseract", "--list-langs", seconds=30).split()) >= NEEDED


def install() -> bool:
    """Install Debian's tesseract as root, unless it is there, and say whether it can be used then."""
    if is_installed():
        return True
    if shutil.which("apt-get") and os.geteuid() == 0:
        _output("apt-get", "update", "-qq", seconds=300)
        _output("apt-get", "install", "-qq", "-y", *PACKAGES, seconds=900)
    return is_installed()


def _output(*command: str, seconds: float) -> str:
    """Return what a command writes, "" when it fails."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, **UNATTENDED},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            check=False,
            text=True,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def main() -> int:
    """Find or get tesseract, and return the exit code."""
    if install():
        return 0
    print(REMEDY, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
