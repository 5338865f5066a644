"""LangChain's quick-start: splitter, HuggingFaceEmbeddings, Chroma, similarity search.

In its favour: e5's own prefixes, which the tutorial does not set, and weights in float32.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from evals.bench.peers.job import DEPTH, Job, Search, perform


def index(job: Job) -> Search:
    embeddings = HuggingFaceEmbeddings(
        model_name=job.model,
        model_kwargs={"device": "cpu", "model_kwargs": {"dtype": torch.float32}},
        encode_kwargs={"prompt": "passage: "},
        query_encode_kwargs={"prompt": "query: "},
    )
    documents = [Document(page_content=text, metadata={"id": id_}) for id_, text in job.passages]
    splits = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200).split_documents(documents)
    store = Chroma(embedding_function=embeddings, persist_directory=str(job.folder / "chroma"))
    for start in range(0, len(splits), 5000):
        store.add_documents(splits[start : start + 5000])

    def search(question: str) -> Sequence[str]:
        found = store.similarity_search(question, k=2 * DEPTH)
        return list(dict.fromkeys(str(one.metadata["id"]) for one in found))

    return search


if __name__ == "__main__":
    perform(index)
