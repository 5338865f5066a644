"""An assistant that answers from a table: the faces are tested without an index."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.answer import Answer, Citation, DocumentRef, InitiativeRef, Sentence, ThemeRef
from assistant.chat.opening import Chat
from assistant.question import Turn
from corpus.catalogue import Catalogue, Initiative, Theme, ThinkTank
from corpus.documents import Hit, Language, Passage
from corpus.errors import PasserelleError, QuestionEmpty, QuestionTooLong, ThemeUnknown
from corpus.settings import Settings
from ingest.isolation import DirectReaders
from tests.fakes import FakeEmbedder, settings_of
from ui.opening import Opening
from ui.web.service import Service

LIMIT = 200
CATALOGUE = Catalogue(
    themes=(Theme(kind="theme", id="houle", name="Énergies de la houle", name_en="Wave energy"),),
    initiatives=(
        Initiative(
            kind="initiative",
            id="houlocoop",
            name="Houlocoop",
            themes=("houle",),
            site="https://houlocoop.example/",
            territory="Audierne",
        ),
    ),
    think_tanks=(ThinkTank(kind="think-tank", id="marees", name="L'Atelier des Marées"),),
    documents={"houle": "houle", "houlocoop": "houlocoop"},
)


def citation(marker: int = 1, **fields: object) -> Citation:
    """Return a citation of Houlocoop, some of its fields replaced."""
    whole = Citation(
        marker=marker,
        document=DocumentRef("houlocoop", "Houlocoop", "initiatives/houlocoop.md"),
        page=4,
        theme=ThemeRef("houle", "Énergies de la houle"),
        initiative=InitiativeRef("houlocoop", "Houlocoop", "https://houlocoop.example/", "Audierne"),
        passage="Houlocoop réunit 350 sociétaires. Elle est née en 2011.",
        quote="Houlocoop réunit 350 sociétaires.",
        score=0.9,
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


def answer(text: str = "Houlocoop réunit 350 sociétaires. [1]", **fields: object) -> Answer:
    """Return a French answer that cites Houlocoop once, some of its fields replaced."""
    whole = Answer(
        question="Combien de sociétaires ?",
        standalone_question="Combien de sociétaires ?",
        language="fr",
        index_version=3,
        text=text,
        sentences=(Sentence("Houlocoop réunit 350 sociétaires.", (1,)),),
        citations=(citation(),),
        suggestions=("Où est Houlocoop ?",),
        timings_ms={"total": 1.0},
    )
    return replace(whole, **fields)  # type: ignore[arg-type]


@dataclass(frozen=True)
class FakeIndex:
    """Version 3 of an index of two documents."""

    number: int = 3
    catalogue: Catalogue = CATALOGUE
    documents: Sequence[object] = ("houle", "houlocoop")
    passages: Sequence[Passage] = ()


@dataclass
class FakeAssistant:
    """Gives `given` to every question, in two steps, and keeps what it was asked; raises `broken` if set."""

    given: Answer = field(default_factory=answer)
    broken: PasserelleError | None = None
    asked: list[tuple[str, tuple[Turn, ...], tuple[str, ...]]] = field(default_factory=list)

    @property
    def index(self) -> FakeIndex:
        if self.broken:
            raise self.broken
        return FakeIndex()

    def follow(self) -> int:
        return self.index.number

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Answer:
        *_, last = self.stream(question, history=history, themes=themes, visitor=visitor)
        return last

    def stream(
        self, question: str, *, history: Sequence[Turn] = (), themes: Sequence[str] = (), visitor: str = ""
    ) -> Generator[Answer]:
        if self.broken:
            raise self.broken
        if not question.strip():
            raise QuestionEmpty()
        if len(question) > LIMIT:
            raise QuestionTooLong(length=len(question), limit=LIMIT)
        for theme in themes:
            if not CATALOGUE.theme(theme):
                raise ThemeUnknown(id=theme, known="houle")
        self.asked.append((question, tuple(history), tuple(themes)))
        whole = replace(self.given, question=question)
        yield replace(whole, text=whole.text.partition(" ")[0], citations=(), suggestions=())
        yield whole

    def search(self, question: str, *, k: int = 10) -> list[Hit]:
        if self.broken:
            raise self.broken
        if not question.strip():
            raise QuestionEmpty()
        passage = Passage(
            document_id="houlocoop",
            title="Houlocoop",
            file="initiatives/houlocoop.md",
            text="Houlocoop réunit 350 sociétaires.",
            start=0,
            end=33,
            themes=("houle",),
            initiative="houlocoop",
        )
        return [Hit(passage, 0.87654321), Hit(replace(passage, themes=(), initiative=None), 0.5)][:k]

    def openers(self, language: Language) -> tuple[str, ...]:
        if self.broken:
            raise self.broken
        return (
            ("Quels sont les thèmes ?", "Compare A et B") if language == "fr" else ("What are the themes?",)
        )


def ready(assistant: FakeAssistant | None = None) -> Service:
    """Return a service whose assistant is loaded."""
    held = assistant or FakeAssistant()
    service = Service(lambda: held)
    service.start()
    service.wait(10)
    return service


def starting() -> Service:
    """Return a service that has not loaded anything yet."""
    return Service(FakeAssistant)


def failed(error: Exception) -> Service:
    """Return a service whose assistant could not be loaded."""

    def load() -> FakeAssistant:
        raise error

    service = Service(load)
    service.start()
    service.wait(10)
    return service


def open_with(
    home: Path,
    embedder: FakeEmbedder | None = None,
    *,
    chat: Callable[[Settings], Chat | None] | None = None,
    **settled: object,
) -> Callable[..., Opening]:
    """Return what opens the application on `home` with a fake model; settings may be overridden."""
    fake = embedder or FakeEmbedder()

    def opened(**overrides: object) -> Opening:
        given = {name: value for name, value in overrides.items() if value is not None}
        settings = settings_of(home).model_copy(update={**settled, **given})
        return Opening(
            settings, embedder=lambda: fake, embedding_model=fake.name, readers=DirectReaders, chat=chat
        )

    return opened
