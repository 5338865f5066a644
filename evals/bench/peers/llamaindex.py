"""LlamaIndex's hybrid of its guide: a vector index and BM25, fused by reciprocal rank, no query rewriting.

In its favour: e5's own prefixes and weights in float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from llama_index.core import Settings, VectorStoreIndex
from llama_index.core.llms import MockLLM
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.retrievers.fusion_retriever import FUSION_MODES
from llama_index.core.schema import Document
from llama_index.embeddings.huggingface import HuggingFaceEmbedding
from llama_index.retrievers.bm25 import BM25Retriever

from evals.bench.peers.job import DEPTH, Job, Search, perform


def index(job: Job) -> Search:
    Settings.llm = MockLLM()
    Settings.embed_model = HuggingFaceEmbedding(
        model_name=job.model,
        device="cpu",
        query_instruction="query: ",
        text_instruction="passage: ",
        model_kwargs={"dtype": torch.float32},
    )
    documents = [Document(text=text, metadata={"passage": id_}) for id_, text in job.passages]
    for one in documents:
        one.excluded_embed_metadata_keys = one.excluded_llm_metadata_keys = ["passage"]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    vectors = VectorStoreIndex(nodes).as_retriever(similarity_top_k=2 * DEPTH)
    keywords = BM25Retriever.from_defaults(nodes=nodes, similarity_top_k=2 * DEPTH, language="fr")
    fused = QueryFusionRetriever(
        [vectors, keywords],
        similarity_top_k=2 * DEPTH,
        num_queries=1,
        mode=FUSION_MODES.RECIPROCAL_RANK,
        use_async=False,
    )

    def search(question: str) -> Sequence[str]:
        return list(dict.fromkeys(str(one.node.metadata["passage"]) for one in fused.retrieve(question)))

    return search


if __name__ == "__main__":
    perform(index)
