"""The command line answers at once: it loads no model and no web framework before it needs one."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"torch", "transformers", "sentence_transformers", "chromadb", "gradio"}
HELP = """
import sys
from ui.cli import main
sys.argv = ["passerelle", "--help"]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
"""


@pytest.mark.parametrize("program", ["import ui.cli", HELP], ids=["import", "help"])
def test_nothing_heavy_is_loaded(program: str) -> None:
    assert loaded_by(program).isdisjoint(HEAVY)


def test_a_loaded_package_is_noticed() -> None:
    assert {"json", "xml"} <= loaded_by("import json, xml.dom")


def loaded_by(program: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter holds after `program`."""
    listing = "\nimport sys; print('\\n' + ' '.join({name.partition('.')[0] for name in sys.modules}))"
    output = subprocess.check_output([sys.executable, "-c", program + listing], encoding="utf-8")
    return set(output.splitlines()[-1].split())
