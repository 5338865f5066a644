"""Imports point one way, and each third party that is kept behind a door is imported there only."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
MAY_IMPORT = {
    "corpus": set[str](),
    "ingest": {"corpus"},
    "assistant": {"corpus"},
    "evals": {"corpus", "ingest", "assistant"},
    "ui": {"corpus", "ingest", "assistant", "evals"},
}
PEERS = "evals/bench/peers"  # measured as their tutorials use them, not through our doors
DOORS = {
    "chromadb": {"corpus/store.py", PEERS},
    "sentence_transformers": {"corpus/embedder.py", "corpus/bundled.py", PEERS},
    "torch": {"corpus/embedder.py", "corpus/bundled.py", PEERS},
    "gradio": {"ui"},
}


def test_no_import_points_backwards_or_goes_around_a_door() -> None:
    assert wrong_imports(PROJECT) == []


def test_every_packaged_room_is_watched_and_has_modules() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert sorted(packages) == sorted(MAY_IMPORT)
    assert [room for room in MAY_IMPORT if not any((PROJECT / room).rglob("*.py"))] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("corpus/store.py", "import ingest"),
        ("corpus/store.py", "from ui.cli import main"),
        ("ingest/pipeline.py", "def late():\n    import assistant.chain"),
        ("assistant/chain.py", "if TYPE_CHECKING:\n    from ingest import pipeline"),
        ("evals/runs.py", "import ui"),
        ("ui/web/chat.py", "from tests.chromium import find_chromium"),
        ("corpus/embedder.py", "import chromadb"),
        ("ingest/pipeline.py", "from sentence_transformers import SentenceTransformer"),
        ("assistant/chain.py", "import importlib\nimportlib.import_module('torch.nn')"),
        ("evals/report.py", "import gradio as gr"),
        ("evals/bench/ingesting.py", "import torch"),
    ],
)
def test_a_wrong_import_is_named(tmp_path: Path, module: str, source: str) -> None:
    write(tmp_path / module, source)
    [wrong] = wrong_imports(tmp_path)
    assert wrong.startswith(f"{module}:{len(source.splitlines())} imports ")


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("corpus/store.py", "import chromadb.config\nfrom corpus.errors import IndexStale"),
        ("corpus/bundled.py", "import torch\nfrom sentence_transformers import SentenceTransformer"),
        ("ingest/pipeline.py", "from corpus import store\nfrom . import splitting\nimport ingestion"),
        ("ui/web/chat.py", "import gradio as gr\nfrom evals import runs\nimport assistant"),
        ("evals/bench/peers/other.py", "import chromadb\nimport torch"),
    ],
)
def test_a_right_import_is_let_through(tmp_path: Path, module: str, source: str) -> None:
    write(tmp_path / module, source)
    assert wrong_imports(tmp_path) == []


def wrong_imports(project: Path) -> list[str]:
    """Return `module:line imports name` for each import in the rooms of `project` that breaks a rule."""
    return [
        f"{module}:{line} imports {name}"
        for room in MAY_IMPORT
        for path in sorted((project / room).rglob("*.py"))
        for module in [path.relative_to(project).as_posix()]
        for line, name in imports(path.read_text(encoding="utf-8"))
        if not allowed(module, name.partition(".")[0])
    ]


def allowed(module: str, package: str) -> bool:
    room = module.partition("/")[0]
    if package in DOORS:
        return any(module == door or module.startswith(f"{door}/") for door in DOORS[package])
    return package not in {*MAY_IMPORT, "tests"} or package in {room, *MAY_IMPORT[room]}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and absolute dotted name of every import; a relative one cannot leave its room."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=str(name), level=0):
                yield node.lineno, name
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module" | "__import__"),
                args=[ast.Constant(value=str(name)), *_],
            ):
                yield node.lineno, name


def write(path: Path, source: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(source, encoding="utf-8")
