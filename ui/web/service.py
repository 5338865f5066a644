"""The service: the assistant behind the web faces, loaded while the port is open already."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator, Sequence
from typing import Literal, Protocol

from assistant.answer import Answer
from assistant.question import Turn
from corpus.catalogue import Catalogue
from corpus.documents import Hit, Language, Passage
from corpus.errors import AssistantNotReady, PasserelleError
from ui.web.pace import Pace

State = Literal["starting", "ready", "failed"]
_LOG = logging.getLogger(__name__)
FOLLOWS = 1.0
"""Seconds between two looks at which version is current."""


class Index(Protocol):
    """What the faces see of the current index version."""

    @property
    def number(self) -> int: ...
    @property
    def catalogue(self) -> Catalogue: ...
    @property
    def documents(self) -> Sequence[object]: ...
    @property
    def passages(self) -> Sequence[Passage]: ...


class Assistant(Protocol):
    """What the faces ask. Every method raises PasserelleError for what a user can mend."""

    @property
    def index(self) -> Index: ...

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Answer: ...

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Generator[Answer]: ...

    def search(self, question: str, *, k: int = 10) -> list[Hit]: ...

    def openers(self, language: Language) -> tuple[str, ...]: ...

    def follow(self) -> int:
        """Get ready to answer from the version that is current now, and return its number."""
        ...


Note = Callable[[str, int], None]


class Service:
    """Holds the assistant, and says how far it is.

    `load` runs once, in a thread of its own; it may take seconds. `note` keeps a question that the documents
    do not answer, with the version of the index; without it none can be noted.
    """

    def __init__(
        self, load: Callable[[], Assistant], *, note: Note | None = None, pace: Pace | None = None
    ) -> None:
        self._load = load
        self._note = note
        self._pace = pace or Pace()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._assistant: Assistant | None = None
        self._error: PasserelleError | None = None
        self._ended = threading.Event()

    def start(self) -> None:
        """Begin to load. Does nothing when that has begun already."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="load the assistant", daemon=True)
                self._thread.start()

    @property
    def state(self) -> State:
        """How far the loading is."""
        if self._assistant is not None:
            return "ready"
        return "failed" if self._error else "starting"

    @property
    def assistant(self) -> Assistant:
        """The assistant. Raises AssistantNotReady while it loads, and the reason when that failed."""
        if self._assistant is not None:
            return self._assistant
        # Without its traceback, which would grow with every visitor who asks.
        raise (self._error or AssistantNotReady()).with_traceback(None)

    @property
    def notes(self) -> bool:
        """Whether a question that has no answer can be noted."""
        return self._note is not None

    def note(self, question: str) -> bool:
        """Note a question that the documents do not answer; say whether it was.

        Raises QuestionUnusable, and Flooded when visitors send more than `pace` lets through.
        """
        if self._note is None:
            return False
        self._pace.take()
        self._note(question, self.assistant.index.number)
        return True

    def wait(self, seconds: float | None = None) -> None:
        """Return when loading has ended, well or not, or after `seconds`."""
        if self._thread:
            self._thread.join(seconds)

    def _run(self) -> None:
        try:
            self._assistant = self._load()
            threading.Thread(target=self._follow, name="follow the versions", daemon=True).start()
        except PasserelleError as error:
            _LOG.error("%s", error)
            self._error = error
        except Exception:
            # A bug, not a user's mistake: the log has the traceback, the faces say that it failed.
            _LOG.exception("the assistant could not be loaded")
            self._error = PasserelleError()

    def _follow(self) -> None:
        """Get each published version ready before somebody asks: questions never wait for it."""
        said = ""
        while self._assistant is not None:
            try:
                self._assistant.follow()
                said = ""
            except PasserelleError as error:
                # The version before still answers; who published this one is told why it does not.
                if str(error) != said:
                    said = str(error)
                    _LOG.error("%s", error)
            except Exception:  # a bug in one version must not keep from following the next
                _LOG.exception("a published version could not be followed")
            self._ended.wait(FOLLOWS)
            if self._ended.is_set():
                return

    def stop(self) -> None:
        """Follow no more versions."""
        self._ended.set()
