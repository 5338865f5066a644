"""Cases and answers about the Atelier des Marées, made when they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import Answer, Citation, DocumentRef, InitiativeRef, Sentence, ThemeRef
from corpus.documents import Hit, Passage
from evals.asking import Outcome
from evals.golden import Case


def case(id: str = "a", **fields: Any) -> Case:
    """Return a case about Houlocoop's founding, changed where asked; without facts it names no document."""
    whole: dict[str, Any] = {
        "id": id, "question": "Quand ?", "facts": [["2011"]], "theme": "ports", "initiative": "houlocoop",
        "answerable": True, "language": "fr", "kind": "date", "follows": None, "documents": ["houlocoop"],
    } | fields  # fmt: skip
    if not whole["answerable"]:
        whole |= {"facts": [], "documents": [], "theme": None, "initiative": None}
    return Case.model_validate(whole)


def citation(marker: int = 1, quote: str = "Houlocoop est née en 2011.", **fields: Any) -> Citation:
    """Return a citation of Houlocoop's fiche."""
    initiative = fields.pop("initiative", "houlocoop")
    return Citation(
        marker=marker,
        document=DocumentRef(initiative, initiative.capitalize(), f"{initiative}.md"),
        page=None,
        theme=ThemeRef("ports", "Ports sobres"),
        initiative=InitiativeRef(initiative, initiative.capitalize(), "", ""),
        passage=quote,
        quote=quote,
        score=1.0,
    )


def answer(
    *texts: str,
    citations: Sequence[Citation] | None = None,
    markers: Sequence[Sequence[int]] | None = None,
    **fields: Any,
) -> Answer:
    """Return an answer of these sentences; each cites the first citation unless `markers` say otherwise."""
    cited = (citation(),) if citations is None else tuple(citations)
    marks = [(1,)] * len(texts) if markers is None else markers
    sentences = tuple(Sentence(text, tuple(some)) for text, some in zip(texts, marks, strict=True))
    told = " ".join(f"{one.text} {''.join(f'[{m}]' for m in one.markers)}".strip() for one in sentences)
    whole: dict[str, Any] = {
        "question": "Quand ?", "standalone_question": "Quand ?", "language": "fr", "index_version": 1,
        "text": told, "sentences": sentences, "citations": cited, "timings_ms": {"total": 12.0},
    }  # fmt: skip
    return Answer(**(whole | fields))


def refusal(text: str = "Rien dans les documents.") -> Answer:
    """Return an abstention."""
    return answer(text, citations=(), markers=[()], abstained=True)


def hit(document: str, score: float = 0.5) -> Hit:
    """Return a passage of a document."""
    return Hit(Passage(document, document, f"{document}.md", "Un texte.", 0, 9), score)


def outcome(one: Case, said: Answer, *, golden: str = "set") -> Outcome:
    """Return an outcome without anything retrieved."""
    return Outcome(golden, one, said)
