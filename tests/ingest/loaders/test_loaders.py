"""The table of loaders: a module for each suffix, imported only when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec

import pytest

from ingest.loaders import FORMATS, LOADERS, loader_for
from ingest.loaders.text import load


def test_every_loader_has_its_module() -> None:
    assert [module for module in LOADERS.values() if not find_spec(f"ingest.loaders.{module}")] == []


def test_suffixes_are_found_in_any_case() -> None:
    assert loader_for(".TXT") is load


@pytest.mark.parametrize("suffix", [".doc", ".ppt", ".xls", ".rtf", ".exe", ""])
def test_legacy_formats_are_not_read(suffix: str) -> None:
    assert suffix not in FORMATS
    with pytest.raises(KeyError):
        loader_for(suffix)


def test_no_library_is_loaded_before_a_file_needs_it() -> None:
    heavy = {"docx", "pptx", "lxml", "bs4", "openpyxl"}
    code = f"import sys, ingest.loaders; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
