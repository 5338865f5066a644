"""Ingesting: passages per second of a whole ingest, beside the encoder's own on the same passages."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus import bundled
from corpus.embedder import BundledEmbedder, Embedder, open_embedder
from corpus.home import Home
from corpus.settings import Settings, read_settings
from evals.bench.peers.quick_start import passages_a_second
from evals.golden import SHIPPED, read_golden
from ingest.finding import find_files
from ingest.isolation import DirectReaders
from ingest.pipeline import Pipeline
from ingest.reading import Loaded, Reader
from ingest.splitting import split

DOCUMENTS = 5000
SENTENCES = 12


def measure() -> Iterator[str]:
    """Yield both speeds; the encoder is timed before and after the ingest, in the same process."""
    with TemporaryDirectory() as folder:
        source, home = Path(folder) / "source", Path(folder) / "home"
        _write_documents(source)
        settings = read_settings(home=home)
        embedder = _bulk(open_embedder(settings))
        texts = [
            passage.embedded_text
            for loaded in _read(source, settings)
            for passage in split(loaded.document, loaded.sections, size=settings.passage_size)
        ]
        embedder.embed_passages(texts[:64])
        before = _speed(embedder, texts)
        begun = time.perf_counter()
        report = Pipeline(settings, embedder=lambda: embedder, embedding_model=embedder.name).ingest([source])
        whole = report.passages / (time.perf_counter() - begun)
        after = _speed(embedder, texts)
        prepared = bundled.prepare(settings.home / "models", progress=lambda _share, _step: None)
        quick_start = passages_a_second(prepared, texts, Path(folder) / "quick-start")
    alone = statistics.fmean([before, after])
    yield f"{report.passages} passages; a second: encoder alone {before:.1f}, {after:.1f}; ingest {whole:.1f}"
    yield f"ingest / encoder: {whole / alone:.2f} (wanted: 0.95 at least)"
    yield f"as LangChain's quick-start does it, same weights in float32: {quick_start:.1f}"
    yield f"ingest / quick-start: {whole / quick_start:.2f} (wanted: 1.5 at least)"


def _read(source: Path, settings: Settings) -> list[Loaded]:
    reader = Reader(
        Home(settings.home),
        readers=DirectReaders(),
        size_limit=settings.file_limit,
        seconds=settings.file_seconds,
    )
    return reader.read(find_files([source])[0], held={}, done=lambda _done, _total: None).loaded


def _bulk(embedder: Embedder) -> Embedder:
    return embedder.bulk() if isinstance(embedder, BundledEmbedder) and bundled.weights() else embedder


def _speed(embedder: Embedder, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    embedder.embed_passages(texts)
    return len(texts) / (time.perf_counter() - begun)


def _write_documents(folder: Path) -> None:
    """Write documents of about three passages each; the golden questions serve as running text."""
    folder.mkdir()
    lines = [case.question for case in read_golden(SHIPPED)]
    for number in range(DOCUMENTS):
        start = number * SENTENCES
        some = [lines[(start + place) % len(lines)] for place in range(SENTENCES)]
        (folder / f"note-{number:03}.txt").write_text(f"Note {number}. " + " ".join(some), encoding="utf-8")
