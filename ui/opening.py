"""The composition root: settings become the parts of the application, each opened when it is asked for."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.settings import BUNDLED, Settings

if TYPE_CHECKING:
    from assistant.chain import Assistant
    from assistant.chat.opening import Chat
    from assistant.retrieval import Embed
    from corpus.embedder import Embedder
    from corpus.feedback import Feedback
    from corpus.gaps import Gap, Gaps
    from corpus.home import Home
    from corpus.records import Check, DocumentRow, Doubt, Filed, Version
    from corpus.spending import Spending
    from corpus.store import Store
    from ingest.gating import Verdict
    from ingest.isolation import Readers
    from ingest.pipeline import Pipeline
    from ingest.progress import Watcher
    from ingest.publishing import Publisher

_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGCHAIN_TRACING_V2": "false",
    "LANGSMITH_TRACING": "false",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}


class Opening:
    """The parts for one settings object. Nothing is imported or opened before it is asked for.

    `embedder` and `embedding_model`, the name written into versions, stand in for the model that the settings
    name, `readers` for the processes that files are read in, `chat` for the chat models.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        embedder: Callable[[], Embedder] | None = None,
        embedding_model: str | None = None,
        readers: Callable[[], Readers] | None = None,
        chat: Callable[[Settings], Chat | None] | None = None,
    ) -> None:
        self.settings = settings
        self._open_chat = chat
        self._open_embedder = embedder
        self._embedding_model = embedding_model
        self._readers = readers

    @property
    def has_stand_ins(self) -> bool:
        """Whether something stands in for what the settings name: no other process can open the same."""
        return bool(self._open_embedder or self._embedding_model or self._readers or self._open_chat)

    def worded_by(self, chat_model: str | None) -> Opening:
        """Return the same application with another chat model, or with none; the embedding model is
        shared.
        """
        settings = self.settings.model_copy(update={"chat_model": chat_model})
        return Opening(
            settings,
            embedder=lambda: self.embedder,
            embedding_model=self.embedding_model,
            readers=self._readers,
            chat=self._open_chat,
        )

    @cached_property
    def home(self) -> Home:
        """The runtime folder. Raises HomeUnusable."""
        from corpus.home import Home

        return Home(self.settings.home, ledger=self.settings.ledger)

    @cached_property
    def embedding_model(self) -> str:
        """The name of the model that the settings ask for."""
        if self._embedding_model:
            return self._embedding_model
        from corpus.embedder import wanted_name

        return wanted_name(self.settings)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedding model. Raises ModelUnusable."""
        if self._open_embedder:
            return self._open_embedder()
        from corpus.embedder import open_embedder

        return open_embedder(self.settings)

    def version(self) -> Version:
        """Return the current version as the ledger has it, whatever it was embedded with.

        Raises IndexMissing before the first ingest, StoreCorrupt when the ledger is damaged.
        """
        from corpus.errors import IndexMissing
        from corpus.ledger import Ledger

        ledger = Ledger(self.home.ledger)
        try:
            version = ledger.live()
        finally:
            ledger.close()
        if version is None:
            raise IndexMissing(home=self.home.folder)
        return version

    def filed(self, document_id: str) -> tuple[DocumentRow, list[Filed]]:
        """Return a document of the current version and its passages. Raises IndexMissing, DocumentUnknown."""
        from corpus.errors import DocumentUnknown
        from corpus.ledger import Ledger

        version = self.version()
        row = next((one for one in version.documents if one.id == document_id), None)
        if row is None:
            raise DocumentUnknown(id=document_id)
        ledger = Ledger(self.home.ledger)
        try:
            return row, ledger.passages(version.number, document_id)
        finally:
            ledger.close()

    def doubts(self) -> list[Doubt]:
        """Return what waits for review of the documents of the current version. Raises IndexMissing."""
        from corpus.ledger import Ledger

        current = {row.id for row in self.version().documents}
        ledger = Ledger(self.home.ledger)
        try:
            return [one for one in ledger.doubts() if one.state == "open" and one.document in current]
        finally:
            ledger.close()

    def note_gap(self, question: str, version: int) -> None:
        """Note a question that the documents of a version do not answer. Raises QuestionUnusable."""
        from assistant.language import language_of
        from assistant.question import checked

        clean = checked(question, limit=self.settings.question_limit)
        with self._gaps() as gaps:
            gaps.note(clean, language=language_of(clean), version=version)

    def gaps(self, *, clear: bool = False) -> list[Gap]:
        """Return the questions that were noted, and forget them if asked."""
        with self._gaps() as gaps:
            listed = gaps.listed()
            if clear:
                gaps.clear()
        return listed

    @contextmanager
    def _gaps(self) -> Iterator[Gaps]:
        from corpus.gaps import Gaps
        from corpus.ledger import Ledger

        ledger = Ledger(self.home.ledger)
        try:
            yield Gaps(ledger)
        finally:
            ledger.close()

    @cached_property
    def feedback(self) -> Feedback:
        """What visitors think of answers. Held open: for a server."""
        from corpus.feedback import Feedback
        from corpus.ledger import Ledger

        return Feedback(Ledger(self.home.ledger))

    @cached_property
    def noted(self) -> Gaps:
        """The questions that were noted. Held open: for a server."""
        from corpus.gaps import Gaps
        from corpus.ledger import Ledger

        return Gaps(Ledger(self.home.ledger))

    def usable_version(self) -> Version:
        """Return the current version. Raises IndexStale too, and opens neither model nor store: 0.1 s."""
        from corpus.ledger import check_model

        version = self.version()
        check_model(version, wanted=self.embedding_model)
        return version

    def pipeline(self) -> Pipeline:
        """Return what changes the index."""
        from ingest.pipeline import Pipeline

        return Pipeline(
            self.settings,
            embedder=lambda: self.embedder,
            embedding_model=self.embedding_model,
            readers=self._readers,
            gate=self._gate if self.settings.gate_cases else None,
        )

    def _gate(
        self, store: Store, live: Version, staged: Version, *, checked: Check | None, watcher: Watcher
    ) -> Verdict | None:
        from evals.gate import GoldenGate

        gate = GoldenGate(
            self.settings,
            embed=lambda: self.embedder.embed_questions,
            embed_sentences=lambda: self.embedder.embed_passages,
        )
        return gate(store, live, staged, checked=checked, watcher=watcher)

    def readers(self, *, workers: int) -> Readers:
        """Return at most so many processes in which files are read, each with the memory that a file has."""
        from ingest.isolation import IsolatedReaders

        if self._readers:
            return self._readers()
        return IsolatedReaders(megabytes=self.settings.file_memory, workers=workers)

    def publisher(self) -> Publisher:
        """Return what says which version is live."""
        from ingest.publishing import Publisher

        return Publisher(self.home, embedding_model=self.embedding_model, kept=self.settings.kept_versions)

    @cached_property
    def spending(self) -> Spending:
        """What chat models took, day by day."""
        from corpus.ledger import Ledger
        from corpus.spending import Spending

        return Spending(Ledger(self.home.ledger))

    @cached_property
    def chat(self) -> Chat | None:
        """What words the answers, None where no chat model is set. Raises ChatModelUnusable."""
        if not self.settings.chat_model:
            return None
        if self._open_chat:
            return self._open_chat(self.settings)
        from assistant.chat.opening import open_chat

        return open_chat(self.settings, spending=self.spending)

    def check_chat(self) -> None:
        """Raise ChatModelUnusable early where the chat model lacks its package or its key."""
        if self.settings.chat_model and not self._open_chat:
            from assistant.chat.model import check_chat_model

            check_chat_model(self.settings.chat_model, self.settings)

    def assistant(self, *, embed: Embed | None = None) -> Assistant:
        """Return what answers questions, its index loaded.

        Raises IndexUnusable, ModelUnusable and ChatModelUnusable. `embed` stands in for the embedding of
        questions.
        """
        version = self.usable_version()
        chat = self.chat
        from assistant.chain import Assistant
        from corpus.index import CurrentIndex
        from corpus.soundness import check

        check(self.home, version)
        current = CurrentIndex(self.home, embedding_model=self.embedding_model)
        assistant = Assistant(
            current,
            embed=embed or self.embedder.embed_questions,
            embed_sentences=self.embedder.embed_passages,
            settings=self.settings,
            chat=chat,
        )
        assistant.desk()
        return assistant


def be_quiet(settings: Settings) -> None:
    """Keep libraries from reporting home, and from chattering; what the user set stands.

    To be called before any of them is imported.
    """
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    if settings.embedding_model == BUNDLED:
        from corpus.bundled import weights

        if weights():
            os.environ.setdefault("HF_HUB_OFFLINE", "1")
    warnings.filterwarnings("ignore")
