"""LangChain's quick-start, once the texts are split: its steps without its package."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import chromadb
import torch
from sentence_transformers import SentenceTransformer


def passages_a_second(model_folder: Path, texts: Sequence[str], folder: Path) -> float:
    """Return how many of `texts` a second are embedded and added to a new store in `folder`.

    Its HuggingFaceEmbeddings calls `encode` on the texts as they come, its Chroma adds the vectors. Left
    to itself it would run float16 weights in float16, several times slower: float32 is in its favour.
    """
    model = SentenceTransformer(str(model_folder), model_kwargs={"dtype": torch.float32}, device="cpu")
    model.encode(list(texts[:64]))
    begun = time.perf_counter()
    vectors = model.encode([text.replace("\n", " ") for text in texts])
    store = chromadb.PersistentClient(str(folder)).create_collection("langchain", embedding_function=None)
    for start in range(0, len(texts), 5000):  # Chroma takes 5,461 at once
        some = slice(start, start + 5000)
        ids = [str(place) for place in range(len(texts))[some]]
        store.add(ids=ids, embeddings=vectors[some], documents=list(texts[some]))
    return len(texts) / (time.perf_counter() - begun)
