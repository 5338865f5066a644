"""Our package names are generic: no other installed distribution may bring one of them."""

from __future__ import annotations

import sys
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

OURS = "passerelle"
NAMES = {"corpus", "ingest", "assistant", "evals", "ui", "tests"}


def test_no_installed_distribution_claims_one_of_our_names() -> None:
    assert claims(sys.path) == []


def test_no_name_of_ours_is_in_the_standard_library() -> None:
    assert NAMES.isdisjoint(sys.stdlib_module_names)


@pytest.mark.parametrize("file", ["corpus/__init__.py", "ui.py", "evals.cpython-311-x86_64-linux-gnu.so"])
def test_a_distribution_that_brings_one_of_our_names_is_named(tmp_path: Path, file: str) -> None:
    install(tmp_path, "stranger", files=[file])
    assert claims([str(tmp_path)]) == [f"stranger claims {file.partition('/')[0].partition('.')[0]}"]


def test_a_distribution_that_only_lists_the_name_is_named_too(tmp_path: Path) -> None:
    install(tmp_path, "stranger", files=[])
    (tmp_path / "stranger-1.0.dist-info" / "top_level.txt").write_text("tests\nstranger\n", encoding="utf-8")
    assert claims([str(tmp_path)]) == ["stranger claims tests"]


def test_names_inside_a_package_and_our_own_distribution_do_not_count(tmp_path: Path) -> None:
    install(tmp_path, "stranger", files=["stranger/corpus/__init__.py", "evals.libs/libx.so", "bin/ui"])
    install(tmp_path, OURS, files=["corpus/__init__.py", "ui/cli.py"])
    assert claims([str(tmp_path)]) == []


def claims(path: list[str]) -> list[str]:
    """Return `distribution claims name` for each of our names that another distribution on `path` brings."""
    return sorted(
        f"{distribution.name} claims {name}"
        for distribution in distributions(path=path)
        if distribution.name.lower() != OURS
        for name in NAMES & top_level_names(distribution)
    )


def top_level_names(distribution: Distribution) -> set[str]:
    listed = (distribution.read_text("top_level.txt") or "").split()
    brought = (
        file.parts[0] if len(file.parts) > 1 else file.name.partition(".")[0]
        for file in distribution.files or []
    )
    return {*listed, *brought}


def install(site: Path, name: str, *, files: list[str]) -> None:
    metadata = site / f"{name}-1.0.dist-info"
    metadata.mkdir()
    header = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    (metadata / "METADATA").write_text(header, encoding="utf-8")
    (metadata / "RECORD").write_text("".join(f"{file},,\n" for file in files), encoding="utf-8")
    for file in files:
        (site / file).parent.mkdir(parents=True, exist_ok=True)
        (site / file).touch()
