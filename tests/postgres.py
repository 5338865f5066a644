"""The PostgreSQL of the tests: `python -m tests.postgres` finds its programs, or gets them.

A test starts a server of its own from them: in a temporary folder, on a Unix socket, ended afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

PLACES = (
    "/usr/lib/postgresql",
    "/opt/homebrew/opt",
    "/usr/local/opt",
)  # Debian and macOS keep them off the PATH
UNATTENDED = {"DEBIAN_FRONTEND": "noninteractive"}
OWNER = "postgres"  # root may not run a server
ROLE = "passerelle"
REMEDY = (
    "No PostgreSQL, and none could be had. Install it (Debian: sudo apt install postgresql; "
    "macOS: brew install postgresql), then run `make test` again."
)


@dataclass(frozen=True, slots=True)
class Server:
    """A server of the tests: its programs, and the folder with its data and its socket."""

    programs: Path
    folder: Path

    def start(self) -> None:
        """Start it, and return when it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self._control("start", "--log", str(self.folder / "log"), "--options", options)

    def stop(self) -> None:
        """End it and every connection to it. Nothing happens when it has ended."""
        if (self.folder / "data" / "postmaster.pid").exists():
            self._control("stop", "--mode", "fast")

    def address(self, database: str = "postgres") -> str:
        """Return the address of a database as the settings take it."""
        return f"postgresql://{ROLE}@/{database}?host={self.folder}"

    def create(self, database: str) -> str:
        """Make an empty database, and return its address."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}"'.encode())
        return self.address(database)

    def _control(self, *arguments: str) -> None:
        data = str(self.folder / "data")
        _output(self.programs / "pg_ctl", *arguments, "--wait", "--timeout", "120", "--pgdata", data)


@contextmanager
def served() -> Iterator[Server]:
    """Give a running server with nothing in it, and leave nothing of it behind."""
    programs = find_programs()
    if programs is None:
        raise AssertionError(REMEDY)
    # Not in pytest's folder: other users may not enter that, and the path of a socket has 107 bytes at most.
    folder = Path(tempfile.mkdtemp(prefix="passerelle-"))
    if os.geteuid() == 0:
        shutil.chown(folder, OWNER)
    server = Server(programs, folder)
    try:
        made = ("--username", ROLE, "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync")
        _output(programs / "initdb", *made, "--pgdata", str(folder / "data"))
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def find_programs() -> Path | None:
    """Return the folder with `initdb` and the server, None where there is none."""
    if os.geteuid() == 0 and OWNER not in {user.pw_name for user in pwd.getpwall()}:
        return None
    on_path = shutil.which("initdb")
    places = sorted((one for place in PLACES for one in Path(place).glob("*/bin")), reverse=True)
    found = [*places, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((one for one in found if all((one / name).exists() for name in ("initdb", "pg_ctl"))), None)


def install() -> bool:
    """Install Debian's PostgreSQL as root, unless it is there, and say whether it can be used then."""
    if not find_programs() and shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update", "-qq"], ["install", "-qq", "-y", "postgresql"]):
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(
                    ["apt-get", *command],
                    env={**os.environ, **UNATTENDED},
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    timeout=900,
                    check=False,
                )
    return find_programs() is not None


def _output(program: Path, *arguments: str) -> None:
    """Run a program of PostgreSQL as the one who may. Raises AssertionError with what it said."""
    root = {"user": OWNER, "group": OWNER, "extra_groups": []}
    owner: dict[str, Any] = root if os.geteuid() == 0 else {}
    # What it says goes to a file: a server that it starts would hold a pipe open.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            [program, *arguments],
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            check=False,
            **owner,
        )
        said.seek(0)
        assert done.returncode == 0, said.read().decode(errors="replace")


def main() -> int:
    """Find or get PostgreSQL, and return the exit code."""
    if install():
        return 0
    sys.stderr.write(REMEDY + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
