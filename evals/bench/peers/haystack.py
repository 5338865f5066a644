"""Haystack's hybrid of its tutorial: embeddings and BM25 in memory, joined by reciprocal rank.

In its favour: e5's own prefixes and weights in float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.preprocessors import DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack.utils import ComponentDevice
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from evals.bench.peers.job import DEPTH, Job, Search, perform


def index(job: Job) -> Search:
    weights = {"model": job.model, "device": ComponentDevice.from_str("cpu")}
    precision = {"model_kwargs": {"dtype": torch.float32}}
    store = InMemoryDocumentStore()
    splitter = DocumentSplitter(split_by="word", split_length=200, split_overlap=20)
    embedder = SentenceTransformersDocumentEmbedder(
        **weights, **precision, prefix="passage: ", progress_bar=False
    )
    documents = [Document(content=text, meta={"passage": id_}) for id_, text in job.passages]
    splits = splitter.run(documents)["documents"]
    embedder.warm_up()
    store.write_documents(embedder.run(splits)["documents"])
    chain = Pipeline()
    chain.add_component(
        "embedder",
        SentenceTransformersTextEmbedder(**weights, **precision, prefix="query: ", progress_bar=False),
    )
    chain.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=2 * DEPTH))
    chain.add_component("keywords", InMemoryBM25Retriever(store, top_k=2 * DEPTH))
    chain.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    chain.connect("embedder.embedding", "vectors.query_embedding")
    chain.connect("vectors", "joiner")
    chain.connect("keywords", "joiner")

    def search(question: str) -> Sequence[str]:
        found = chain.run({"embedder": {"text": question}, "keywords": {"query": question}})
        return list(dict.fromkeys(str(one.meta["passage"]) for one in found["joiner"]["documents"]))

    return search


if __name__ == "__main__":
    perform(index)
